package io.carabiner.guards;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.config.ConfigLoader;
import io.carabiner.config.NodeConfig;
import io.carabiner.database.Database;
import io.carabiner.database.DatabaseSettings;
import io.carabiner.database.WriteTransaction;
import io.carabiner.evm.Chain;
import io.carabiner.evm.Chains;
import io.carabiner.evm.FeeQuote;
import io.carabiner.keystore.Keystore;
import io.carabiner.keystore.Password;
import io.carabiner.keystore.ScryptCost;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.TimeSource;
import io.carabiner.primitives.Wei;
import io.carabiner.telemetry.HealthChecks;
import io.carabiner.telemetry.Metrics;
import io.carabiner.testkit.TestChain;
import io.carabiner.testkit.TestClock;
import io.carabiner.testkit.TestDatabase;
import io.carabiner.txm.ActionOutcome;
import io.carabiner.txm.OperatorAction;
import io.carabiner.txm.SendGate;
import io.carabiner.txm.SendQuestion;
import io.carabiner.txm.TransactionCosts;
import io.carabiner.txm.TransactionRequest;
import io.carabiner.txm.TransactionResult;
import io.carabiner.txm.Txm;
import io.carabiner.txm.TxmSetup;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each guard with a real transaction manager, database and chain. A transaction offers 20 gwei for 100,000 gas: 2 milli
 * at most; a plain one uses 21,000 of it and costs 0.42 milli. The guards' clock is the test's.
 */
class GuardsStoryTest {

    private static final Address PLAIN = Address.fromHex("0x00000000000000000000000000000000000000ee");
    private static final Address REVERTS = Address.fromHex("0x00000000000000000000000000000000000000e1");
    private static final Address STORES = Address.fromHex("0x00000000000000000000000000000000000000e2");
    private static final Address FRIEND = Address.fromHex("0x0000000000000000000000000000000000000011");
    private static final Address STRANGER = Address.fromHex("0x0000000000000000000000000000000000000012");
    private static final long GAS = 100_000;
    private static final long WAIT_SECONDS = 30;

    @TempDir
    Path folder;

    private final TestDatabase server = TestDatabase.create();
    private final TestChain anvil = TestChain.start();
    private final TestClock clock = new TestClock();
    private final Metrics metrics = new Metrics();
    private HealthChecks health = new HealthChecks();
    private final Map<UUID, RequestFacts.Request> requests = new ConcurrentHashMap<>();
    private final List<String> jobErrors = new CopyOnWriteArrayList<>();
    private final BlockingQueue<TransactionResult> results = new LinkedBlockingQueue<>();
    private final List<AutoCloseable> running = new ArrayList<>();
    private Database database;
    private Keystore keystore;
    private Txm txm;
    private SendGate gate = SendGate.OPEN;

    @BeforeEach
    void prepare() throws Exception {
        database = Database.open(DatabaseSettings.of(server.url(), folder), TimeSource.system(), reason -> {});
        keystore = Keystore.open(database, Password.of("Sixteen-chars-pw1!"), ScryptCost.FAST, TimeSource.system());
        Address key = keystore.eth().create(anvil.chainId()).address();
        anvil.setBalance(key, Wei.ofGwei(1_000_000_000_000L));
        anvil.call("anvil_setCode", REVERTS.toString(), "0x60006000fd");
        anvil.call("anvil_setCode", STORES.toString(), "0x600160005500");
    }

    /** Starts chain and manager with these guards, as after a start of the node. */
    private void start(String guards) {
        start(guards, false);
    }

    private void start(String guards, boolean dynamic) {
        health = new HealthChecks();
        NodeConfig config = ConfigLoader.effective("""
                [[EVM]]
                ChainID = '1337'
                MinIncomingConfirmations = 1
                FinalityDepth = 5
                [EVM.GasEstimator]
                Mode = 'FixedPrice'
                EIP1559DynamicFees = %s
                PriceDefault = '20 gwei'
                PriceMax = '200 gwei'
                FeeCapDefault = '100 gwei'
                BumpThreshold = 1000
                [[EVM.Nodes]]
                Name = 'primary'
                WSURL = '%s'
                HTTPURL = '%s'
                [Carabiner.Guards]
                %s
                """.formatted(dynamic, anvil.wsUrl(), anvil.httpUrl(), guards));
        Chain chain = Chains.open(config.evm().getFirst(), database, metrics, health, TimeSource.system());
        gate = Guards.of(new GuardSetup(
                anvil.chainId(),
                config.carabiner().guards(),
                chain.rpc(),
                ids -> requests,
                TransactionCosts.in(database),
                (job, error) -> jobErrors.add(job + ": " + error),
                database,
                metrics,
                clock));
        txm = Txm.create(new TxmSetup(
                chain,
                config.evm().getFirst(),
                keystore.eth(),
                database,
                this::settled,
                gate,
                metrics,
                health,
                TimeSource.system()));
        running.add(chain);
        running.add(txm);
        txm.start();
        chain.start();
    }

    private void stopNode() throws Exception {
        for (AutoCloseable one : running.reversed()) {
            one.close();
        }
        running.clear();
    }

    private void settled(WriteTransaction tx, List<TransactionResult> ended) {
        tx.afterCommit(() -> results.addAll(ended));
    }

    @AfterEach
    void stop() throws Exception {
        stopNode();
        database.close();
        anvil.close();
        server.close();
    }

    private UUID send(Address to) {
        UUID task = UUID.randomUUID();
        return send(to, task);
    }

    private UUID send(Address to, UUID task) {
        TransactionRequest request = TransactionRequest.call(to, Bytes.EMPTY, GAS)
                .withMeta("{\"JobID\":7}")
                .withTask(task, OptionalInt.of(1), true);
        database.execute(tx -> txm.enqueue(tx, request));
        return task;
    }

    private UUID sendFor(Address requester, BigInteger payment) {
        UUID task = UUID.randomUUID();
        requests.put(task, new RequestFacts.Request(requester, payment));
        return send(PLAIN, task);
    }

    /** Blocks are made until the transaction of this task has ended. */
    private TransactionResult result(UUID task) throws InterruptedException {
        TransactionResult next = nextResult();
        assertThat(next.pipelineTaskRunId()).contains(task);
        return next;
    }

    private TransactionResult nextResult() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (System.nanoTime() - end < 0) {
            TransactionResult next = results.poll(200, TimeUnit.MILLISECONDS);
            if (next != null) {
                return next;
            }
            anvil.mine(1);
        }
        throw new AssertionError("no transaction has ended: "
                + server.query("SELECT string_agg(state, ',') FROM carabiner.txes") + health.report());
    }

    private void sent(UUID task) throws InterruptedException {
        assertThat(result(task)).isInstanceOf(TransactionResult.Confirmed.class);
    }

    private void refused(UUID task, String reason) throws InterruptedException {
        assertThat(result(task))
                .isInstanceOfSatisfying(TransactionResult.Failed.class, failed -> assertThat(failed.error())
                        .startsWith("refused by guard ")
                        .contains(reason));
    }

    private String spentBy(String kind) {
        return server.query("SELECT wei FROM carabiner.guard_spending WHERE spender LIKE '" + kind
                + " %' ORDER BY day DESC LIMIT 1");
    }

    @Test
    void spendLimit_refusesAtTheLimit_survivesARestart_andResumesTheNextDay() throws Exception {
        start("SpendPerKeyPerDay = '2.41 milli'");
        sent(send(PLAIN));
        assertThat(spentBy("key"))
                .as("the most it can cost, until it is known better")
                .isEqualTo("2000000000000000");

        clock.advance(SpendLedger.CORRECTION_PAUSE);
        refused(send(PLAIN), "SpendPerKeyPerDay");
        assertThat(spentBy("key")).as("21,000 gas at 20 gwei").isEqualTo("420000000000000");

        stopNode();
        start("SpendPerKeyPerDay = '2.41 milli'");
        refused(send(PLAIN), "spent 420000000000000 wei today");

        clock.advance(Duration.ofDays(1));
        sent(send(PLAIN));
        assertThat(server.query("SELECT count(*) FROM carabiner.txes WHERE nonce IS NOT NULL"))
                .as("a refusal takes no nonce")
                .isEqualTo("2");
    }

    /** The base fee is far below what type 2 offers: what was paid counts, and a bump before that. */
    @Test
    void whatWasPaid_counts_andABumpUntilThen() throws Exception {
        start("SpendPerKeyPerDay = '1 ether'", true);
        anvil.automine(false);
        send(PLAIN);
        awaitRow("SELECT count(*) FROM carabiner.tx_attempts WHERE state = 'broadcast'", "1");
        assertThat(spentBy("key")).as("100,000 gas at 100 gwei").isEqualTo("10000000000000000");
        long id = Long.parseLong(server.query("SELECT id FROM carabiner.txes"));
        assertThat(txm.act(new OperatorAction.Bump(id), "a@b.test")).isInstanceOf(ActionOutcome.Done.class);
        clock.advance(SpendLedger.CORRECTION_PAUSE);
        UUID second = send(PLAIN);
        awaitRow("SELECT count(*) FROM carabiner.guard_commitments", "2");
        assertThat(new BigInteger(spentBy("key")))
                .as("the bumped one, and the second")
                .isGreaterThan(new BigInteger("20000000000000000"));

        anvil.automine(true);
        for (int i = 0; i < 2; i++) {
            TransactionResult next = nextResult();
            assertThat(next).isInstanceOf(TransactionResult.Confirmed.class);
        }
        clock.advance(SpendLedger.CORRECTION_PAUSE);
        sent(send(PLAIN));
        BigInteger paid =
                new BigInteger(server.query("SELECT sum(effective_gas_price * 21000) FROM carabiner.tx_receipts"
                        + " WHERE eth_tx_id IN (SELECT id FROM carabiner.txes ORDER BY id LIMIT 2)"));
        assertThat(new BigInteger(spentBy("key")).subtract(paid))
                .as("only the third still counts with the most it can cost")
                .isEqualTo(new BigInteger("10000000000000000"));
        assertThat(second).isNotNull();
    }

    private void awaitRow(String query, String value) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (!server.query(query).equals(value)) {
            assertThat(System.nanoTime() - end).as(query).isNegative();
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @Test
    void spendLimitOfAJobAndOfARequester_countForEachOne_andAlertTheOperator() throws Exception {
        start("SpendPerRequesterPerDay = '2.5 milli'\nSpendPerJobPerDay = '1 ether'");
        sent(sendFor(STRANGER, BigInteger.ZERO));
        refused(sendFor(STRANGER, BigInteger.ZERO), "requester " + STRANGER);
        sent(sendFor(FRIEND, BigInteger.ZERO));

        assertThat(spentBy("job")).isEqualTo("4000000000000000");
        assertThat(jobErrors).containsExactly("7: a guard refused a transaction: SPEND_LIMIT");
        assertThat(metrics.exposition()).contains("guard_refusals{evmChainID=\"1337\",guard=\"spend_limit\"} 1");
        whatIsOnlyForeseen_countsForNobody();
    }

    private void whatIsOnlyForeseen_countsForNobody() {
        for (int i = 0; i < 3; i++) {
            assertThat(foreseen(STRANGER).orElseThrow())
                    .startsWith("refused by guard SPEND_LIMIT: ")
                    .contains("requester " + STRANGER);
            assertThat(foreseen(REVERTS)).as("who has not asked yet").isEmpty();
        }
        assertThat(spentBy("job")).isEqualTo("4000000000000000");
        assertThat(jobErrors).hasSize(1);
        assertThat(metrics.exposition()).contains("guard_refusals{evmChainID=\"1337\",guard=\"spend_limit\"} 1");
    }

    private Optional<String> foreseen(Address requester) {
        SendQuestion question = new SendQuestion(
                0,
                anvil.chainId(),
                FRIEND,
                PLAIN,
                Bytes.EMPTY,
                Wei.ZERO,
                GAS,
                new FeeQuote.Legacy(new Wei(BigInteger.valueOf(20_000_000_000L))),
                Optional.of("{\"JobID\":7}"),
                Optional.empty(),
                clock.now());
        return ((Guards) gate).foresee(question, Optional.of(new RequestFacts.Request(requester, BigInteger.ZERO)));
    }

    @Test
    void profitGate_refusesWhatPaysTooLittle() throws Exception {
        start("ProfitGate = 'link'\nLinkPrice = '4 milli'");

        refused(sendFor(FRIEND, new BigInteger("499999999999999999")), "payment of 499999999999999999 juels");
        sent(sendFor(FRIEND, new BigInteger("500000000000000000")));
    }

    @Test
    void requesterLists_decideWhoIsAnswered() throws Exception {
        start("DenyRequesters = ['0x0000000000000000000000000000000000000012']");

        refused(sendFor(STRANGER, BigInteger.TEN), "DenyRequesters");
        sent(sendFor(FRIEND, BigInteger.ZERO));
    }

    @Test
    void simulation_refusesWhatReverts_andWhatUsesTooMuchGas() throws Exception {
        start("Simulate = true\nGasCeiling = 30000");

        refused(send(REVERTS), "the simulation fails");
        refused(send(STORES), "GasCeiling of 30000");
        sent(send(PLAIN));
    }
}
