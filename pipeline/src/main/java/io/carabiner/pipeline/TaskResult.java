package io.carabiner.pipeline;

import io.carabiner.values.PipelineValue;

/** What became of one task: a value, an error, or nothing yet. */
public sealed interface TaskResult {

    /** The task has answered. */
    record Success(PipelineValue value) implements TaskResult {}

    /** The task has failed; the text is what the Go node would say. */
    record Failure(String error) implements TaskResult {}

    /** The task waits for somebody outside the run: a bridge that calls back, a transaction that must be mined. */
    record Pending() implements TaskResult {}
}
