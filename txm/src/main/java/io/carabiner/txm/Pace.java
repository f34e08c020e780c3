package io.carabiner.txm;

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
 * @param missingSince the head at which the nonce was first seen used without a receipt
 */
record Pace(
        long notBeforeNanos,
        int failures,
        int urgentBumps,
        long sentNanos,
        OptionalLong firstSentNanos,
        OptionalLong bumpHeldSince,
        OptionalLong missingSince) {

    /** For what is taken up now. */
    static Pace at(long nowNanos) {
        return new Pace(nowNanos, 0, 0, nowNanos, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
    }

    Pace failed(long retryNanos) {
        return new Pace(retryNanos, failures + 1, urgentBumps, sentNanos, firstSentNanos, bumpHeldSince, missingSince);
    }

    Pace bumped(long nowNanos) {
        return new Pace(
                nowNanos, failures, urgentBumps + 1, sentNanos, firstSentNanos, OptionalLong.empty(), missingSince);
    }

    Pace taken(long nowNanos) {
        return new Pace(
                nowNanos,
                0,
                0,
                nowNanos,
                firstSentNanos.isPresent() ? firstSentNanos : OptionalLong.of(nowNanos),
                bumpHeldSince,
                missingSince);
    }

    Pace held(long head) {
        return new Pace(
                notBeforeNanos, failures, urgentBumps, sentNanos, firstSentNanos, OptionalLong.of(head), missingSince);
    }

    Pace receiptMissing(OptionalLong since) {
        return new Pace(notBeforeNanos, failures, urgentBumps, sentNanos, firstSentNanos, bumpHeldSince, since);
    }
}
