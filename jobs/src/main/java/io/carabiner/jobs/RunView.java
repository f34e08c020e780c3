package io.carabiner.jobs;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run as it is shown. JSON parts are JSON texts.
 *
 * @param jobVersion the version of the job's spec that it began with
 * @param state {@code running}, {@code suspended}, {@code completed} or {@code errored}
 * @param inputs a JSON object: the variables it began with
 * @param outputs a JSON array with one value per terminal task; empty until the run has finished
 * @param allErrors a JSON array of the errors of all tasks; empty until the run has finished
 * @param fatalErrors a JSON array as long as outputs, of errors and nulls; empty until the run has finished
 * @param finishedAt empty until the run has finished
 */
public record RunView(
        long id,
        int jobId,
        int jobVersion,
        String state,
        String inputs,
        Optional<String> outputs,
        Optional<String> allErrors,
        Optional<String> fatalErrors,
        String dotDagSource,
        Instant createdAt,
        Optional<Instant> finishedAt,
        List<TaskRunView> taskRuns) {

    /** Copies the list. */
    public RunView {
        taskRuns = List.copyOf(taskRuns);
    }
}
