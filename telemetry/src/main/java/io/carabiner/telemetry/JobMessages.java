package io.carabiner.telemetry;

import static io.carabiner.telemetry.OperatorLog.field;

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
}
