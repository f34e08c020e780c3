package io.carabiner.txm;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.evm.FeeQuote;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Wei;
import io.carabiner.txm.Finding.Remedy;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What the doctor says, for each thing that can be so. */
final class DoctorTest {

    private static final FeeQuote FEE = new FeeQuote.Dynamic(Wei.ofGwei(100), Wei.ofGwei(1));

    private TransactionState state = TransactionState.UNCONFIRMED;
    private Optional<String> error = Optional.empty();
    private AttemptState attempt = AttemptState.BROADCAST;
    private OptionalLong sentBefore = OptionalLong.of(90);
    private boolean purging;
    private Optional<String> refusal = Optional.empty();
    private Optional<String> heldBack = Optional.empty();
    private boolean enabled = true;
    private long inFlight = 1;
    private OptionalLong lowest = OptionalLong.of(7);
    private List<Long> gap = List.of();
    private Optional<String> keyTrouble = Optional.empty();
    private Optional<String> chainTrouble = Optional.empty();
    private Wei baseFee = Wei.ofGwei(10);
    private long bumpThreshold = 3;
    private OptionalInt confirmations = OptionalInt.of(2);

    private List<Finding> diagnose() {
        boolean sending = state == TransactionState.IN_PROGRESS || state == TransactionState.UNCONFIRMED;
        return Doctor.diagnose(new DoctorFacts(
                7,
                state,
                OptionalLong.of(4),
                error,
                sending
                        ? Optional.of(new DoctorFacts.Sending(FEE, attempt, 2, sentBefore, purging, refusal))
                        : Optional.empty(),
                state == TransactionState.CONFIRMED
                        ? Optional.of(new DoctorFacts.Mined(95, confirmations))
                        : Optional.empty(),
                heldBack,
                new DoctorFacts.OfKey(Address.ZERO, enabled, 3, inFlight, 16, lowest, gap, keyTrouble),
                new DoctorFacts.OfChain(
                        chainTrouble,
                        OptionalLong.of(100),
                        OptionalLong.of(80),
                        Optional.of(baseFee),
                        OptionalLong.of(4),
                        Optional.of(Wei.ofGwei(5)),
                        bumpThreshold)));
    }

    private void says(String code, String words, Remedy... remedies) {
        assertThat(diagnose()).first().satisfies(first -> {
            assertThat(first.code()).isEqualTo(code);
            assertThat(first.text()).contains(words);
            assertThat(first.remedies()).containsExactly(remedies);
        });
    }

    @Test
    void whatIsOver() {
        state = TransactionState.FINALIZED;
        says("FINAL", "nothing is waited for");
        state = TransactionState.FATAL_ERROR;
        error = Optional.of("intrinsic gas too low");
        says("FAILED", "is not sent any more: intrinsic gas too low.");
    }

    @Test
    void whatIsMined() {
        state = TransactionState.CONFIRMED;
        says("CONFIRMING", "in block 95; who asked is told after 2 blocks on top (the newest is 100)");
        confirmations = OptionalInt.empty();
        says("CONFIRMING", "It is final when block 95 is (final now: 80)");
        state = TransactionState.CONFIRMED_MISSING_RECEIPT;
        says("RECEIPT_MISSING", "Nonce 4 is used on chain, but no endpoint has a receipt");
    }

    @Test
    void whatIsQueued() {
        state = TransactionState.UNSTARTED;
        says("QUEUED", "one of 3 that get their nonces next", Remedy.CANCEL);
        keyTrouble = Optional.of("the signer is down");
        says("KEY_TROUBLE", "The key waits: the signer is down.", Remedy.CANCEL);
        inFlight = 16;
        says("MAX_IN_FLIGHT", "EVM.Transactions.MaxInFlight is 16", Remedy.CANCEL);
        enabled = false;
        says("KEY_DISABLED", "--enable", Remedy.CANCEL);
        heldBack = Optional.of("the day's limit");
        says("GUARD_WAITS", "A guard lets it wait: the day's limit.", Remedy.CANCEL);
        chainTrouble = Optional.of("no endpoint answers");
        says("CHAIN_UNREACHABLE", "no endpoint answers");
        assertThat(diagnose())
                .extracting(Finding::code)
                .containsExactly("CHAIN_UNREACHABLE", "GUARD_WAITS", "KEY_DISABLED", "MAX_IN_FLIGHT", "KEY_TROUBLE");
    }

    @Test
    void whatIsInThePool() {
        says(
                "IN_POOL",
                "took it 10 blocks ago at 100 gwei with a tip of 1 gwei (attempt 2)",
                Remedy.BUMP,
                Remedy.REBROADCAST,
                Remedy.CANCEL);
        bumpThreshold = 0;
        says(
                "IN_POOL",
                "never raised by itself: EVM.GasEstimator.BumpThreshold is 0",
                Remedy.BUMP,
                Remedy.REBROADCAST,
                Remedy.CANCEL);
        baseFee = Wei.ofGwei(101);
        says("UNDERPRICED", "a block now asks a base fee of 101 gwei", Remedy.BUMP, Remedy.CANCEL);
        lowest = OptionalLong.of(6);
        says("BEHIND_ANOTHER", "see why transaction 6 waits");
        gap = List.of(2L, 3L);
        says("NONCE_GAP", "has the nonces [2, 3] below it", Remedy.FILL);
    }

    @Test
    void whatNoEndpointTook() {
        state = TransactionState.IN_PROGRESS;
        attempt = AttemptState.IN_PROGRESS;
        sentBefore = OptionalLong.empty();
        says("NOT_TAKEN", "signed and about to be sent", Remedy.REBROADCAST, Remedy.CANCEL);
        refusal = Optional.of("txpool is full");
        says("NOT_TAKEN", "No endpoint has taken it: txpool is full.", Remedy.REBROADCAST, Remedy.CANCEL);
        attempt = AttemptState.INSUFFICIENT_FUNDS;
        says("NO_FUNDS", "cannot pay for it (it has 0.000000005 of the native coin): txpool is full", Remedy.CANCEL);
    }

    @Test
    void whatIsBeingPurged() {
        purging = true;
        says("BEING_PURGED", "An empty transaction is taking its nonce", Remedy.BUMP);
        assertThat(diagnose()).extracting(Finding::code).containsExactly("BEING_PURGED", "IN_POOL");
    }
}
