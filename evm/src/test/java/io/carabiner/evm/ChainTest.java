package io.carabiner.evm;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.config.ConfigLoader;
import io.carabiner.config.EvmConfig;
import io.carabiner.database.Database;
import io.carabiner.database.DatabaseSettings;
import io.carabiner.database.WriteTransaction;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.HealthChecks;
import io.carabiner.telemetry.HealthStatus;
import io.carabiner.telemetry.Metrics;
import io.carabiner.testkit.FakeRpc;
import io.carabiner.testkit.TestChain;
import io.carabiner.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole chain over a real anvil and a real PostgreSQL. */
@Timeout(60)
class ChainTest {

    /** Creation code of a contract whose code is LOG1(0, 0, topic 42) and stop. */
    private static final Bytes LOGGER = Bytes.fromHex("6008600c60003960086000f3" + "602a60006000a100");

    private static final Hash32 TOPIC = Hash32.fromHex("0".repeat(62) + "2a");

    @TempDir
    private Path folder;

    private TestChain anvil;
    private TestDatabase postgres;
    private Database database;
    private Address sender;
    private Address logger;

    @BeforeEach
    void start() throws InterruptedException {
        anvil = TestChain.start();
        postgres = TestDatabase.create();
        database = Database.open(
                DatabaseSettings.of(postgres.url(), folder).withPool(4, 1), TimeSource.system(), reason -> {});
        sender = anvil.accounts().getFirst();
        logger = anvil.deploy(sender, LOGGER);
    }

    @AfterEach
    void stop() {
        database.close();
        postgres.close();
        anvil.close();
    }

    private EvmConfig config(String nodes) {
        return ConfigLoader.effective("""
                        [[EVM]]
                        ChainID = '1337'
                        FinalityDepth = 20
                        LogBackfillBatchSize = 7
                        NoNewHeadsThreshold = '3m'
                        GasEstimator.Mode = 'BlockHistory'
                        GasEstimator.EIP1559DynamicFees = true
                        """ + nodes).evm().getFirst();
    }

    private String httpAndWs() {
        return "[[EVM.Nodes]]\nName = 'main'\nHTTPURL = '" + anvil.httpUrl() + "'\nWSURL = '" + anvil.wsUrl() + "'\n";
    }

    private String httpOnly() {
        return "[[EVM.Nodes]]\nName = 'main'\nHTTPURL = '" + anvil.httpUrl() + "'\n";
    }

    private Chain open(EvmConfig config, Rows rows, Metrics metrics, HealthChecks health) {
        Chain chain = Chains.open(config, database, metrics, health, TimeSource.system());
        chain.logs().register(rows);
        chain.start();
        return chain;
    }

    private Chain open(EvmConfig config, Rows rows) {
        return open(config, rows, new Metrics(), new HealthChecks());
    }

    private void emit() {
        anvil.execute(sender, logger, Bytes.EMPTY);
    }

    @Test
    void eventsArriveAsRows_andTheCursorSurvivesARestart() throws InterruptedException {
        Rows rows = new Rows(logger);
        Metrics metrics = new Metrics();
        HealthChecks health = new HealthChecks();
        try (Chain chain = open(config(httpAndWs()), rows, metrics, health)) {
            emit();
            emit();
            rows.awaitCursor(anvil.blockNumber());
            assertThat(rows.count()).isEqualTo(2);
            assertThat(chain.heads().latest().orElseThrow().number()).isEqualTo(anvil.blockNumber());
            assertThat(health.report().get("EVM.1337.HeadTracker")).isEqualTo(HealthStatus.PASSING);
            assertThat(health.report().get("EVM.1337")).isEqualTo(HealthStatus.PASSING);
            assertThat(metrics.exposition())
                    .contains("head_tracker_current_head{evmChainID=\"1337\"} " + anvil.blockNumber())
                    .contains("evm_pool_rpc_node_calls_success{evmChainID=\"1337\",nodeName=\"main\"}")
                    .contains("multi_node_states{chainId=\"1337\",network=\"EVM\",state=\"Alive\"} 1")
                    .contains("log_poller_logs_inserted{evmChainID=\"1337\"} 2");
        }

        anvil.mine(50);
        emit();
        try (Chain _ = open(config(httpAndWs()), rows)) {
            rows.awaitCursor(anvil.blockNumber());
            assertThat(rows.count()).isEqualTo(3);
        }
        assertThat(postgres.query("SELECT block_number FROM carabiner.evm_cursors"))
                .isEqualTo(String.valueOf(anvil.blockNumber()));
        assertThat(
                        postgres.query(
                                "SELECT count(*) FROM carabiner.evm_blocks WHERE number > (SELECT block_number FROM carabiner.evm_cursors)"))
                .isEqualTo("0");
    }

    @Test
    void withoutWebSocket_headsArePolled() throws InterruptedException {
        Rows rows = new Rows(logger);
        try (Chain _ = open(config(httpOnly()), rows)) {
            emit();
            rows.awaitCursor(anvil.blockNumber());
            assertThat(rows.count()).isEqualTo(1);
        }
    }

    @Test
    void reorg_takesEventsBackAndGivesTheNewOnes() throws InterruptedException {
        Rows rows = new Rows(logger);
        try (Chain _ = open(config(httpAndWs()), rows)) {
            emit();
            rows.awaitCursor(anvil.blockNumber());
            emit();
            emit();
            rows.awaitCursor(anvil.blockNumber());
            assertThat(rows.count()).isEqualTo(3);
            anvil.reorg(2);
            anvil.mine(1);
            rows.awaitCursor(anvil.blockNumber());
            assertThat(rows.count()).isEqualTo(1);
            emit();
            rows.awaitCursor(anvil.blockNumber());
            assertThat(rows.count()).isEqualTo(2);
        }
    }

    @Test
    void replay_givesBlocksAgain() throws InterruptedException {
        Rows rows = new Rows(logger);
        try (Chain chain = open(config(httpAndWs()), rows)) {
            emit();
            long block = anvil.blockNumber();
            rows.awaitCursor(block);
            rows.forget();
            chain.logs().replayFrom(block);
            rows.awaitCursor(block);
            assertThat(rows.count()).isEqualTo(1);
        }
    }

    @Test
    void subscriberThatFails_isGivenTheSameBatchAgain() throws InterruptedException {
        Rows rows = new Rows(logger);
        try (Chain _ = open(config(httpAndWs()), rows)) {
            rows.awaitCursor(anvil.blockNumber());
            rows.failNext(3);
            emit();
            rows.awaitCursor(anvil.blockNumber());
            assertThat(rows.count()).isEqualTo(1);
        }
    }

    @Test
    void nodeWithoutAnyEndpoint_startsAndRecovers() throws Exception {
        try (FakeRpc down = new FakeRpc()) {
            down.raw(request -> FakeRpc.status(503, "", "down"));
            Rows rows = new Rows(logger);
            String nodes = "[[EVM.Nodes]]\nName = 'main'\nHTTPURL = '" + down.httpUri() + "'\n";
            try (Chain chain = open(config(nodes), rows)) {
                assertThat(chain.heads().latest()).isEmpty();
                emit();
                down.raw(request -> FakeRpc.ok(FakeRpc.forward(anvil.httpUrl(), request)));
                rows.awaitCursor(anvil.blockNumber());
                assertThat(rows.count()).isEqualTo(1);
            }
        }
    }

    @Test
    void endpointOfAnotherChain_isNotUsed_theOtherOneIs() throws Exception {
        try (FakeRpc wrong = new FakeRpc()) {
            wrong.answering(call -> "\"0x1\"");
            Rows rows = new Rows(logger);
            String nodes = "[[EVM.Nodes]]\nName = 'wrong'\nHTTPURL = '" + wrong.httpUri() + "'\n" + httpOnly();
            try (Chain _ = open(config(nodes), rows)) {
                emit();
                rows.awaitCursor(anvil.blockNumber());
                assertThat(rows.count()).isEqualTo(1);
                assertThat(wrong.methods()).isNotEmpty().containsOnly("eth_chainId");
            }
        }
    }

    @Test
    void idleBlock_costsNoCall_onceTheHeadersHaveProvenTrue() throws InterruptedException {
        Rows rows = new Rows(logger);
        Metrics metrics = new Metrics();
        try (Chain _ = open(config(httpAndWs()), rows, metrics, new HealthChecks())) {
            for (int i = 0; i <= BloomTrust.HELD_MIN; i++) {
                emit();
                rows.awaitCursor(anvil.blockNumber());
            }
            double before = calls(metrics);
            int blocks = 20;
            for (int i = 0; i < blocks; i++) {
                anvil.mine(1);
                rows.awaitCursor(anvil.blockNumber());
            }
            // A price that was asked for, and a head that came while the one before was stored.
            assertThat(calls(metrics) - before).isLessThanOrEqualTo(6);
            emit();
            rows.awaitCursor(anvil.blockNumber());
            assertThat(rows.count()).isEqualTo(BloomTrust.HELD_MIN + 2);
        }
    }

    @Test
    void chainThatBeganAnew_isReadFromItsFirstBlock() throws InterruptedException {
        Rows rows = new Rows(logger);
        anvil.mine(30);
        try (Chain _ = open(config(httpOnly()), rows)) {
            emit();
            rows.awaitCursor(anvil.blockNumber());
            // Another first block, and fewer blocks than before.
            anvil.call("anvil_reset");
            Address same = anvil.deploy(sender, LOGGER);
            emit();
            emit();
            assertThat(same).isEqualTo(logger);
            rows.awaitCount(2);
            rows.awaitCursor(anvil.blockNumber());
        }
    }

    private static double calls(Metrics metrics) {
        return metrics.exposition()
                .lines()
                .filter(line -> line.startsWith("evm_rpc_calls{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** A subscriber as jobs are: rows by block. */
    private static final class Rows implements LogSubscriber {
        private final Address contract;
        private final TreeMap<Long, List<LogEntry>> byBlock = new TreeMap<>();
        private TreeMap<Long, List<LogEntry>> next = new TreeMap<>();
        private long cursor = -1;
        private int failures;

        Rows(Address contract) {
            this.contract = contract;
        }

        @Override
        public LogFilter filter() {
            return LogFilter.of(Set.of(contract), Set.of(TOPIC));
        }

        @Override
        public synchronized void store(WriteTransaction transaction, LogBatch batch) {
            next = new TreeMap<>(byBlock);
            batch.reorgedFrom().ifPresent(from -> next.tailMap(from, true).clear());
            next.subMap(batch.fromBlock(), true, batch.toBlock(), true).clear();
            batch.logs().forEach(log -> next.computeIfAbsent(log.blockNumber(), number -> new ArrayList<>())
                    .add(log));
            if (failures > 0) {
                failures--;
                throw new IllegalStateException("told to fail");
            }
        }

        @Override
        public synchronized void committed(LogBatch batch) {
            byBlock.clear();
            byBlock.putAll(next);
            cursor = batch.toBlock();
            notifyAll();
        }

        synchronized void forget() {
            byBlock.clear();
            cursor = -1;
        }

        synchronized void failNext(int times) {
            failures = times;
        }

        synchronized int count() {
            return byBlock.values().stream().mapToInt(List::size).sum();
        }

        synchronized void awaitCount(int logs) throws InterruptedException {
            long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (count() != logs) {
                if (System.nanoTime() > until) {
                    throw new AssertionError(count() + " events instead of " + logs);
                }
                wait(100);
            }
        }

        synchronized void awaitCursor(long block) throws InterruptedException {
            long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (cursor < block) {
                if (System.nanoTime() > until) {
                    throw new AssertionError("cursor " + cursor + " does not reach " + block);
                }
                wait(100);
            }
        }
    }
}
