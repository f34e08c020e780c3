package io.carabiner.web;

import io.carabiner.jobs.Job;
import io.carabiner.jobs.JobTrials;
import io.carabiner.jobs.JobTrigger;
import io.carabiner.jobs.JobVersion;
import io.carabiner.jobs.Jobs;
import io.carabiner.jobs.LintReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The jobs, as the API shows and steers them. Safe for use by many threads. */
public interface JobCatalogue {

    /** The node's jobs. */
    static JobCatalogue of(Jobs jobs, JobTrials trials) {
        return new StoredJobs(jobs, trials);
    }

    /** Part of the list, newest first. */
    Listing<JobView> list(int offset, int limit);

    /** A job with its errors. */
    Optional<JobView> find(int id);

    /** A job with its errors. */
    Optional<JobView> find(UUID externalJobId);

    /** Those of these jobs that there are, with their errors, by number. */
    Map<Integer, JobView> find(Set<Integer> ids);

    /** An error of a job. */
    Optional<JobErrorView> error(long id);

    /** Stores a job and starts it, or says why not. */
    Creation create(String toml);

    /** Runs the tasks of a job that is not made; nothing is stored or sent. */
    Trial tryOut(String toml, JobTrigger trigger);

    /** Looks at a spec; nothing is run or stored. */
    LintReport lint(String toml);

    /** Part of the list with the specs as they were written, newest first. */
    Listing<Job> specs(int offset, int limit);

    /** Gives a job another spec; its runs and its number stay. */
    Change update(int id, String toml);

    /** Gives a job the spec that it had as this version. */
    Change rollback(int id, int version);

    /** The specs that a job has and had, the present one first; empty if there is no such job. */
    List<JobVersion> history(int id);

    /** Lets a job make no runs until it is resumed. */
    Change pause(int id);

    /** Lets a paused job go on; what came meanwhile is answered or, if asked for, discarded. */
    Change resume(int id, boolean discard);

    /** Stops a job and removes it with its runs; false if there was none. */
    boolean delete(int id);

    /** Forgets an error of a job; false if there was none. */
    boolean dismissError(long id);

    /** The jobs whose pipeline names a bridge, by id. */
    List<Integer> usingBridge(String bridgeName);

    /** How trying a job out went. */
    sealed interface Trial {

        /** Its tasks were run, whatever came of them. */
        record Done(JobTrials.Report report) implements Trial {}

        /**
         * Nothing was run.
         *
         * @param status as for {@link Creation.Refused}; 422 also when what it shall begin with is not there
         * @param reasons each with its place in the text where it has one
         */
        record Refused(int status, List<String> reasons) implements Trial {}
    }

    /** How a creation went. */
    sealed interface Creation {

        /** It is stored. */
        record Created(JobView job) implements Creation {}

        /**
         * Nothing was stored.
         *
         * @param status 400 when the job makes no sense, 422 when the text cannot be read, 500 when it clashes with
         *     what is stored, 501 when jobs of this type are switched off
         * @param reason in the Go node's words where it has them
         */
        record Refused(int status, String reason) implements Creation {}
    }

    /** How a change of a stored job went. */
    sealed interface Change {

        /** The job as it is now. */
        record Changed(JobView job) implements Change {}

        /**
         * The job is as it was.
         *
         * @param status as for {@link Creation.Refused}; 404 where the job or the version does not exist
         */
        record Refused(int status, String reason) implements Change {}
    }

    /**
     * A job.
     *
     * @param version of its spec, from 1
     * @param paused whether it makes no runs
     * @param name empty if it has none
     * @param type the word of the specification, all lower case
     * @param ownFields the fields of the type alone, in order
     * @param dotDagSource the pipeline as it was written
     */
    record JobView(
            int id,
            int version,
            boolean paused,
            UUID externalJobId,
            String name,
            String type,
            int schemaVersion,
            Optional<Long> gasLimit,
            boolean forwardingAllowed,
            Duration maxTaskDuration,
            SequencedMap<String, @Nullable Object> ownFields,
            int pipelineSpecId,
            String dotDagSource,
            List<JobErrorView> errors) {}

    /** Something that went wrong with a job, counted. */
    record JobErrorView(long id, String description, long occurrences, Instant createdAt, Instant updatedAt) {}
}
