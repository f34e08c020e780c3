package io.carabiner.pipeline;

import io.carabiner.values.PipelineValue;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One task's part in one run: a row of {@code pipeline_task_runs}.
 *
 * @param id made new for each run; the capability in a bridge's response URL
 * @param dotId the task's name in the graph, unique in it
 * @param type the task type, lower case
 * @param index the place among the results, −1 if the task has none
 * @param finishedAt empty exactly while the result is pending
 */
public record TaskRun(
        UUID id,
        String dotId,
        String type,
        int index,
        TaskResult result,
        Instant createdAt,
        Optional<Instant> finishedAt) {

    /** Checks that exactly a pending task has no end. */
    public TaskRun {
        if (finishedAt.isPresent() == result instanceof TaskResult.Pending) {
            throw new IllegalArgumentException("task run " + id + " is " + result + " but ends at " + finishedAt);
        }
    }

    /** Whether somebody outside still has to answer. */
    public boolean isPending() {
        return result instanceof TaskResult.Pending;
    }

    /** This task run, answered from outside. */
    public TaskRun settled(TaskResult answer, Instant at) {
        return new TaskRun(id, dotId, type, index, answer, createdAt, Optional.of(at));
    }

    /** The output as JSON text, empty if there is none (an error, or not yet). */
    public Optional<String> outputJson() {
        return result instanceof TaskResult.Success(PipelineValue value)
                ? Optional.of(value.toJson())
                : Optional.empty();
    }

    /** The kinds that the output's JSON does not tell, empty if it tells all or there is none. */
    public Optional<String> outputKinds() {
        return result instanceof TaskResult.Success(PipelineValue value) ? value.kinds() : Optional.empty();
    }

    /** The error's text, empty if there is none. */
    public Optional<String> error() {
        return result instanceof TaskResult.Failure(String error) ? Optional.of(error) : Optional.empty();
    }
}
