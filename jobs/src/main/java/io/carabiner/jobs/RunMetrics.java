package io.carabiner.jobs;

import io.carabiner.pipeline.TaskRun;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.Counter;
import io.carabiner.telemetry.Gauge;
import io.carabiner.telemetry.JobMessages;
import io.carabiner.telemetry.Metrics;
import java.time.Duration;
import java.time.Instant;

/** Counts and reports the runs that were stored. Thread-safe. */
final class RunMetrics {

    private final Counter errors;
    private final Gauge totalTime;
    private final TimeSource time;
    private final JobMessages messages = new JobMessages();

    RunMetrics(Metrics metrics, TimeSource time) {
        this.errors =
                metrics.counter("pipeline_run_errors", "Number of errors for each pipeline spec", "job_id", "job_name");
        this.totalTime = metrics.gauge(
                "pipeline_run_total_time_to_completion",
                "How long each pipeline run took to finish (from the moment it was created)",
                "job_id",
                "job_name");
        this.time = time;
    }

    /** A run was stored; called after the commit. */
    void stored(Execution run) {
        String jobId = String.valueOf(run.job().id());
        if (run.status() == Execution.Status.ERRORED) {
            errors.increment(jobId, run.job().nameOrEmpty());
        }
        if (run.status().isEnd()) {
            totalTime.set((double) elapsedNanos(run), jobId, run.job().nameOrEmpty());
            messages.runEnded(
                    run.runId(),
                    run.job().id(),
                    run.status().externalName(),
                    run.results().fatalErrors());
        }
    }

    private long elapsedNanos(Execution run) {
        Instant now = time.now();
        Instant began = run.taskRuns().stream()
                .map(TaskRun::createdAt)
                .min(Instant::compareTo)
                .orElse(now);
        return Duration.between(began, now).toNanos();
    }
}
