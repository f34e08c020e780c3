package io.carabiner.fluxmonitor;

import io.carabiner.crypto.Eip55;
import io.carabiner.database.DatabaseException;
import io.carabiner.database.FencedException;
import io.carabiner.jobs.Job;
import io.carabiner.jobs.RunStarter;
import io.carabiner.telemetry.FluxMonitorMessages;
import java.math.BigDecimal;
import java.time.Duration;

/** Tells what a monitor notices: to the log, the metrics, and the job's list of errors. Confined to its thread. */
final class Reporter {

    private final Job job;
    private final Surroundings around;
    private final RunStarter runs;
    private final FluxMonitorMessages messages;
    private long observingSince;

    Reporter(Job job, Surroundings around, RunStarter runs) {
        this.job = job;
        this.around = around;
        this.runs = runs;
        this.messages = new FluxMonitorMessages(job.id(), Eip55.format(around.contract()));
    }

    FluxMonitorMessages messages() {
        return messages;
    }

    void observing(long sinceNanos) {
        observingSince = sinceNanos;
    }

    void report(Notice notice) {
        switch (notice) {
            case Notice.RoundSeen(long round) -> around.metrics().roundSeen(job, round);
            case Notice.ValueSeen(BigDecimal answer) -> around.metrics().valueSeen(job, answer);
            case Notice.Reported(Cause cause, long round, BigDecimal answer) -> {
                around.metrics().reported(job, round, answer);
                messages.submitted(cause.name(), round, answer.toPlainString());
            }
            case Notice.Passed(Cause cause, String reason) -> messages.passed(cause.name(), reason);
            case Notice.Failed(Cause cause, String reason) -> messages.lookFailed(cause.name(), reason);
            case Notice.OutOfRange(SubmissionRange range, BigDecimal answer) -> {
                Duration took = Duration.ofNanos(around.time().monotonicNanos() - observingSince);
                around.metrics().outOfRange(job, took);
                messages.outOfRange(range.min().toString(), range.max().toString(), answer.toPlainString());
            }
            case Notice.JobError(String description) -> jobError(description);
            case Notice.Hibernation(boolean entered) -> messages.hibernation(entered);
        }
    }

    /** An error that cannot be stored is in the log all the same. */
    private void jobError(String description) {
        try {
            runs.jobFailed(job, description);
        } catch (FencedException e) {
            throw e;
        } catch (DatabaseException e) {
            messages.lookFailed("job error", description + ": not stored: " + e.getMessage());
        }
    }
}
