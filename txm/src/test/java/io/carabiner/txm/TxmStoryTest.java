package io.carabiner.txm;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.config.ConfigLoader;
import io.carabiner.config.EvmConfig;
import io.carabiner.database.Database;
import io.carabiner.database.DatabaseSettings;
import io.carabiner.database.WriteTransaction;
import io.carabiner.evm.Chain;
import io.carabiner.evm.Chains;
import io.carabiner.keystore.Keystore;
import io.carabiner.keystore.Password;
import io.carabiner.keystore.ScryptCost;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.TimeSource;
import io.carabiner.primitives.Wei;
import io.carabiner.telemetry.HealthChecks;
import io.carabiner.telemetry.HealthStatus;
import io.carabiner.telemetry.Metrics;
import io.carabiner.testkit.TestChain;
import io.carabiner.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole room on its own threads: keystore, database, RPC and a chain with a block a second. */
final class TxmStoryTest {

    private static final Address TARGET = Address.fromHex("0x00000000000000000000000000000000000000ee");
    private static final int TRANSACTIONS = 200;
    private static final long WAIT_SECONDS = 30;

    @TempDir
    Path folder;

    private final TestDatabase server = TestDatabase.create();
    private final TestChain anvil = TestChain.start(Duration.ofSeconds(1));
    private final Metrics metrics = new Metrics();
    private final HealthChecks health = new HealthChecks();
    private CountDownLatch confirmed = new CountDownLatch(TRANSACTIONS);
    private Database database;
    private Keystore keystore;
    private Chain chain;
    private Txm txm;

    @BeforeEach
    void start() throws Exception {
        database = Database.open(DatabaseSettings.of(server.url(), folder), TimeSource.system(), reason -> {});
        keystore = Keystore.open(database, Password.of("Sixteen-chars-pw1!"), ScryptCost.FAST, TimeSource.system());
        Address key = keystore.eth().create(anvil.chainId()).address();
        anvil.setBalance(key, Wei.ofGwei(1_000_000_000_000L));
        boot();
    }

    private void boot() throws IOException {
        EvmConfig config = config();
        chain = Chains.open(config, database, metrics, health, TimeSource.system());
        txm = Txm.create(new TxmSetup(
                chain,
                config,
                keystore.eth(),
                database,
                this::settled,
                SendGate.OPEN,
                metrics,
                health,
                TimeSource.system()));
        txm.start();
        chain.start();
    }

    private EvmConfig config() throws IOException {
        Path file = folder.resolve("config.toml");
        Files.writeString(file, """
                [[EVM]]
                ChainID = '1337'
                MinIncomingConfirmations = 1
                FinalityDepth = 5
                [EVM.Transactions]
                MaxInFlight = 500
                MaxQueued = 1000
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
                """.formatted(anvil.wsUrl(), anvil.httpUrl()));
        Path secrets = folder.resolve("secrets.toml");
        Files.writeString(secrets, """
                [Database]
                URL = '%s'
                [Password]
                Keystore = 'Sixteen-chars-pw1!'
                """.formatted(server.url()));
        return ConfigLoader.load(List.of(file), List.of(secrets), Map.of())
                .evm()
                .getFirst();
    }

    private void settled(WriteTransaction tx, List<TransactionResult> results) {
        tx.afterCommit(() -> results.forEach(result -> confirmed.countDown()));
    }

    @AfterEach
    void stop() {
        txm.close();
        chain.close();
        database.close();
        anvil.close();
        server.close();
    }

    private void enqueue(int count) {
        List<TransactionRequest> requests = IntStream.range(0, count)
                .mapToObj(i -> TransactionRequest.call(TARGET, Bytes.of((byte) i), 60_000)
                        .withTask(UUID.randomUUID(), OptionalInt.of(1), true))
                .toList();
        List<EnqueueOutcome> outcomes = database.write(tx -> txm.enqueueAll(tx, requests));
        assertThat(outcomes).allMatch(EnqueueOutcome.Queued.class::isInstance);
    }

    private void awaitConfirmed() throws InterruptedException {
        assertThat(confirmed.await(WAIT_SECONDS, TimeUnit.SECONDS))
                .as("%s are not confirmed; health %s", confirmed.getCount(), health.report())
                .isTrue();
    }

    @Test
    void twoHundredAtOnceFromOneKey_areMinedInARow_andARestartGoesOn() throws Exception {
        enqueue(TRANSACTIONS);
        awaitConfirmed();
        assertThat(server.query("SELECT count(DISTINCT nonce) || ' ' || max(nonce) FROM carabiner.txes"))
                .isEqualTo("200 199");
        assertThat(server.query("SELECT count(*) FROM carabiner.tx_attempts")).isEqualTo("200");
        assertThat(metrics.exposition())
                .contains("tx_manager_num_confirmed_transactions{chainID=\"1337\"} 200")
                .contains("tx_manager_num_successful_transactions{chainID=\"1337\"} 200")
                .contains("tx_manager_num_broadcasted{chainID=\"1337\"} 200")
                .contains("unconfirmed_transactions{evmChainID=\"1337\"} 0");
        assertThat(health.report().get("EVM.1337.Txm")).isEqualTo(HealthStatus.PASSING);
        txm.close();
        confirmed = new CountDownLatch(3);
        enqueue(3);
        reboot();
        awaitConfirmed();
        assertThat(server.query("SELECT max(nonce) FROM carabiner.txes")).isEqualTo("202");
    }

    private void reboot() throws IOException {
        txm = Txm.create(new TxmSetup(
                chain,
                config(),
                keystore.eth(),
                database,
                this::settled,
                SendGate.OPEN,
                metrics,
                health,
                TimeSource.system()));
        txm.start();
    }
}
