package io.carabiner.jobs;

/** What became of the wish to retry a run. */
public sealed interface RetryOutcome {

    /** A new run was stored and is executed. */
    record Started(long newRunId) implements RetryOutcome {}

    /** There is no such run. */
    record NoSuchRun() implements RetryOutcome {}

    /** It is not retried, and why: a sentence for the operator. */
    record Refused(String reason) implements RetryOutcome {}
}
