package io.carabiner.fluxmonitor;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;

/** What a monitor wants done; the answer is its next {@link Event}. */
sealed interface Ask {

    /**
     * Read a round and how the own submission to it stands.
     *
     * @param roundId 0 for the one the contract suggests
     * @param holdBackMax first wait for a random time up to this
     */
    record ReadRound(long roundId, Duration holdBackMax) implements Ask {}

    /** Read the suggested round, for the timers only. */
    record PeekRound() implements Ask {}

    /** Read the round of the feed's newest answer, for the timers only. */
    record ReadNewest() implements Ask {}

    /** Read the flags. */
    record ReadFlags() implements Ask {}

    /** Execute the tasks. */
    record Observe() implements Ask {}

    /**
     * Store the run and its submission.
     *
     * @param answer as observed
     * @param submission the answer without its decimals
     */
    record Submit(long roundId, BigDecimal answer, BigInteger submission) implements Ask {}
}
