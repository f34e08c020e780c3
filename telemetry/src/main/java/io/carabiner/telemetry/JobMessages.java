package io.carabiner.telemetry;

import static io.carabiner.telemetry.OperatorLog.field;

import java.time.Instant;

/** What the node says about jobs and their runs. Thread-safe. */
public final class JobMessages {

    private final OperatorLog log;

    /** The messages, under the logger name {@code Jobs}. */
    public JobMessages() {
        this.log = OperatorLog.named("Jobs");
    }

    /** A job was stored and its trigger is active. */
    public void created(int jobId, String type, String externalJobId) {
        log.info(
                "JOB_CREATED",
                "Job created",
                field("jobID", jobId),
                field("jobType", type),
                field("externalJobID", externalJobId));
    }

    /** A job was removed. */
    public void deleted(int jobId) {
        log.info("JOB_DELETED", "Job deleted", field("jobID", jobId));
    }

    /** A job has another spec. */
    public void changed(int jobId, int version) {
        log.info("JOB_CHANGED", "Job changed", field("jobID", jobId), field("version", version));
    }

    /** A job makes no runs until it is resumed. */
    public void paused(int jobId) {
        log.info("JOB_PAUSED", "Job paused", field("jobID", jobId));
    }

    /** A job that was paused makes runs again. */
    public void resumed(int jobId) {
        log.info("JOB_RESUMED", "Job resumed", field("jobID", jobId));
    }

    /** A stored spec cannot be read any more. */
    public void unreadable(int jobId, String reason) {
        log.error("JOB_UNREADABLE", "A stored job's spec cannot be read", field("jobID", jobId), field("err", reason));
    }

    /** A job cannot work. */
    public void failed(int jobId, String reason) {
        log.error("JOB_FAILED", "Job cannot run", field("jobID", jobId), field("err", reason));
    }

    /** A request is not answered. */
    public void requestRejected(int jobId, String requestId, String reason) {
        log.warn(
                "REQUEST_REJECTED",
                "Rejected run for " + reason.substring(0, Math.max(0, reason.indexOf(':'))),
                field("jobID", jobId),
                field("requestID", requestId),
                field("reason", reason));
    }

    /** A request's event cannot be read. */
    public void requestUnreadable(int jobId, String transactionHash, String reason) {
        log.error(
                "REQUEST_UNREADABLE",
                "A request's event cannot be read",
                field("jobID", jobId),
                field("txHash", transactionHash),
                field("reason", reason));
    }

    /** A run has ended. */
    public void runEnded(long runId, int jobId, String state, String fatalErrors) {
        if (state.equals("errored")) {
            log.error(
                    "RUN_ERRORED",
                    "Pipeline run errored",
                    field("run.ID", runId),
                    field("jobID", jobId),
                    field("fatal", fatalErrors));
        } else {
            log.debug("RUN_COMPLETED", "Pipeline run completed", field("run.ID", runId), field("jobID", jobId));
        }
    }

    /** Runs that an earlier process left are executed again. */
    public void runsRecovered(int count) {
        log.info("RUNS_RECOVERED", "Unfinished runs are executed again", field("count", count));
    }

    /** More runs than fit into memory. */
    public void runsLeftBehind(int limit) {
        log.warn("RUNS_WAITING", "Too many runs at once: the others wait in the database", field("limit", limit));
    }

    /** Runs could not be fetched; it is tried again. */
    public void runsNotFetched(String reason) {
        log.error(
                "RUNS_NOT_FETCHED", "Runs could not be fetched from the database, trying again", field("err", reason));
    }

    /** Outcomes could not be stored; it is tried again. */
    public void runsNotStoredYet(int count, String reason) {
        log.error(
                "RUNS_NOT_STORED",
                "Outcomes of runs could not be stored, trying again",
                field("count", count),
                field("err", reason));
    }

    /** A run's result holds what cannot be stored. */
    public void runNotStorable(long runId, int jobId, String reason) {
        log.error(
                "RUN_NOT_STORABLE",
                "A run is stored as errored",
                field("run.ID", runId),
                field("jobID", jobId),
                field("err", reason));
    }

    /** A run broke in a way that no task reports. */
    public void runBroken(long runId, int jobId, Throwable cause) {
        log.error("RUN_BROKEN", "A run could not be executed", cause, field("run.ID", runId), field("jobID", jobId));
    }

    /** Ticks of a cron job are too old to be run. */
    public void cronTicksSkipped(int jobId, Instant first) {
        log.warn(
                "CRON_TICKS_SKIPPED",
                "Cron ticks were due too long ago and are skipped: was the machine asleep, or the clock set?",
                field("jobID", jobId),
                field("firstDue", first));
    }

    /** Ticks could not be stored; it is tried again. */
    public void cronTicksNotStoredYet(int count, String reason) {
        log.error(
                "CRON_TICKS_NOT_STORED",
                "Runs of cron jobs could not be stored, trying again",
                field("count", count),
                field("err", reason));
    }

    /** Ticks could not be stored and never will be. */
    public void cronTicksLost(int count, String reason) {
        log.error(
                "CRON_TICKS_LOST",
                "Runs of cron jobs could not be stored: these ticks are lost",
                field("count", count),
                field("err", reason));
    }

    /** An external initiator could not be told of a job. */
    public void initiatorNotTold(String initiator, String externalJobId, String reason) {
        log.error(
                "INITIATOR_NOT_TOLD",
                "External initiator could not be told of a job; the job stays",
                field("externalInitiator", initiator),
                field("externalJobID", externalJobId),
                field("err", reason));
    }

    /** Runs were deleted because of their age or number. */
    public void runsReaped(long count) {
        log.debug("RUNS_REAPED", "Old runs were deleted", field("count", count));
    }

    /** Old runs could not be deleted; it is tried again. */
    public void runsNotReaped(String reason) {
        log.error("RUNS_NOT_REAPED", "Old runs could not be deleted, trying again later", field("err", reason));
    }
}
