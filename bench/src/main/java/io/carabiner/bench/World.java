package io.carabiner.bench;

import io.carabiner.devnet.DevnetContracts;
import io.carabiner.devnet.Login;
import io.carabiner.devnet.NodeApi;
import io.carabiner.devnet.NodeFiles;
import io.carabiner.devnet.NodeFolder;
import io.carabiner.devnet.PricePage;
import io.carabiner.localservers.Anvil;
import io.carabiner.localservers.AnvilOptions;
import io.carabiner.localservers.LocalPostgres;
import io.carabiner.localservers.Ports;
import io.carabiner.localservers.PostgresOptions;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Juels;
import io.carabiner.primitives.TimeSource;
import io.carabiner.testkit.RpcFaultProxy;
import io.carabiner.testkit.RpcTap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Everything a run needs, as in the Go node's measurements: PostgreSQL with fsync, anvil with a block a second behind a
 * reading proxy, a data source that answers at once, the real contracts, and the node as a process of its own.
 */
final class World implements AutoCloseable {

    static final ChainId CHAIN = ChainId.of(1337);
    private static final Duration BLOCK_TIME = Duration.ofSeconds(1);

    /** A thousand million: what the chain holds is not to be the limit. */
    private static final String BLOCK_GAS_LIMIT = "0x3b9aca00";

    private static final int STOP_SECONDS = 10;
    private static final String DATABASE = "bench";

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Anvil anvil;
    private final Watch watch;
    private final DevnetContracts contracts;
    private final PricePage prices;
    private final Optional<LimitedEndpoint> limits;
    private final RpcFaultProxy endpoint;
    private final Path launcher;
    private final Setup setup;
    private final NodeFiles files;
    private final URI url;
    private final Path folder;
    private LocalPostgres postgres;
    private final List<Address> nodeKeys = new ArrayList<>();
    private final NodeFolder nodeFolder;
    private Process node;
    private final Duration startTook;
    private final UUID jobId = UUID.randomUUID();
    private long nextNonce;

    /** What an endpoint allows. */
    private record Limits(int callsPerSecond, long rangeMax) {}

    private World(Path folder, Path launcher, Optional<Limits> limits, int keys, Setup setup)
            throws IOException, InterruptedException {
        this.launcher = launcher;
        this.setup = setup;
        this.folder = folder;
        postgres = LocalPostgres.start(postgresOptions(0));
        open.push(() -> postgres.close());
        anvil = opened(
                Anvil.start(AnvilOptions.throwaway(folder.resolve("chain")).withBlockTime(BLOCK_TIME)));
        anvil.call("evm_setBlockGasLimit", BLOCK_GAS_LIMIT);
        endpoint = opened(RpcFaultProxy.inFrontOf(anvil.port()));
        RpcTap tap = opened(RpcTap.inFrontOf(
                setup.furtherEndpoints() > 0 ? endpoint.httpUrl().getPort() : anvil.port()));
        watch = new Watch();
        watch.read(tap);
        List<RpcTap> further = new ArrayList<>();
        for (int i = 0; i < setup.furtherEndpoints(); i++) {
            RpcTap other = opened(RpcTap.inFrontOf(anvil.port()));
            watch.read(other);
            further.add(other);
        }
        Address owner = Address.fromHex(anvil.call("eth_accounts").get(0).asString());
        contracts = DevnetContracts.deploy(anvil.rpc(), owner);
        contracts.giveLink(contracts.deployment().consumer(), new Juels(BigInteger.TEN.pow(24)));
        prices = opened(PricePage.start(0, TimeSource.system()));

        this.limits = limits.isEmpty()
                ? Optional.empty()
                : Optional.of(opened(LimitedEndpoint.inFrontOf(
                        anvil.httpUrl(),
                        limits.get().callsPerSecond(),
                        limits.get().rangeMax())));
        nodeFolder = new NodeFolder(folder.resolve("node"));
        int port = Ports.free(0);
        files = nodeFolder.write(new NodeFolder.Places(
                port,
                nodesDatabaseUrl(),
                CHAIN,
                this.limits.map(LimitedEndpoint::url).orElse(tap.httpUrl()),
                tap.wsUrl(),
                contracts.deployment().linkToken()));
        NodeConfiguration.insertSettings(files.config(), setup);
        for (int i = 0; i < further.size(); i++) {
            NodeConfiguration.insertEndpoint(files.config(), "further" + (i + 1), further.get(i));
        }
        long start = System.nanoTime();
        url = URI.create("http://127.0.0.1:" + port);
        open.push(this::stopNode);
        node = launched();
        awaitReady();
        startTook = Duration.ofNanos(System.nanoTime() - start);
        try (NodeApi api = login()) {
            nodeKeys.add(api.key(CHAIN));
            while (nodeKeys.size() < keys) {
                nodeKeys.add(api.createKey(CHAIN));
            }
            for (Address key : nodeKeys) {
                anvil.call(
                        "anvil_setBalance",
                        key.toString(),
                        "0x" + BigInteger.TEN.pow(24).toString(16));
            }
            contracts.authorise(nodeKeys.toArray(new Address[0]));
            nextNonce = Long.decode(anvil.call("eth_getTransactionCount", owner.toString(), "latest")
                    .asString());
            api.ensureJob(jobId, NodeFolder.job(jobId, contracts.deployment().operator(), CHAIN));
        }
    }

    static World start(Path folder, Path launcher) throws IOException, InterruptedException {
        return start(folder, launcher, 1);
    }

    /** @param keys that answer, 1 or more */
    static World start(Path folder, Path launcher, int keys) throws IOException, InterruptedException {
        return start(folder, launcher, keys, Setup.USUAL);
    }

    /** The same in other circumstances. */
    static World start(Path folder, Path launcher, int keys, Setup setup) throws IOException, InterruptedException {
        return new World(folder, launcher, Optional.empty(), keys, setup);
    }

    /** The node's calls go through an endpoint with limits; the heads still come over WebSocket. */
    static World limited(Path folder, Path launcher, int callsPerSecond, long rangeMax)
            throws IOException, InterruptedException {
        return new World(folder, launcher, Optional.of(new Limits(callsPerSecond, rangeMax)), 1, Setup.USUAL);
    }

    private Process launched() throws IOException {
        List<String> command = new ArrayList<>(setup.wrapper());
        command.addAll(List.of(
                launcher.toString(),
                "-c",
                files.config().toString(),
                "-s",
                files.secrets().toString(),
                "node",
                "start",
                "-a",
                files.apiCredentials().toString(),
                "-p",
                files.password().toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(files.log().toFile()))
                .start();
    }

    /** Starts the node again; it is ready when this returns. */
    void startNode() throws IOException, InterruptedException {
        node = launched();
        awaitReady();
    }

    /** As {@code kill -9}, and started again at once; answers before it is ready. */
    void killNode() throws IOException, InterruptedException {
        node.descendants().forEach(ProcessHandle::destroyForcibly);
        node.destroyForcibly().waitFor();
        node = launched();
    }

    private PostgresOptions postgresOptions(int port) {
        return new PostgresOptions(
                folder.resolve("postgres"),
                port,
                DATABASE,
                PostgresOptions.Durability.DURABLE,
                setup.postgresSettings());
    }

    /** Stops the database's server. */
    void stopPostgres() {
        postgres.close();
    }

    /** Starts it again, on the same port and data. */
    void startPostgres() {
        int port = postgres.port();
        postgres = LocalPostgres.start(postgresOptions(port));
        if (postgres.port() != port) {
            throw new IllegalStateException("port " + port + " was taken meanwhile");
        }
    }

    /** Whether the server lives. */
    boolean postgresLives() {
        return postgres.isAlive();
    }

    /** Starts the node again where it has ended, as a service manager does; answers before it is ready. */
    void keepNode() throws IOException {
        if (!node.isAlive()) {
            node = launched();
        }
    }

    /** The port of the node's API. */
    int httpPort() {
        return url.getPort();
    }

    /** Where the node finds its database: the server itself, or what stands in front of it. */
    private String nodesDatabaseUrl() {
        int port = postgres.port();
        return postgres.url()
                .replace(":" + port + "/", ":" + setup.databasePort().applyAsInt(port) + "/");
    }

    /** The node's process. */
    long pid() {
        return node.pid();
    }

    /** Whether the node's process lives. */
    boolean nodeLives() {
        return node.isAlive();
    }

    /** All the node has said on its console. */
    String nodeLog() throws IOException {
        return Files.readString(files.log());
    }

    /** The node's keys. */
    List<Address> nodeKeys() {
        return List.copyOf(nodeKeys);
    }

    /** The node's database, for looking into it. */
    String databaseUrl() {
        return postgres.url();
    }

    LimitedEndpoint limits() {
        return limits.orElseThrow(() -> new IllegalStateException("this world has no limits"));
    }

    /** The sum of a metric over its labels, as the node exposes it. */
    double metric(String name) throws IOException, InterruptedException {
        return new NodeHttp(url).metric(name);
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    /** The first endpoint; it can be made to misbehave only where there are further ones. */
    RpcFaultProxy endpoint() {
        return endpoint;
    }

    /** Waits until the node says that it is ready. */
    void awaitReady() throws InterruptedException {
        new NodeHttp(url).awaitReady();
    }

    void stopNode() {
        node.destroy();
        try {
            if (!node.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                node.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A session of the node's user. */
    URI url() {
        return url;
    }

    Login credentials() {
        return nodeFolder.login();
    }

    NodeApi login() {
        return NodeApi.login(url, nodeFolder.login());
    }

    /** The files the node is started with. */
    NodeFiles files() {
        return files;
    }

    /** The program's launcher. */
    Path launcher() {
        return launcher;
    }

    /** The database server's port, past whatever stands between it and the node. */
    int databasePort() {
        return postgres.port();
    }

    Anvil anvil() {
        return anvil;
    }

    Watch watch() {
        return watch;
    }

    DevnetContracts contracts() {
        return contracts;
    }

    UUID jobId() {
        return jobId;
    }

    /** What each request asks. */
    DevnetContracts.Question question() {
        return new DevnetContracts.Question(prices.url().toString(), "data,price", 100);
    }

    /** The next nonce of the account that asks. */
    long nextNonce() {
        return nextNonce++;
    }

    /** What the node's process has used; the launcher has become the node by then. */
    ProcessUsage usage() {
        return ProcessUsage.of(node.pid());
    }

    /** From the launcher's start to the first 200 of {@code /readyz}, on an empty database. */
    Duration startTook() {
        return startTook;
    }

    /** Deletes a folder with all in it; one that is gone already costs no result. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> paths;
        try (Stream<Path> found = Files.walk(folder)) {
            paths = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
