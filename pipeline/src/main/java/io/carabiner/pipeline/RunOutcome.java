package io.carabiner.pipeline;

import io.carabiner.values.PipelineValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What executing a run brought.
 *
 * @param state errored if any terminal task has an error; suspended while any task is pending
 * @param failedEarly a task marked to fail early did fail: such a run is not stored and not an error of the job
 * @param taskRuns every task of the graph that has run or waits, in the order of the results: by index (unset first),
 *     then by place in the graph
 * @param terminals the results of the tasks that nothing depends on, in the same order; empty while suspended
 * @param transactions what the run's ethtx tasks want sent; only those new in this execution
 */
public record RunOutcome(
        RunState state,
        boolean failedEarly,
        List<TaskRun> taskRuns,
        List<TaskRun> terminals,
        List<TransactionIntent> transactions) {

    /** Copies the lists. */
    public RunOutcome {
        taskRuns = List.copyOf(taskRuns);
        terminals = List.copyOf(terminals);
        transactions = List.copyOf(transactions);
    }

    /** One value per terminal task, null where it failed. */
    public List<PipelineValue> outputs() {
        return terminals.stream().map(RunOutcome::outputOf).toList();
    }

    private static PipelineValue outputOf(TaskRun run) {
        return run.result() instanceof TaskResult.Success(PipelineValue value) ? value : PipelineValue.none();
    }

    /** One entry per terminal task: its error, or empty. */
    public List<Optional<String>> fatalErrors() {
        return terminals.stream().map(TaskRun::error).toList();
    }

    /** The errors of all tasks that failed, terminal or not. */
    public List<String> allErrors() {
        return taskRuns.stream().flatMap(run -> run.error().stream()).toList();
    }

    /** The task runs that wait for an answer. */
    public List<UUID> pendingTaskRuns() {
        return taskRuns.stream().filter(TaskRun::isPending).map(TaskRun::id).toList();
    }

    /** The column {@code outputs}: a JSON array. */
    public String outputsJson() {
        return PipelineValue.list(outputs()).toJson();
    }

    /** The column {@code fatal_errors}: a JSON array of texts and nulls, as long as the outputs. */
    public String fatalErrorsJson() {
        List<PipelineValue> errors = new ArrayList<>();
        fatalErrors().forEach(error -> errors.add(error.map(PipelineValue::text).orElseGet(PipelineValue::none)));
        return PipelineValue.list(errors).toJson();
    }

    /** The column {@code all_errors}: a JSON array of texts. */
    public String allErrorsJson() {
        return PipelineValue.list(allErrors().stream().map(PipelineValue::text).toList())
                .toJson();
    }
}
