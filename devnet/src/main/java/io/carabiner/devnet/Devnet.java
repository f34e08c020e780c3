package io.carabiner.devnet;

import io.carabiner.crypto.Eip55;
import io.carabiner.devnet.DevnetContracts.Question;
import io.carabiner.devnet.NodeLauncher.RunningNode;
import io.carabiner.localservers.Anvil;
import io.carabiner.localservers.AnvilOptions;
import io.carabiner.localservers.AnvilOptions.Mining;
import io.carabiner.localservers.LocalPostgres;
import io.carabiner.localservers.Ports;
import io.carabiner.localservers.PostgresOptions;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.TimeSource;
import io.carabiner.primitives.Wei;
import java.math.BigInteger;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A development network that runs: a database, a chain with contracts, a price page, and a node with a key and a job.
 *
 * @param login opens the node's API and pages
 */
record Devnet(
        DevnetFolder folder,
        LocalPostgres database,
        Anvil chain,
        PricePage prices,
        RunningNode node,
        Login login,
        Address nodeKey,
        Requests requests) {

    static final ChainId CHAIN = ChainId.of(1337);
    static final String DATABASE = "carabiner_devnet";

    /** An empty block this often, so that time passes on the chain too. */
    private static final Duration BLOCK_TIME = Duration.ofSeconds(2);

    /** Below one coin the node's key gets a hundred. */
    private static final Wei FUNDS_MIN = new Wei(BigInteger.TEN.pow(18));

    private static final Wei FUNDS = new Wei(BigInteger.TEN.pow(20));

    /** How many decimals of the price the answer keeps, as a factor. */
    private static final long TIMES = 100;

    /** What the summary's and {@code devnet request}'s requests ask for unless told otherwise. */
    static Question usualQuestion(int pricesPort) {
        return new Question("http://127.0.0.1:" + pricesPort + PricePage.PATH, "data,price", TIMES);
    }

    /** Starts all of it, the slow parts at the same time; what is started is left to {@code running} to stop. */
    static Devnet start(
            DevnetFolder folder, NodeLauncher launcher, Progress progress, Running running, TimeSource time) {
        DevnetState state = DevnetState.load(folder).orElseGet(() -> begin(folder));
        DevnetState.Ports ports = state.ports();
        try (ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<LocalPostgres> startingDatabase =
                    tasks.submit(() -> startDatabase(folder, ports.postgres(), progress, running));
            Anvil chain = startChain(folder, ports.chain(), progress, running, time);
            DevnetContracts contracts = contracts(folder, state, chain, progress);
            PricePage prices = running.start(() -> PricePage.start(ports.prices(), time));
            progress.done("prices", "a page with a price on " + prices.url());
            LocalPostgres database = result(startingDatabase);
            DevnetState.Ports now =
                    new DevnetState.Ports(database.port(), chain.port(), prices.port(), Ports.free(ports.node()));
            state.withContracts(contracts.deployment()).withPorts(now).store(folder);
            NodeFolder nodeFolder = new NodeFolder(folder.node());
            NodeFiles files = nodeFolder.write(new NodeFolder.Places(
                    now.node(),
                    database.url(),
                    CHAIN,
                    chain.httpUrl(),
                    chain.wsUrl(),
                    contracts.deployment().linkToken()));
            RunningNode node = running.start(() -> launcher.launch(files));
            progress.done("node", "on " + node.url());
            NodeApi api = running.start(() -> NodeApi.login(node.url(), nodeFolder.login()));
            Address key = prepareKey(chain, contracts, api, progress);
            Requests requests = new Requests(contracts, api, state.externalJobId(), files.log(), time);
            prepareJob(requests, contracts, key, progress);
            return new Devnet(folder, database, chain, prices, node, nodeFolder.login(), key, requests);
        }
    }

    /** No state: whatever an attempt that was killed early left is worthless, and may belong to different parts. */
    private static DevnetState begin(DevnetFolder folder) {
        folder.reset();
        DevnetState state = DevnetState.fresh();
        state.store(folder);
        return state;
    }

    private static LocalPostgres startDatabase(DevnetFolder folder, int port, Progress progress, Running running) {
        LocalPostgres database =
                running.start(() -> LocalPostgres.start(PostgresOptions.durable(folder.postgres(), port, DATABASE)));
        progress.done("database", "PostgreSQL on 127.0.0.1:" + database.port());
        return database;
    }

    private static Anvil startChain(
            DevnetFolder folder, int port, Progress progress, Running running, TimeSource time) {
        if (!Anvil.isInstalled()) {
            progress.done("chain", "fetching anvil, about 19 MB, once");
            Anvil.install();
        }
        AnvilOptions options = new AnvilOptions(folder.chain(), port, CHAIN, new Mining.Both(BLOCK_TIME), true);
        Anvil chain = running.start(() -> Anvil.start(options));
        running.start(() -> ChainKeeper.start(chain, time));
        progress.done("chain", "anvil on " + chain.httpUrl() + ", chain id " + CHAIN);
        return chain;
    }

    private static DevnetContracts contracts(DevnetFolder folder, DevnetState state, Anvil chain, Progress progress) {
        Address owner = Address.fromHex(chain.call("eth_accounts").get(0).asString());
        if (state.contracts().isEmpty()) {
            DevnetContracts deployed = DevnetContracts.deploy(chain.rpc(), owner);
            state.withContracts(deployed.deployment()).store(folder);
            chain.saveState();
            progress.done("contracts", "LinkToken, Operator and a consumer deployed");
            return deployed;
        }
        DevnetContracts known =
                new DevnetContracts(chain.rpc(), owner, state.contracts().get());
        if (!known.present()) {
            throw new DevnetException(
                    "CHAIN_LOST",
                    "The chain in " + folder.chain() + " has lost its contracts: start anew with `carabiner up --reset"
                            + folder.flag() + "`.");
        }
        progress.done("contracts", "found on the chain");
        return known;
    }

    private static Address prepareKey(Anvil chain, DevnetContracts contracts, NodeApi api, Progress progress) {
        Address key = api.key(CHAIN);
        DevTransactions transactions = new DevTransactions(chain.rpc());
        if (transactions.balance(key).compareTo(FUNDS_MIN) < 0) {
            transactions.pay(contracts.owner(), key, FUNDS);
        }
        if (!contracts.isAuthorised(key)) {
            contracts.authorise(key);
        }
        progress.done("key", Eip55.format(key) + " has coins and may answer for the Operator");
        return key;
    }

    private static void prepareJob(Requests requests, DevnetContracts contracts, Address key, Progress progress) {
        requests.api()
                .ensureJob(
                        requests.externalJobId(),
                        NodeFolder.job(
                                requests.externalJobId(), contracts.deployment().operator(), CHAIN, key));
        progress.done("job", "\"get uint256\", " + requests.externalJobId());
    }

    /** Why the network cannot go on; empty while all is well. */
    String lostPart() {
        if (!database.isAlive()) {
            return "The database has died; its log is in " + folder.postgres();
        }
        return chain.isAlive() ? "" : "The chain has died; its log is in " + folder.chain();
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevnetException("INTERRUPTED", "Stopped while starting.", e);
        }
    }
}
