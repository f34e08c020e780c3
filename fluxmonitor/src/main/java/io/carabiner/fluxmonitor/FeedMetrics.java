package io.carabiner.fluxmonitor;

import io.carabiner.jobs.Job;
import io.carabiner.telemetry.Counter;
import io.carabiner.telemetry.Gauge;
import io.carabiner.telemetry.Metrics;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * The metrics of flux monitors, with the Go node's names. An answer out of range also counts where the Go node counts
 * it: as a failed run of the job and a failed task without a name. Thread-safe.
 */
final class FeedMetrics {

    private static final String JOB = "job_spec_id";

    private final Gauge seenValue;
    private final Gauge reportedValue;
    private final Gauge seenRound;
    private final Gauge reportedRound;
    private final Gauge taskTime;
    private final Gauge runTime;
    private final Counter runErrors;
    private final Counter tasksFinished;

    FeedMetrics(Metrics metrics) {
        this.seenValue =
                metrics.gauge("flux_monitor_seen_value", "Flux monitor's last observed value from target", JOB);
        this.reportedValue = metrics.gauge("flux_monitor_reported_value", "Flux monitor's last reported price", JOB);
        this.seenRound = metrics.gauge("flux_monitor_seen_round", "Last seen round by other node operators", JOB);
        this.reportedRound = metrics.gauge("flux_monitor_reported_round", "Flux monitor's last reported round", JOB);
        this.taskTime = metrics.gauge(
                "pipeline_task_execution_time",
                "How long each pipeline task took to execute",
                "job_id",
                "job_name",
                "task_id",
                "task_type");
        this.runTime = metrics.gauge(
                "pipeline_run_total_time_to_completion",
                "How long each pipeline run took to finish (from the moment it was created)",
                "job_id",
                "job_name");
        this.runErrors =
                metrics.counter("pipeline_run_errors", "Number of errors for each pipeline spec", "job_id", "job_name");
        this.tasksFinished = metrics.counter(
                "pipeline_tasks_total_finished",
                "The total number of pipeline tasks which have finished",
                "job_id",
                "job_name",
                "task_id",
                "task_type",
                "bridge_name",
                "status");
    }

    void roundSeen(Job job, long roundId) {
        seenRound.set((double) roundId, label(job));
    }

    void valueSeen(Job job, BigDecimal answer) {
        seenValue.set(answer.doubleValue(), label(job));
    }

    void reported(Job job, long roundId, BigDecimal answer) {
        reportedValue.set(answer.doubleValue(), label(job));
        reportedRound.set((double) roundId, label(job));
    }

    void outOfRange(Job job, Duration took) {
        String id = label(job);
        String name = job.nameOrEmpty();
        taskTime.set((double) took.toNanos(), id, name, "", FluxMonitorSpec.TYPE);
        runTime.set((double) took.toNanos(), id, name);
        runErrors.increment(id, name);
        tasksFinished.increment(id, name, "", FluxMonitorSpec.TYPE, "", "error");
    }

    /** A deleted job shows no values any more. */
    void forget(Job job) {
        seenValue.remove(label(job));
        reportedValue.remove(label(job));
        seenRound.remove(label(job));
        reportedRound.remove(label(job));
    }

    private static String label(Job job) {
        return String.valueOf(job.id());
    }
}
