package io.carabiner.txm;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.config.EvmConfig;
import io.carabiner.evm.FeeQuote;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.TimeSource;
import io.carabiner.primitives.Wei;
import io.carabiner.telemetry.Metrics;
import io.carabiner.testkit.TestChain;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transactions that do not get on: explained, and helped by hand or by themselves; PostgreSQL and anvil are real. */
final class StuckStoryTest {

    private static final Address TARGET = Address.fromHex("0x00000000000000000000000000000000000000ee");
    private static final EvmConfig.AutoPurge AT_ONCE =
            new EvmConfig.AutoPurge(true, Optional.of(2L), Optional.of(1L), Optional.empty());

    @TempDir
    Path folder;

    private TestChain chain;
    private KeyFixture fixture;

    @BeforeEach
    void open() {
        chain = TestChain.start();
        chain.automine(false);
    }

    @AfterEach
    void close() {
        fixture.close();
        chain.close();
    }

    private void with(long bumpThreshold, EvmConfig.AutoPurge purge, String chainType) throws InterruptedException {
        fixture = new KeyFixture(
                folder,
                chain,
                new TxmSettings(
                        0,
                        250,
                        bumpThreshold,
                        0,
                        100_000,
                        Duration.ofMinutes(1),
                        Duration.ZERO,
                        Duration.ZERO,
                        true,
                        AnvilAccess.FINALITY,
                        false,
                        true,
                        purge,
                        chainType));
    }

    private void enqueue(int count, SendingOptions options) {
        fixture.enqueue(IntStream.range(0, count)
                .mapToObj(i -> TransactionRequest.call(TARGET, Bytes.of((byte) i), 60_000)
                        .withTask(UUID.randomUUID(), OptionalInt.of(1), true)
                        .withOptions(options))
                .toList());
    }

    private void sendTwo() throws InterruptedException {
        enqueue(2, SendingOptions.NONE);
        fixture.work();
    }

    private long idAt(long nonce) {
        return Long.parseLong(fixture.server.query("SELECT id FROM carabiner.txes WHERE nonce = " + nonce));
    }

    private Finding why(long nonce) {
        ChainWatch watch = new ChainWatch(
                fixture.access, List::of, new TxmObserver(chain.chainId(), new Metrics(), TimeSource.system()));
        watch.head(fixture.access.newest());
        return new Clinic(new DoctorFactsReader(fixture.database, fixture.access, KeyFixture.settings(), watch))
                .transaction(idAt(nonce), fixture.owner)
                .orElseThrow()
                .findings()
                .getFirst();
    }

    private String act(OperatorAction action) throws InterruptedException {
        Order order = new Order(action, "a@b.test");
        fixture.owner.inbox().order(order);
        fixture.work();
        return order.await().text();
    }

    private void baseFee(long gwei) {
        chain.call("anvil_setNextBlockBaseFeePerGas", "0x" + Long.toHexString(gwei * 1_000_000_000L));
        chain.mine(1);
    }

    @Test
    void aStuckTransaction_isExplained_andBumped() throws InterruptedException {
        with(0, TxmSettings.NO_PURGE, "");
        sendTwo();
        baseFee(115);
        fixture.look();
        assertThat(why(0)).satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("UNDERPRICED");
            assertThat(finding.text()).contains("It offers 100 gwei", "base fee of 115 gwei");
            assertThat(finding.remedies()).startsWith(Finding.Remedy.BUMP);
        });
        assertThat(why(1).code()).isEqualTo("BEHIND_ANOTHER");
        assertThat(act(new OperatorAction.Bump(idAt(0)))).contains("is sent again at up to 120");
        assertThat(act(new OperatorAction.Bump(idAt(1)))).contains("is sent again at up to 120");
        fixture.finish();
        assertThat(fixture.count("state = 'finalized'")).isEqualTo(2);
    }

    @Test
    void whatPoolsForgot_isRebroadcast_andALostRowsNonceIsFilled() throws InterruptedException {
        with(0, TxmSettings.NO_PURGE, "");
        sendTwo();
        chain.call("anvil_dropAllTransactions");
        fixture.server.query(
                "WITH d AS (DELETE FROM carabiner.txes WHERE nonce = 0 RETURNING 1) SELECT count(*) FROM d");
        fixture.boot();
        fixture.look();
        assertThat(act(new OperatorAction.Rebroadcast(idAt(1)))).endsWith("they took it");
        assertThat(why(1)).satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("NONCE_GAP");
            assertThat(finding.text()).contains("[0]");
            assertThat(finding.remedies()).containsExactly(Finding.Remedy.FILL);
        });
        assertThat(act(new OperatorAction.FillNonces(fixture.key))).isEqualTo("empty transactions take the nonces [0]");
        fixture.finish();
        assertThat(fixture.count("state = 'fatal_error' AND nonce = 0 AND error LIKE 'fills a nonce%'"))
                .isEqualTo(1);
        assertThat(fixture.count("state = 'finalized' AND nonce = 1")).isEqualTo(1);
        assertThat(act(new OperatorAction.FillNonces(fixture.key))).startsWith("no nonce of key");
    }

    @Test
    void aGap_isFilledByItself_afterSomeHeads() throws InterruptedException {
        with(0, TxmSettings.NO_PURGE, "");
        sendTwo();
        chain.call("anvil_dropAllTransactions");
        fixture.server.query(
                "WITH d AS (DELETE FROM carabiner.txes WHERE nonce = 0 RETURNING 1) SELECT count(*) FROM d");
        fixture.boot();
        fixture.look();
        act(new OperatorAction.Rebroadcast(idAt(1)));
        fixture.finish();
        assertThat(fixture.count("state = 'fatal_error' AND nonce = 0")).isEqualTo(1);
        assertThat(fixture.count("state = 'finalized' AND nonce = 1")).isEqualTo(1);
    }

    /** The bump cannot be paid and is withdrawn; paid for later, the same bytes are called for and revived. */
    @Test
    void aWithdrawnAttempt_isRevived_whenTheSameBytesAreCalledFor() throws InterruptedException {
        with(2, TxmSettings.NO_PURGE, "");
        enqueue(1, SendingOptions.NONE);
        fixture.work();
        Wei whole = fixture.access.balance(fixture.key);
        chain.setBalance(fixture.key, Wei.ofGwei(100L * 60_000));
        baseFee(115);
        baseFee(115);
        fixture.look();
        assertThat(fixture.server.query("SELECT string_agg(state, ',' ORDER BY id) FROM carabiner.tx_attempts"))
                .as("the second is withdrawn")
                .isEqualTo("broadcast,superseded");
        chain.setBalance(fixture.key, whole);
        baseFee(115);
        baseFee(115);
        fixture.look();
        assertThat(fixture.server.query("SELECT string_agg(state, ',' ORDER BY id) FROM carabiner.tx_attempts"))
                .as("the same second one")
                .isEqualTo("broadcast,broadcast");
        fixture.boot();
        fixture.finish();
        assertThat(fixture.count("state = 'finalized'")).isEqualTo(1);
    }

    @Test
    void whileNothingGetsThrough_thePriceIsNotRaised() throws InterruptedException {
        with(2, TxmSettings.NO_PURGE, "");
        fixture.access.unconnected = true;
        enqueue(1, SendingOptions.NONE);
        fixture.work();
        for (int i = 0; i < 4; i++) {
            baseFee(115);
            fixture.look();
        }
        assertThat(fixture.server.query("SELECT count(*) FROM carabiner.tx_attempts"))
                .isEqualTo("1");
        fixture.access.unconnected = false;
        baseFee(115);
        baseFee(115);
        fixture.look();
        assertThat(fixture.server.query("SELECT count(*) FROM carabiner.tx_attempts"))
                .as("raised once it gets through again")
                .isEqualTo("2");
        fixture.finish();
        assertThat(fixture.count("state = 'finalized'")).isEqualTo(1);
    }

    private void purged() throws InterruptedException {
        fixture.finish();
        enqueue(1, SendingOptions.NONE);
        fixture.finish();
        assertThat(fixture.count("state = 'fatal_error' AND error = 'transaction terminally stuck' AND nonce = 0"))
                .isEqualTo(1);
        assertThat(fixture.count("state = 'finalized' AND nonce = 1"))
                .as("what came after it")
                .isEqualTo(1);
        assertThat(fixture.told).hasSize(2);
    }

    /** Its price is above the market's, and still it is not mined. */
    @Test
    void heuristically_whatPaysEnoughAndIsNotMined_isPurged() throws InterruptedException {
        with(0, AT_ONCE, "");
        enqueue(1, SendingOptions.NONE);
        fixture.work();
        fixture.access.market = Optional.of(new FeeQuote.Dynamic(Wei.ofGwei(90), Wei.ofGwei(1)));
        baseFee(101);
        fixture.look();
        assertThat(fixture.server.query("SELECT count(*) FROM carabiner.tx_attempts WHERE is_purge_attempt"))
                .isEqualTo("0");
        baseFee(101);
        fixture.look();
        assertThat(fixture.server.query("SELECT count(*) FROM carabiner.tx_attempts WHERE is_purge_attempt"))
                .isEqualTo("1");
        purged();
    }

    @Test
    void onZkEvm_whatTheEndpointForgot_isPurged() throws InterruptedException {
        with(0, AT_ONCE, "zkevm");
        enqueue(1, SendingOptions.NONE);
        fixture.work();
        chain.call(
                "anvil_dropTransaction",
                fixture.server.query(
                        "SELECT '0x' || encode(a.hash, 'hex')"
                                + " FROM carabiner.tx_attempts a JOIN carabiner.txes t ON t.id = a.eth_tx_id WHERE t.nonce = 0"));
        fixture.look();
        purged();
    }

    @Test
    void onScroll_whatTheSequencerSkipped_isPurged() throws InterruptedException {
        with(0, AT_ONCE, "scroll");
        enqueue(1, SendingOptions.NONE);
        fixture.work();
        fixture.access.skipped = Set.of(Hash32.fromHex(fixture.server.query("SELECT '0x' || encode(a.hash, 'hex')"
                + " FROM carabiner.tx_attempts a JOIN carabiner.txes t ON t.id = a.eth_tx_id WHERE t.nonce = 0")));
        fixture.look();
        purged();
    }

    @Test
    void anAccessList_isStillThere_whenItIsSentAgainAfterARestart() throws InterruptedException {
        with(0, TxmSettings.NO_PURGE, "");
        fixture.access.legacy = true;
        enqueue(
                1,
                new SendingOptions(
                        false, List.of(new AccessListEntry(TARGET, List.of(Hash32.ZERO))), Optional.empty()));
        fixture.work();
        fixture.boot();
        fixture.look();
        assertThat(act(new OperatorAction.Rebroadcast(idAt(0)))).contains("was given to the endpoints again");
        act(new OperatorAction.Bump(idAt(0)));
        assertThat(fixture.server.query(
                        "SELECT string_agg(tx_type || ' ' || substr(encode(signed_raw_tx, 'hex'), 1, 2),"
                                + " ',' ORDER BY id) FROM carabiner.tx_attempts"))
                .isEqualTo("1 01,1 01");
        fixture.finish();
        assertThat(fixture.count("state = 'finalized'")).isEqualTo(1);
    }
}
