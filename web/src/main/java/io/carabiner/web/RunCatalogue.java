package io.carabiner.web;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.carabiner.jobs.DeadRequest;
import io.carabiner.jobs.JobTrials;
import io.carabiner.jobs.JobsRoom;
import io.carabiner.jobs.OracleResponses;
import io.carabiner.jobs.OutsideAnswer;
import io.carabiner.jobs.ResumeOutcome;
import io.carabiner.jobs.RetryOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/** The runs of jobs, as the API shows them. Safe for use by many threads. */
public interface RunCatalogue {

    /** The runs of the node's jobs. */
    static RunCatalogue of(JobsRoom jobs, OracleResponses responses, JobTrials trials) {
        return new StoredRuns(jobs, responses, trials);
    }

    /** Runs the present spec of a run's job with what the run began with; nothing is stored or sent. */
    Replayed replay(long id);

    /** How a replay went. */
    sealed interface Replayed {

        /** The tasks were run, whatever came of them. */
        record Done(JobTrials.Replay replay) implements Replayed {}

        /** Nothing was run. */
        record Refused(int status, String reason) implements Replayed {}
    }

    /** Retries a run that failed. */
    RetryOutcome retry(long id);

    /** Part of the requests that will not be answered, newest first. */
    Listing<DeadRequest> dead(int offset, int limit);

    /** Takes the answer to a task that waits. */
    ResumeOutcome resume(UUID taskRun, OutsideAnswer answer);

    /**
     * Part of the list, newest first.
     *
     * @param jobId the runs of this job only
     */
    Listing<RunView> list(OptionalInt jobId, int offset, int limit);

    /** Part of the runs of each of these jobs, newest first; a listing for every job. */
    Map<Integer, Listing<RunView>> list(Set<Integer> jobIds, int offset, int limit);

    /** A run. */
    Optional<RunView> find(long id);

    /**
     * A run.
     *
     * @param state {@code running}, {@code suspended}, {@code completed} or {@code errored}
     * @param outputs absent while it is not finished and where the Go node can show none; empty where an output is null
     * @param fatalErrors absent while it is not finished; empty where an output is no error
     * @param allErrors everything that went wrong on the way
     * @param inputs the variables, as plain values that JSON knows
     */
    record RunView(
            long id,
            int jobId,
            String state,
            int pipelineSpecId,
            String dotDagSource,
            Optional<List<Optional<String>>> outputs,
            Optional<List<Optional<String>>> fatalErrors,
            List<String> allErrors,
            Object inputs,
            List<TaskRunView> taskRuns,
            Instant createdAt,
            Optional<Instant> finishedAt) {}

    /**
     * One task of a run.
     *
     * @param id not shown over REST, as by the Go node
     * @param output JSON text
     */
    record TaskRunView(
            @JsonIgnore UUID id,
            String type,
            Instant createdAt,
            Optional<Instant> finishedAt,
            Optional<String> output,
            Optional<String> error,
            String dotId) {}
}
