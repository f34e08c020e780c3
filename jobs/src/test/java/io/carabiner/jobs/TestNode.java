package io.carabiner.jobs;

import io.carabiner.database.Database;
import io.carabiner.database.DatabaseSettings;
import io.carabiner.database.DatabaseSettings.LeaseSettings;
import io.carabiner.evm.LogBatch;
import io.carabiner.evm.LogSubscriber;
import io.carabiner.pipeline.BridgeStore;
import io.carabiner.pipeline.EthereumAccess;
import io.carabiner.pipeline.PipelineRunner;
import io.carabiner.pipeline.PipelineSettings;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Juels;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.Metrics;
import io.carabiner.testkit.TestDatabase;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** A node's jobs room on a real database, with a chain that a test writes by hand. Kill it and start another. */
final class TestNode implements AutoCloseable {

    static final ChainId CHAIN = ChainId.of(1337);

    /** Long enough for a slow machine; reaching it is a failure. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TestDatabase server;
    final Database database;
    final FakeTxm txm = new FakeTxm(CHAIN);
    final BridgeStore bridges;
    final JobsRoom room;
    final LogSubscriber requests;

    static TestDatabase newServer() {
        return TestDatabase.copyOf("jobs", template -> {
            try {
                open(template).close();
                template.execute(FakeTxm.TABLE);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static Database open(TestDatabase server) throws InterruptedException {
        LeaseSettings lease = new LeaseSettings(true, Duration.ofSeconds(10), Duration.ofMillis(100), Path.of("/node"));
        return Database.open(
                DatabaseSettings.of(server.url(), Path.of("/node"))
                        .withPool(8, 1)
                        .withLease(lease),
                TimeSource.system(),
                reason -> {});
    }

    TestNode(TestDatabase server) throws InterruptedException {
        this(server, database -> List.of());
    }

    TestNode(TestDatabase server, Function<Database, List<JobType<?>>> types) throws InterruptedException {
        this(server, types, TimeSource.system());
    }

    /** @param time of the jobs room; the database keeps its own */
    TestNode(TestDatabase server, Function<Database, List<JobType<?>>> types, TimeSource time)
            throws InterruptedException {
        this.server = server;
        this.database = open(server);
        this.bridges = new BridgeStore(database);
        PipelineRunner runner =
                new PipelineRunner(settings(), bridges, new OneChain(), TimeSource.system(), new Metrics());
        this.room = new JobsRoom(new JobsRoom.Needs(
                database,
                time,
                new Metrics(),
                runner,
                bridges,
                List.of(new DirectRequestChain(CHAIN, 1, new Juels(BigInteger.TEN))),
                chain -> chain.equals(CHAIN) ? Optional.of(txm) : Optional.empty(),
                chain -> Optional.empty(),
                types.apply(database),
                100,
                RunRetention.defaults()));
        this.requests = room.logSubscriber(CHAIN);
        room.start();
    }

    private static PipelineSettings settings() {
        PipelineSettings defaults = PipelineSettings.defaults();
        return new PipelineSettings(
                defaults.maxRunDuration(),
                defaults.httpDefaultTimeout(),
                defaults.httpMaxSizeBytes(),
                Optional.of(URI.create("http://node.test/")),
                defaults.bridgeCacheTtl(),
                defaults.outbound());
    }

    /** Gives a batch as the intake does: stored and committed in one transaction. */
    void give(LogBatch batch) {
        database.execute(tx -> requests.store(tx, batch));
        requests.committed(batch);
    }

    String query(String sql) {
        return server.query(sql);
    }

    /** Waits until a query answers so. */
    void await(String sql, String wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String answer = query(sql);
        while (!answer.equals(wanted)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(sql + " answers " + answer + ", not " + wanted);
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            answer = query(sql);
        }
    }

    /** Ends the node as it is, mid-work, the way a crash leaves the database: nothing more is written. */
    @Override
    public void close() {
        room.close();
        database.close();
    }

    /** A chain on which everybody may send and nothing is called. */
    private static final class OneChain implements EthereumAccess {

        @Override
        public Optional<ChainAccess> chain(ChainId id) {
            return id.equals(CHAIN) ? Optional.of(new Access()) : Optional.empty();
        }
    }

    private static final class Access implements EthereumAccess.ChainAccess {

        @Override
        public long gasLimit(String jobType) {
            return 500_000;
        }

        @Override
        public long maxGasLimit() {
            return 5_000_000;
        }

        @Override
        public boolean hasSendingKey(List<Address> candidates) {
            return true;
        }

        @Override
        public EthereumAccess.CallOutcome call(EthereumAccess.Call call, Duration timeout) {
            return new EthereumAccess.CallOutcome.Failed("no calls here", Optional.empty());
        }

        @Override
        public EthereumAccess.EstimateOutcome estimateGas(EthereumAccess.Call call, Duration timeout) {
            return new EthereumAccess.EstimateOutcome.Failed("no estimates here");
        }
    }
}
