package io.carabiner.fluxmonitor;

import io.carabiner.config.ConfigLoader;
import io.carabiner.config.EvmConfig;
import io.carabiner.crypto.Eip55;
import io.carabiner.database.Database;
import io.carabiner.database.DatabaseSettings;
import io.carabiner.evm.Chain;
import io.carabiner.evm.Chains;
import io.carabiner.jobs.DirectRequestChain;
import io.carabiner.jobs.Jobs;
import io.carabiner.jobs.JobsRoom;
import io.carabiner.jobs.RunRetention;
import io.carabiner.keystore.Keystore;
import io.carabiner.keystore.Password;
import io.carabiner.keystore.ScryptCost;
import io.carabiner.pipeline.EthereumAccess;
import io.carabiner.pipeline.PipelineRunner;
import io.carabiner.pipeline.PipelineSettings;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.HealthChecks;
import io.carabiner.telemetry.Metrics;
import io.carabiner.testkit.TestChain;
import io.carabiner.testkit.TestDatabase;
import io.carabiner.txm.SendGate;
import io.carabiner.txm.Txm;
import io.carabiner.txm.TxmSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A node's rooms that flux monitors need, in this process: real database, real chain. Kill it and start another. */
final class TestNode implements AutoCloseable {

    private static final String PASSWORD = "Sixteen-chars-pw1!";

    final Database database;
    final Keystore keystore;
    final Metrics metrics = new Metrics();
    final HealthChecks health = new HealthChecks();
    private final Chain chain;
    private final Txm txm;
    private final JobsRoom room;
    private final PipelineRunner runner;

    /**
     * Starts a node.
     *
     * @param sends whether transactions are sent, or only stored: then one may wait
     */
    TestNode(
            Path folder,
            TestDatabase server,
            TestChain anvil,
            PricePage page,
            Optional<Address> flags,
            Duration leastPoll,
            boolean sends)
            throws IOException, InterruptedException {
        TimeSource time = TimeSource.system();
        EvmConfig config = config(folder, server, anvil, flags, sends);
        database = Database.open(DatabaseSettings.of(server.url(), folder), time, reason -> {});
        keystore = Keystore.open(database, Password.of(PASSWORD), ScryptCost.FAST, time);
        chain = Chains.open(config, database, metrics, health, time);
        runner = new PipelineRunner(
                PipelineSettings.defaults(),
                name -> name.equals("price") ? Optional.of(page.bridge()) : Optional.empty(),
                new NoEthereum(),
                time,
                metrics);
        FluxMonitorJobs flux = new FluxMonitorJobs(new FluxMonitorJobs.Needs(
                database,
                time,
                metrics,
                health,
                List.of(chain),
                this::manager,
                keystore.eth(),
                new FluxMonitorJobs.Settings(leastPoll, true, sends ? 1 : 0)));
        room = new JobsRoom(new JobsRoom.Needs(
                database,
                time,
                metrics,
                runner,
                name -> name.equals("price") || name.equals("ok") ? Optional.of(page.bridge()) : Optional.empty(),
                List.of(new DirectRequestChain(chain.id(), 1, config.minContractPayment())),
                this::manager,
                id -> Optional.of(chain.logs()),
                List.of(flux),
                100,
                RunRetention.defaults()));
        txm = Txm.create(new TxmSetup(
                chain,
                config,
                keystore.eth(),
                database,
                room.transactionListener(),
                SendGate.OPEN,
                metrics,
                health,
                time));
        chain.logs().register(flux.logSubscriber(chain.id()));
        room.start();
        if (sends) {
            txm.start();
        }
        chain.start();
    }

    private Optional<Txm> manager(ChainId id) {
        return Optional.of(txm);
    }

    Jobs jobs() {
        return room.jobs();
    }

    private static EvmConfig config(
            Path folder, TestDatabase server, TestChain anvil, Optional<Address> flags, boolean sends)
            throws IOException {
        Path file = folder.resolve("config.toml");
        String flagsKey = flags.map(address -> "FlagsContractAddress = '" + Eip55.format(address) + "'")
                .orElse("");
        Files.writeString(file, """
                [[EVM]]
                ChainID = '1337'
                FinalityDepth = 5
                %s
                [EVM.Transactions]
                MaxQueued = %d
                [EVM.GasEstimator]
                Mode = 'FixedPrice'
                PriceDefault = '20 gwei'
                PriceMax = '200 gwei'
                FeeCapDefault = '100 gwei'
                BumpThreshold = 5
                EIP1559DynamicFees = true
                [[EVM.Nodes]]
                Name = 'primary'
                WSURL = '%s'
                HTTPURL = '%s'
                """.formatted(flagsKey, sends ? 250 : 1, anvil.wsUrl(), anvil.httpUrl()));
        Path secrets = folder.resolve("secrets.toml");
        Files.writeString(secrets, """
                [Database]
                URL = '%s'
                [Password]
                Keystore = '%s'
                """.formatted(server.url(), PASSWORD));
        return ConfigLoader.load(List.of(file), List.of(secrets), Map.of())
                .evm()
                .getFirst();
    }

    /** Ends the node as it is, mid-work, the way a crash leaves the database: nothing more is written. */
    @Override
    public void close() {
        database.close();
        room.close();
        txm.close();
        chain.close();
        runner.close();
    }

    /** The tasks of these jobs call no contracts. */
    private static final class NoEthereum implements EthereumAccess {

        @Override
        public Optional<ChainAccess> chain(ChainId id) {
            return Optional.empty();
        }
    }
}
