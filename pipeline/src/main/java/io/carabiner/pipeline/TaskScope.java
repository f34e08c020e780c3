package io.carabiner.pipeline;

import io.carabiner.outbound.Deadline;
import io.carabiner.values.TaskFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What one attempt of one task may use.
 *
 * @param taskRunId the task run's id
 * @param dotId the task's name
 * @param variables what {@code $(…)} may refer to: the run's variables and the results of ended tasks
 * @param inputs the results of the tasks before it, by explicit edges, in their order
 * @param run what the run knows of its job
 * @param timeout the task's own {@code timeout}; empty if unset, zero for explicitly none
 * @param deadline when the attempt must end
 * @param tools what tasks share
 */
record TaskScope(
        UUID taskRunId,
        String dotId,
        Map<String, TaskResult> variables,
        List<TaskResult> inputs,
        RunContext run,
        Optional<Duration> timeout,
        Deadline deadline,
        TaskTools tools) {

    /** Fails unless the number of inputs is in the range and none of them has failed. */
    void checkInputs(int min, int max) {
        if (inputs.size() < min || inputs.size() > max) {
            throw new TaskFailure("task inputs: min: " + min + " max: " + max + " (got " + inputs.size()
                    + "): wrong number of task inputs");
        }
        checkNoInputFailed();
    }

    /** Fails if any input has failed. */
    void checkNoInputFailed() {
        if (inputs.stream().anyMatch(TaskResult.Failure.class::isInstance)) {
            throw new TaskFailure("task inputs: too many errors");
        }
    }
}
