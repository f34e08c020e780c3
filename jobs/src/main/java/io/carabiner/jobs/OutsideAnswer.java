package io.carabiner.jobs;

import io.carabiner.pipeline.TaskResult;
import io.carabiner.primitives.Bytes;
import io.carabiner.values.PipelineValue;
import java.nio.charset.StandardCharsets;

/** What somebody outside answers to a task that waits. */
public sealed interface OutsideAnswer {

    /** A value: JSON text, which the task's readers get to the letter, as bytes. */
    record Value(String json) implements OutsideAnswer {}

    /** The task has failed, and why. */
    record Fault(String text) implements OutsideAnswer {}

    /** What the task has come to. */
    default TaskResult result() {
        return switch (this) {
            case Value(String json) ->
                new TaskResult.Success(PipelineValue.bytes(Bytes.of(json.getBytes(StandardCharsets.UTF_8))));
            case Fault(String text) -> new TaskResult.Failure(text);
        };
    }
}
