package io.carabiner.fluxmonitor;

import java.math.BigDecimal;

/** What a monitor has to tell: for metrics, the log and the job's errors. */
sealed interface Notice {

    /** A round has begun. */
    record RoundSeen(long roundId) implements Notice {}

    /** An answer was observed. */
    record ValueSeen(BigDecimal answer) implements Notice {}

    /** A submission was stored. */
    record Reported(Cause cause, long roundId, BigDecimal answer) implements Notice {}

    /** A look at the feed ended without a submission, as it should. */
    record Passed(Cause cause, String reason) implements Notice {}

    /** A look at the feed failed. */
    record Failed(Cause cause, String reason) implements Notice {}

    /** An answer that the contract would refuse. */
    record OutOfRange(SubmissionRange range, BigDecimal answer) implements Notice {}

    /** What the job's list of errors says from now on. */
    record JobError(String description) implements Notice {}

    /** All timers are off, or on again. */
    record Hibernation(boolean entered) implements Notice {}
}
