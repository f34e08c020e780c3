package io.carabiner.jobs;

/** The answer to the wish to run a job by hand. */
public sealed interface JobRunOutcome {

    /** The run was stored and is being executed. */
    record Started(long runId) implements JobRunOutcome {}

    /** Jobs of this type are not run by hand; the text is the Go node's. */
    record Refused(String reason) implements JobRunOutcome {}

    /** There is no such job. */
    record NoSuchJob() implements JobRunOutcome {}
}
