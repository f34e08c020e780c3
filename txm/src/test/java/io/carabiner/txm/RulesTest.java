package io.carabiner.txm;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.evm.FeeQuote;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.Wei;
import io.carabiner.rpc.SendOutcome;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The pure decisions, as tables. */
final class RulesTest {

    private static final Address KEY = Address.ZERO;
    private static final TxmSettings SETTINGS = new TxmSettings(
            16,
            250,
            3,
            16,
            21_000,
            Duration.ofMinutes(1),
            Duration.ZERO,
            Duration.ZERO,
            true,
            10,
            false,
            false,
            TxmSettings.NO_PURGE,
            "");

    private static final String LOST_UNNAMED = "could not get receipt: nonce 5 was used by a transaction that this node"
            + " did not send and no endpoint could name. If the key is used elsewhere too, give it to this node alone;"
            + " start the job's run again if its request still waits.";

    private static Hash32 hash(long number) {
        return Hash32.fromHex(String.format("%064x", number));
    }

    private static SignedAttempt signed(long number, boolean purge) {
        FeeQuote fee = new FeeQuote.Legacy(Wei.ofGwei(number));
        return new SignedAttempt(hash(number), Bytes.of((byte) 1), fee, 21_000, purge);
    }

    private static InFlight fresh(long nonce) {
        return new InFlight(
                nonce + 100,
                nonce,
                TransactionState.IN_PROGRESS,
                new Payload(KEY, Bytes.EMPTY, Wei.ZERO, 21_000),
                List.of(Attempt.fresh(signed(nonce + 1, false))),
                Optional.empty(),
                new Terms(true, OptionalInt.of(1), Instant.EPOCH),
                Pace.at(0));
    }

    private static InFlight sent(long nonce, long block) {
        return fresh(nonce).withTop(top -> top.sent(block)).in(TransactionState.UNCONFIRMED);
    }

    private static KeyState state(long next, InFlight... transactions) {
        TreeMap<Long, InFlight> inFlight = new TreeMap<>();
        for (InFlight one : transactions) {
            inFlight.put(one.nonce(), one);
        }
        return new KeyState(KEY, next, inFlight, new TreeMap<>());
    }

    @Test
    void answersToAFirstTry_meanWhatTheTableSays() {
        InFlight first = fresh(5);
        assertThat(SendRules.decide(first, new SendOutcome.Accepted())).isEqualTo(new Verdict.Taken());
        assertThat(SendRules.decide(first, new SendOutcome.AlreadyKnown("x"))).isEqualTo(new Verdict.Taken());
        assertThat(SendRules.decide(first, new SendOutcome.NonceTooLow("x"))).isEqualTo(new Verdict.Taken());
        assertThat(SendRules.decide(first, new SendOutcome.ReplacementUnderpriced("x")))
                .isEqualTo(new Verdict.Taken());
        assertThat(SendRules.decide(first, new SendOutcome.LimitReached("x"))).isEqualTo(new Verdict.Taken());
        assertThat(SendRules.decide(first, new SendOutcome.NonceTooHigh("x"))).isEqualTo(new Verdict.TryAgain());
        assertThat(SendRules.decide(first, new SendOutcome.Retryable("x"))).isEqualTo(new Verdict.TryAgain());
        assertThat(SendRules.decide(first, new SendOutcome.Underpriced("x"))).isEqualTo(new Verdict.BumpNow());
        assertThat(SendRules.decide(first, new SendOutcome.FeeOutOfRange("x"))).isEqualTo(new Verdict.PriceAnew());
        assertThat(SendRules.decide(first, new SendOutcome.InsufficientFunds("x")))
                .isEqualTo(new Verdict.LackFunds());
        assertThat(SendRules.decide(first, new SendOutcome.FeeCapExceeded("x"))).isEqualTo(new Verdict.AskNonce());
        assertThat(SendRules.decide(first, new SendOutcome.Unknown("x"))).isEqualTo(new Verdict.AskNonce());
        assertThat(SendRules.decide(first, new SendOutcome.Fatal("x"))).isEqualTo(new Verdict.Purge("x"));
        assertThat(SendRules.decide(first, new SendOutcome.TerminallyStuck("x")))
                .isEqualTo(new Verdict.Purge("x"));
    }

    @Test
    void aRefusedBump_leavesTheOlderAttempt_butAPurgeNeverFallsBack() {
        InFlight bumped = sent(5, 1).with(signed(50, false), Optional.empty());
        assertThat(SendRules.decide(bumped, new SendOutcome.InsufficientFunds("x")))
                .isEqualTo(new Verdict.Withdraw(false));
        assertThat(SendRules.decide(bumped, new SendOutcome.Fatal("x"))).isEqualTo(new Verdict.Withdraw(true));
        InFlight purged = sent(5, 1).with(signed(50, true), Optional.of("hopeless"));
        assertThat(SendRules.decide(purged, new SendOutcome.InsufficientFunds("x")))
                .isEqualTo(new Verdict.LackFunds());
        assertThat(SendRules.decide(purged, new SendOutcome.Fatal("x"))).isEqualTo(new Verdict.TryAgain());
        assertThat(SendRules.decideResent(sent(5, 1), new SendOutcome.Fatal("x")))
                .isEqualTo(new Verdict.Purge("x"));
    }

    @Test
    void thePause_doublesUpToItsLimit() {
        assertThat(SendRules.pauseNanos(0)).isEqualTo(Duration.ofSeconds(1).toNanos());
        assertThat(SendRules.pauseNanos(2)).isEqualTo(Duration.ofSeconds(4).toNanos());
        assertThat(SendRules.pauseNanos(1000)).isEqualTo(Duration.ofSeconds(15).toNanos());
    }

    @Test
    void theFirstNonce_followsDatabaseAndChain() {
        assertThat(NonceRules.first(OptionalLong.empty(), 3, 5, false, true))
                .isEqualTo(new NonceRules.FirstNonce.At(5));
        assertThat(NonceRules.first(OptionalLong.of(9), 10, 10, false, true))
                .isEqualTo(new NonceRules.FirstNonce.At(10));
        assertThat(NonceRules.first(OptionalLong.of(9), 4, 6, true, true)).isEqualTo(new NonceRules.FirstNonce.At(10));
        assertThat(NonceRules.first(OptionalLong.of(9), 12, 13, false, true))
                .isEqualTo(new NonceRules.FirstNonce.Ahead(13, 10));
        assertThat(NonceRules.first(OptionalLong.of(9), 12, 13, false, false))
                .isEqualTo(new NonceRules.FirstNonce.At(10));
        assertThat(NonceRules.first(OptionalLong.of(9), 2, 2, false, true))
                .isEqualTo(new NonceRules.FirstNonce.Behind(2, 10));
    }

    private static Situation situation(long head, boolean queued) {
        return new Situation(
                0,
                true,
                0,
                0,
                queued,
                true,
                false,
                OptionalLong.empty(),
                OptionalLong.of(head),
                Optional.empty(),
                List.of());
    }

    @Test
    void whatIsStored_isSentBeforeAnythingNewStarts() {
        assertThat(KeyRules.decide(state(6, fresh(5)), situation(1, true), SETTINGS))
                .isEqualTo(new NextAction.Send(List.of(fresh(5))));
        assertThat(KeyRules.decide(state(6, sent(5, 1)), situation(1, true), SETTINGS))
                .isEqualTo(new NextAction.Start(15));
    }

    @Test
    void afterBumpThresholdBlocks_thePriceIsRaised() {
        assertThat(KeyRules.decide(state(6, sent(5, 10)), situation(12, false), SETTINGS))
                .isInstanceOf(NextAction.Rest.class);
        assertThat(KeyRules.decide(state(6, sent(5, 10)), situation(13, false), SETTINGS))
                .isEqualTo(new NextAction.Bump(List.of(sent(5, 10))));
    }

    @Test
    void nothingStarts_whileTheKeyCannotPay() {
        InFlight poor = fresh(5).withTop(top -> top.in(AttemptState.INSUFFICIENT_FUNDS))
                .paced(Pace.at(0).failed(1_000, "no answer"));
        assertThat(KeyRules.decide(state(6, poor), situation(1, true), SETTINGS))
                .isEqualTo(new NextAction.Rest(1_000));
    }

    private static HeadFacts facts(long head, long count, Map<Hash32, MinedReceipt> receipts, Set<Hash32> absent) {
        return new HeadFacts(head, head - 10, count, receipts, absent, Map.of());
    }

    @Test
    void aReceipt_confirms_andASecondBlockSettles() {
        MinedReceipt receipt = new MinedReceipt(hash(6), 20, hash(900), 0, true, "{}");
        KeyState before = state(6, sent(5, 10));
        List<RowChange> changes = HeadRules.changes(before, facts(20, 6, Map.of(hash(6), receipt), Set.of()));
        assertThat(changes).containsExactly(new RowChange.Mined(105, 5, receipt, false));
        KeyState mined = before.after(changes);
        HeadFacts next = new HeadFacts(21, 11, 6, Map.of(), Set.of(), Map.of(20L, hash(900)));
        assertThat(HeadRules.changes(mined, next)).containsExactly(new RowChange.Settled(105, OptionalLong.of(20)));
        HeadFacts forked = new HeadFacts(21, 11, 6, Map.of(), Set.of(), Map.of(20L, hash(901)));
        assertThat(HeadRules.changes(mined, forked)).containsExactly(new RowChange.Reorged(105, 5));
        HeadFacts unknown = new HeadFacts(40, 30, 6, Map.of(), Set.of(), Map.of());
        assertThat(HeadRules.changes(mined, unknown)).isEmpty();
    }

    @Test
    void aMissingReceipt_isGivenUpOnlyWhenFinalAndOftenLookedFor() {
        KeyState state = state(6, sent(5, 10));
        HeadFacts first = facts(20, 6, Map.of(), Set.of(hash(6)));
        state = state.after(HeadRules.changes(state, first));
        HeadFacts late = facts(40, 6, Map.of(), Set.of(hash(6)));
        assertThat(HeadRules.changes(state, late)).isEmpty();
        for (int i = 0; i < HeadRules.LOOKS_IN_VAIN_MIN; i++) {
            state = HeadRules.countLooks(state, late);
        }
        assertThat(HeadRules.changes(state, late))
                .containsExactly(
                        new RowChange.Lost(105, 5, LOST_UNNAMED), new RowChange.Settled(105, OptionalLong.empty()));
    }

    @Test
    void aGap_isWhatNothingOfOursTakes() {
        assertThat(HeadRules.gap(state(9, sent(5, 1), sent(8, 1)), 4)).containsExactly(4L, 6L, 7L);
        assertThat(HeadRules.gap(state(9, sent(5, 1), sent(6, 1)), 5)).isEmpty();
        assertThat(HeadRules.gap(state(9), 2)).isEmpty();
    }

    @Test
    void theLeastRecentlyUsedKey_sendsNext() {
        Address other = new Address(Bytes.of(BigInteger.TWO.toByteArray()).concat(Bytes.of(new byte[19])));
        KeyRotation rotation = new KeyRotation();
        assertThat(rotation.next(List.of(KEY, other))).contains(KEY);
        assertThat(rotation.next(List.of(KEY, other))).contains(other);
        assertThat(rotation.next(List.of(KEY, other))).contains(KEY);
        assertThat(rotation.next(List.of())).isEmpty();
    }
}
