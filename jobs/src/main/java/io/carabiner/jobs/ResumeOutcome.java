package io.carabiner.jobs;

/** What became of an answer from outside to a task that waits. */
public sealed interface ResumeOutcome {

    /** It is stored and the run goes on, or has ended. */
    record Resumed(long runId) implements ResumeOutcome {}

    /** Its run is under way in this process: the answer is used once the run is suspended. */
    record Early() implements ResumeOutcome {}

    /** No task of this id waits: it is unknown, was answered before, or its run has ended. */
    record NobodyWaits() implements ResumeOutcome {}
}
