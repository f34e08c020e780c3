package io.carabiner.txm;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * When to try again.
 *
 * @param notBeforeNanos monotonic; unsent attempts wait until then
 * @param failures in a row without an endpoint taking it
 * @param urgentBumps since an endpoint last took it
 * @param sentNanos monotonic; when it was last given to an endpoint that took it, or when it was taken up here
 * @param firstSentNanos monotonic; when an endpoint first took it; absent if that was before this process
 * @param bumpHeldSince the head at which a bump was not possible
 * @param doubtful whether what was taken before must be sent again at once
 * @param missingSince the head at which the nonce was first seen used without a receipt
 * @param looksInVain how often in a row the chain had no receipt for the used nonce
 * @param refusal why the endpoints did not take it when last asked
 */
record Pace(
        long notBeforeNanos,
        int failures,
        int urgentBumps,
        long sentNanos,
        OptionalLong firstSentNanos,
        OptionalLong bumpHeldSince,
        boolean doubtful,
        OptionalLong missingSince,
        int looksInVain,
        Optional<String> refusal) {

    /** For what is taken up now. */
    static Pace at(long nowNanos) {
        return new Pace(
                nowNanos,
                0,
                0,
                nowNanos,
                OptionalLong.empty(),
                OptionalLong.empty(),
                false,
                OptionalLong.empty(),
                0,
                Optional.empty());
    }

    Pace failed(long retryNanos, String reason) {
        return new Pace(
                retryNanos,
                failures + 1,
                urgentBumps,
                sentNanos,
                firstSentNanos,
                bumpHeldSince,
                doubtful,
                missingSince,
                looksInVain,
                Optional.of(reason));
    }

    Pace bumped(long nowNanos) {
        return new Pace(
                nowNanos,
                failures,
                urgentBumps + 1,
                sentNanos,
                firstSentNanos,
                OptionalLong.empty(),
                false,
                missingSince,
                looksInVain,
                refusal);
    }

    Pace taken(long nowNanos) {
        return new Pace(
                nowNanos,
                0,
                0,
                nowNanos,
                firstSentNanos.isPresent() ? firstSentNanos : OptionalLong.of(nowNanos),
                bumpHeldSince,
                false,
                missingSince,
                looksInVain,
                Optional.empty());
    }

    Pace held(long head) {
        return new Pace(
                notBeforeNanos,
                failures,
                urgentBumps,
                sentNanos,
                firstSentNanos,
                OptionalLong.of(head),
                doubtful,
                missingSince,
                looksInVain,
                refusal);
    }

    Pace doubted(long head) {
        return new Pace(
                notBeforeNanos,
                failures,
                urgentBumps,
                sentNanos,
                firstSentNanos,
                OptionalLong.of(head),
                true,
                missingSince,
                looksInVain,
                refusal);
    }

    Pace lookedInVain() {
        return new Pace(
                notBeforeNanos,
                failures,
                urgentBumps,
                sentNanos,
                firstSentNanos,
                bumpHeldSince,
                doubtful,
                missingSince,
                looksInVain + 1,
                refusal);
    }

    Pace receiptMissing(OptionalLong since) {
        return new Pace(
                notBeforeNanos,
                failures,
                urgentBumps,
                sentNanos,
                firstSentNanos,
                bumpHeldSince,
                doubtful,
                since,
                since.isPresent() ? 1 : 0,
                refusal);
    }
}
