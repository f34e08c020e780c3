package io.carabiner.txm;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.database.WriteTransaction;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Wei;
import io.carabiner.testkit.TestChain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The owner of a key on a real PostgreSQL and a real chain. */
final class KeyOwnerStoryTest {

    private static final Address TARGET = Address.fromHex("0x00000000000000000000000000000000000000ee");
    /** Creates a contract that reverts whatever it is asked. */
    private static final Bytes REVERTING = Bytes.fromHex("0x6460006000fd6000526005601bf3");

    @TempDir
    Path folder;

    private TestChain chain;
    private KeyFixture fixture;

    @BeforeEach
    void open() throws InterruptedException {
        chain = TestChain.start();
        chain.automine(false);
        fixture = new KeyFixture(folder, chain, KeyFixture.settings());
    }

    @AfterEach
    void close() {
        fixture.close();
        chain.close();
    }

    private static TransactionRequest request(int number) {
        return TransactionRequest.call(TARGET, Bytes.of((byte) number), 60_000)
                .withTask(UUID.randomUUID(), OptionalInt.of(1), true);
    }

    private static List<TransactionRequest> requests(int count) {
        return IntStream.range(0, count).mapToObj(KeyOwnerStoryTest::request).toList();
    }

    @Test
    void manyAtOnce_areMinedWithNoncesInARow_andEachIsToldOnce() throws InterruptedException {
        fixture.enqueue(requests(200));
        fixture.finish();
        assertThat(chain.transactionCount(fixture.key)).isEqualTo(200);
        assertThat(fixture.count("state = 'finalized'")).isEqualTo(200);
        assertThat(fixture.server.query("SELECT count(DISTINCT nonce) || ' ' || min(nonce) || ' ' || max(nonce)"
                        + " FROM carabiner.txes"))
                .isEqualTo("200 0 199");
        assertThat(fixture.told).hasSize(200).allMatch(TransactionResult.Confirmed.class::isInstance);
    }

    /** An endpoint that asks to be left alone says of blocks, but not of receipts. */
    @Test
    void whileNobodySaysWhatBecameOfTransactions_noneIsBumped() throws InterruptedException {
        fixture.close();
        fixture = new KeyFixture(folder, chain, KeyFixture.settings(0, 3));
        fixture.enqueue(requests(3));
        fixture.look();
        assertThat(attempts()).isEqualTo("3");
        for (int block = 0; block < 10; block++) {
            chain.mine(1);
            fixture.owner.inbox().head(chain.blockNumber());
            fixture.work();
        }
        assertThat(attempts()).as("they are mined since the first block").isEqualTo("3");
        fixture.look();
        assertThat(attempts()).isEqualTo("3");
        assertThat(fixture.count("state = 'unconfirmed'")).isZero();
    }

    private String attempts() {
        return fixture.server.query("SELECT count(*) FROM carabiner.tx_attempts");
    }

    /** Refuses, holds back and allows by the first byte of the data: 1, 2, and others. */
    private static class ByteGate implements SendGate {

        private final List<Long> given = new ArrayList<>();
        private boolean waits = true;

        @Override
        public List<GateAnswer> ask(Address key, List<SendQuestion> queued) {
            return queued.stream().map(this::answer).toList();
        }

        private GateAnswer answer(SendQuestion question) {
            return switch (question.data().at(0)) {
                case 1 -> new GateAnswer.Refuse("the day's limit is reached");
                case 2 -> waits ? new GateAnswer.Wait("the gas price is too high") : new GateAnswer.Allow();
                default -> new GateAnswer.Allow();
            };
        }

        @Override
        public void nonceGiven(WriteTransaction tx, List<Long> transactionIds) {
            given.addAll(transactionIds);
        }
    }

    @Test
    void aGate_refusesBeforeANonceIsGiven_andLetsWaitWithoutStoppingOthers() throws InterruptedException {
        ByteGate gate = new ByteGate();
        fixture.gate = gate;
        fixture.enqueue(requests(4));
        fixture.work();
        assertThat(fixture.told)
                .singleElement()
                .isInstanceOfSatisfying(TransactionResult.Failed.class, failed -> assertThat(failed.error())
                        .isEqualTo("the day's limit is reached"));
        assertThat(fixture.count("state = 'fatal_error' AND nonce IS NULL")).isEqualTo(1);
        assertThat(fixture.count("state = 'unstarted'")).isEqualTo(1);
        assertThat(fixture.count("state = 'unconfirmed' AND nonce < 2")).isEqualTo(2);
        assertThat(fixture.owner.heldBack().reasons()).containsValue("the gas price is too high");
        gate.waits = false;
        fixture.owner.heldBack().releaseAll();
        fixture.owner.inbox().wake();
        fixture.finish();
        assertThat(fixture.count("state = 'finalized'")).isEqualTo(3);
        assertThat(gate.given).hasSize(3);
    }

    @Test
    void aGateThatFails_letsAllWait_andWhatIsUnderWayGoesOn() throws InterruptedException {
        fixture.enqueue(requests(1));
        fixture.work();
        fixture.gate = new ByteGate() {
            @Override
            public List<GateAnswer> ask(Address key, List<SendQuestion> queued) {
                throw new IllegalStateException("no answer");
            }
        };
        fixture.enqueue(requests(1));
        fixture.work();
        for (int i = 0; i < AnvilAccess.FINALITY + 1; i++) {
            chain.mine(1);
            fixture.look();
        }
        assertThat(fixture.count("state = 'finalized'")).isEqualTo(1);
        assertThat(fixture.count("state = 'unstarted'")).isEqualTo(1);
        assertThat(fixture.owner.heldBack().reasons().values())
                .containsExactly("the guards could not be asked: no answer");
    }

    @Test
    void legacyTransactions_areMinedToo() throws InterruptedException {
        fixture.access.legacy = true;
        fixture.enqueue(requests(2));
        fixture.finish();
        assertThat(fixture.count("state = 'finalized'")).isEqualTo(2);
    }

    @Test
    void aRevert_isAFailureForTheOneWhoSaidSo() throws InterruptedException {
        chain.automine(true);
        Address reverting = chain.deploy(chain.accounts().getFirst(), REVERTING);
        chain.automine(false);
        TransactionRequest strict = TransactionRequest.call(reverting, Bytes.EMPTY, 60_000)
                .withTask(UUID.randomUUID(), OptionalInt.of(1), true);
        TransactionRequest mild = TransactionRequest.call(reverting, Bytes.EMPTY, 60_000)
                .withTask(UUID.randomUUID(), OptionalInt.of(1), false);
        fixture.enqueue(List.of(strict, mild));
        fixture.finish();
        assertThat(fixture.told.getFirst())
                .isInstanceOfSatisfying(TransactionResult.Failed.class, failed -> assertThat(failed.error())
                        .matches("transaction 0x[0-9a-f]{64} reverted on-chain"));
        assertThat(fixture.told.getLast())
                .isInstanceOfSatisfying(TransactionResult.Confirmed.class, confirmed -> assertThat(
                                confirmed.receipt().successful())
                        .isFalse());
    }

    @Test
    void whatCanNeverBeMined_isPurged_andWhatFollowsIsMined() throws InterruptedException {
        TransactionRequest hopeless =
                TransactionRequest.call(TARGET, Bytes.EMPTY, 100).withTask(UUID.randomUUID(), OptionalInt.of(1), true);
        fixture.enqueue(List.of(request(0), hopeless, request(2)));
        fixture.finish();
        assertThat(chain.transactionCount(fixture.key)).isEqualTo(3);
        assertThat(fixture.count("state = 'finalized'")).isEqualTo(2);
        assertThat(fixture.server.query("SELECT nonce || ' ' || error FROM carabiner.txes WHERE state = 'fatal_error'"))
                .isEqualTo("1 intrinsic gas too low");
        assertThat(fixture.told.stream().filter(TransactionResult.Failed.class::isInstance))
                .hasSize(1);
    }

    @Test
    void aReorg_bringsTransactionsBack_withTheSameBytes() throws InterruptedException {
        fixture.enqueue(List.of(request(0), request(1)));
        fixture.work();
        chain.mine(1);
        fixture.look();
        assertThat(fixture.count("state = 'confirmed'")).isEqualTo(2);
        String hashes =
                fixture.server.query("SELECT string_agg(hash::text, ',' ORDER BY id) FROM carabiner.tx_attempts");
        chain.reorg(1);
        fixture.look();
        assertThat(fixture.count("state = 'unconfirmed'")).isEqualTo(2);
        fixture.finish();
        assertThat(fixture.count("state = 'finalized'")).isEqualTo(2);
        assertThat(fixture.server.query("SELECT string_agg(hash::text, ',' ORDER BY id) FROM carabiner.tx_attempts"))
                .isEqualTo(hashes);
        assertThat(fixture.told).hasSize(2);
    }

    @Test
    void withoutCoins_itWaits_andGoesOnWhenTheyCome() throws InterruptedException {
        chain.setBalance(fixture.key, Wei.ZERO);
        fixture.enqueue(requests(3));
        fixture.work();
        assertThat(fixture.owner.trouble())
                .hasValueSatisfying(reason -> assertThat(reason).contains("cannot pay"));
        chain.setBalance(fixture.key, Wei.ofGwei(1_000_000_000));
        fixture.boot();
        fixture.finish();
        assertThat(fixture.count("state = 'finalized'")).isEqualTo(3);
    }

    @Test
    void aKeyUsedElsewhere_goesOnAtTheChainsNonce() throws InterruptedException {
        fixture.enqueue(List.of(request(0)));
        fixture.finish();
        chain.send(fixture.key, TARGET, Bytes.EMPTY);
        chain.mine(1);
        fixture.boot();
        fixture.enqueue(List.of(request(1)));
        fixture.finish();
        assertThat(fixture.server.query("SELECT string_agg(nonce || state, ',' ORDER BY id) FROM carabiner.txes"))
                .isEqualTo("0finalized,2finalized");
    }

    @Test
    void theHistory_showsTheNewestFirst_withTheirAttempts() throws InterruptedException {
        fixture.enqueue(requests(3));
        assertThat(fixture.history.transactions(0, 10).total()).isZero();
        fixture.finish();
        TransactionPage page = fixture.history.transactions(1, 1);
        assertThat(page.total()).isEqualTo(3);
        TransactionView view = page.transactions().getFirst();
        assertThat(view.nonce()).isEqualTo(OptionalLong.of(1));
        assertThat(view.state()).isEqualTo(TransactionState.FINALIZED);
        AttemptView attempt = view.attempt().orElseThrow();
        assertThat(attempt.rlpStreamForm().toString()).startsWith("0xb8");
        assertThat(fixture.history.find(attempt.hash())).contains(view);
        assertThat(fixture.history.find(view.id())).contains(view);
        assertThat(fixture.history.attemptsOf(view.id())).containsExactly(attempt);
        assertThat(fixture.history.attemptsOf(List.of(view.id(), -1L))).isEqualTo(Map.of(view.id(), List.of(attempt)));
        assertThat(fixture.history.attempts(0, 10).transactions()).hasSize(3);
    }

    @Test
    void askedTwice_thereIsOneTransaction() {
        TransactionRequest once = request(0);
        TransactionRequest named =
                TransactionRequest.call(TARGET, Bytes.EMPTY, 60_000).withIdempotencyKey("wish");
        List<EnqueueOutcome> first = fixture.enqueue(List.of(once, named, once));
        List<EnqueueOutcome> again = fixture.enqueue(List.of(named, once));
        assertThat(first.get(0)).isEqualTo(new EnqueueOutcome.Queued(1));
        assertThat(first.get(2)).isEqualTo(new EnqueueOutcome.AlreadyThere(1));
        assertThat(again).containsExactly(new EnqueueOutcome.AlreadyThere(2), new EnqueueOutcome.AlreadyThere(1));
        assertThat(fixture.count("true")).isEqualTo(2);
    }

    @Test
    void aFullQueueAndAForeignKey_areRefusedWithTheReason() {
        List<EnqueueOutcome> outcomes = fixture.enqueue(requests(251));
        assertThat(outcomes.getLast()).isInstanceOfSatisfying(EnqueueOutcome.Refused.class, refused -> assertThat(
                        refused.reason())
                .startsWith("cannot create transaction; too many unstarted transactions in the queue (250/250)"));
        assertThat(fixture.enqueue(List.of(request(1).withFrom(List.of(TARGET))))
                        .getFirst())
                .isEqualTo(new EnqueueOutcome.Refused(
                        "NO_SENDING_KEY",
                        "no sending keys available for chain 1337 that match whitelist: [" + TARGET + "]"));
    }
}
