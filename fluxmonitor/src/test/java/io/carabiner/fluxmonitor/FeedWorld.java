package io.carabiner.fluxmonitor;

import io.carabiner.crypto.Eip55;
import io.carabiner.jobs.Job;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.TimeSource;
import io.carabiner.primitives.Wei;
import io.carabiner.telemetry.HealthStatus;
import io.carabiner.testkit.TestChain;
import io.carabiner.testkit.TestDatabase;
import io.carabiner.testkit.TestFeed;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A real chain with the real contracts (FluxAggregator 0.6, LinkToken, Flags), a database, an adapter, and nodes. */
abstract class FeedWorld {

    /** Long enough for a slow machine; reaching it is a failure. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final Duration BLOCK_TIME = Duration.ofMillis(200);
    private static final Duration FAST = Duration.ofMillis(100);
    private static final Wei GAS_MONEY = new Wei(BigInteger.TEN.pow(19));
    static final String POLL = """
            pollTimerPeriod = "100ms"
            idleTimerDisabled = true
            """;

    private static @Nullable TestChain sharedChain;

    @TempDir
    Path folder;

    final TestDatabase server = TestDatabase.create();
    final PricePage page = new PricePage();
    private final List<TestNode> nodes = new ArrayList<>();
    TestFeed feed = TestFeed.deploy(chain(), 0);
    final Address other = chain().accounts().get(3);

    static TestChain chain() {
        TestChain chain = sharedChain;
        if (chain == null) {
            throw new IllegalStateException("the chain is not there");
        }
        return chain;
    }

    @BeforeAll
    static void startChain() {
        sharedChain = TestChain.start();
    }

    @AfterAll
    static void stopChain() {
        chain().close();
    }

    @BeforeEach
    void world() throws Exception {
        startNode(Optional.empty(), true);
    }

    @AfterEach
    void end() {
        nodes.forEach(TestNode::close);
        page.close();
        server.close();
    }

    TestNode startNode(Optional<Address> flags, boolean sends) throws Exception {
        if (!nodes.isEmpty()) {
            node().close();
        }
        nodes.add(new TestNode(folder, server, chain(), page, flags, FAST, sends));
        return node();
    }

    TestNode node() {
        return nodes.getLast();
    }

    /** A new key of the node, which can pay. */
    Address newKey() {
        Address key = node().keystore.eth().create(chain().chainId()).address();
        chain().setBalance(key, GAS_MONEY);
        return key;
    }

    Job createJob(String timers) {
        return createJob(timers, "feed");
    }

    Job createJob(String timers, String name) {
        return node().jobs().create("""
                type = "fluxmonitor"
                schemaVersion = 1
                name = "%s"
                evmChainID = 1337
                contractAddress = "%s"
                threshold = 1.0
                %s
                observationSource = '''
                ask [type=bridge name="price"]
                parse [type=jsonparse path="data,result"]
                ask -> parse
                '''
                """.formatted(name, Eip55.format(feed.aggregator()), timers));
    }

    void until(String what, BooleanSupplier so) {
        TimeSource time = TimeSource.system();
        long deadline = time.monotonicNanos() + PATIENCE.toNanos();
        while (!so.getAsBoolean()) {
            if (time.monotonicNanos() > deadline) {
                throw new AssertionError("not so after " + PATIENCE.toSeconds() + " s: " + what + "\n" + state());
            }
            pause(Duration.ofMillis(10));
        }
    }

    /** The same on a chain that goes on: what a reorganisation took back is sent again when heads come. */
    void whileBlocksCome(String what, BooleanSupplier so) {
        until(what, () -> {
            if (so.getAsBoolean()) {
                return true;
            }
            chain().mine(1);
            pause(BLOCK_TIME);
            return false;
        });
    }

    private String state() {
        return server.query("SELECT (SELECT coalesce(string_agg(round_id || 'x' || count, ',' ORDER BY round_id), '-')"
                + " FROM carabiner.flux_monitor_submissions) || ' ' || (SELECT coalesce(string_agg(state"
                + " || coalesce(error, ''), ',' ORDER BY id), '-') FROM carabiner.txes) || ' ' || (SELECT coalesce("
                + "string_agg(description, ','), '-') FROM carabiner.job_errors)");
    }

    private static void pause(Duration time) {
        try {
            TimeSource.system().sleep(time);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void untilTold(Address oracle, long value) {
        until(oracle + " tells " + value, () -> feed.latestSubmission(oracle).longValueExact() == value);
    }

    long count(String from) {
        return Long.parseLong(server.query("SELECT count(*) FROM carabiner." + from));
    }

    int calls() {
        return node().metrics
                .exposition()
                .lines()
                .filter(line -> line.startsWith("evm_pool_rpc_node_calls_total{"))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isWell(Job job) {
        return node().health
                .status("FluxMonitor." + job.spec().header().externalJobId())
                .equals(HealthStatus.PASSING);
    }
}
