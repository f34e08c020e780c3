package io.carabiner.jobs;

import io.carabiner.pipeline.RunOutcome;
import io.carabiner.pipeline.RunState;
import io.carabiner.pipeline.TaskRun;
import io.carabiner.pipeline.TransactionIntent;
import io.carabiner.values.PipelineValue;
import java.util.List;
import java.util.Locale;

/**
 * What one execution of a run brought, on its way into the database.
 *
 * @param failedEarly the run is to leave no trace but its request
 * @param taskRuns all that have run or wait
 * @param results the results as stored; empty while the run is suspended or is to be resumed
 */
record Execution(
        long runId,
        Job job,
        Status status,
        boolean failedEarly,
        List<TaskRun> taskRuns,
        Results results,
        List<TransactionIntent> transactions) {

    /** Where the run then stands. */
    enum Status {
        /** To be executed further. */
        RUNNING,
        SUSPENDED,
        COMPLETED,
        ERRORED;

        String externalName() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean isEnd() {
            return this == COMPLETED || this == ERRORED;
        }
    }

    /**
     * The three result columns as JSON; empty texts stand for null.
     *
     * @param outputs one value per terminal task
     * @param allErrors the errors of all tasks
     * @param fatalErrors an error or null per terminal task
     */
    record Results(String outputs, String allErrors, String fatalErrors) {

        static final Results NONE = new Results("", "", "");

        static Results of(RunOutcome outcome) {
            String errors = outcome.allErrors().isEmpty() ? "" : outcome.allErrorsJson();
            return new Results(outcome.outputsJson(), errors, outcome.fatalErrorsJson());
        }

        /** A run that ended for a reason outside its tasks. */
        static Results failed(String reason) {
            String json = "[" + PipelineValue.text(reason).toJson() + "]";
            return new Results("[null]", json, json);
        }
    }

    static Execution of(long runId, Job job, RunOutcome outcome) {
        Results results = outcome.state() == RunState.SUSPENDED ? Results.NONE : Results.of(outcome);
        return new Execution(
                runId,
                job,
                status(outcome.state()),
                outcome.failedEarly(),
                outcome.taskRuns(),
                results,
                outcome.transactions());
    }

    private static Status status(RunState state) {
        return switch (state) {
            case COMPLETED -> Status.COMPLETED;
            case ERRORED -> Status.ERRORED;
            case SUSPENDED -> Status.SUSPENDED;
        };
    }

    /** Of a run in which nothing went wrong some types of jobs keep the outputs only. */
    List<TaskRun> taskRunsToKeep() {
        boolean flawless = status == Status.COMPLETED && results.allErrors().isEmpty();
        return flawless && !job.spec().keepsTaskRuns() ? List.of() : taskRuns;
    }

    /** A run that ended for a reason outside its tasks; it sends nothing. */
    static Execution failed(long runId, Job job, String reason) {
        return new Execution(runId, job, Status.ERRORED, false, List.of(), Results.failed(reason), List.of());
    }

    /** The same run with other task runs, standing where these say; it wants nothing sent any more. */
    Execution withTaskRuns(List<TaskRun> changed) {
        return switch (RunProgress.of(job.spec().header().pipeline(), changed)) {
            case RunProgress.Finished(RunOutcome outcome) -> of(runId, job, outcome);
            case RunProgress.Waiting() -> standing(Status.SUSPENDED, changed);
            case RunProgress.Ready() -> standing(Status.RUNNING, changed);
        };
    }

    private Execution standing(Status where, List<TaskRun> changed) {
        return new Execution(runId, job, where, false, changed, Results.NONE, List.of());
    }
}
