package io.carabiner.pipeline;

import io.carabiner.telemetry.Counter;
import io.carabiner.telemetry.Gauge;
import io.carabiner.telemetry.Metrics;
import java.time.Duration;

/** The metrics of runs and tasks under the Go node's names. Safe for use by many threads. */
final class PipelineMetrics {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Counter runErrors;
    private final Gauge runTime;
    private final Gauge taskTime;
    private final Counter tasksFinished;
    private final Gauge fetchTime;
    private final Gauge bodySize;
    private final Gauge callTime;
    private final Gauge bridgeLatency;
    private final Counter bridgeErrors;
    private final Counter cacheHits;
    private final Counter cacheErrors;

    PipelineMetrics(Metrics metrics) {
        runErrors =
                metrics.counter("pipeline_run_errors", "Number of errors for each pipeline spec", "job_id", "job_name");
        runTime = metrics.gauge(
                "pipeline_run_total_time_to_completion",
                "How long each pipeline run took to finish (from the moment it was created)",
                "job_id",
                "job_name");
        taskTime = metrics.gauge(
                "pipeline_task_execution_time",
                "How long each pipeline task took to execute",
                "job_id",
                "job_name",
                "task_id",
                "task_type");
        tasksFinished = metrics.counter(
                "pipeline_tasks_total_finished",
                "The total number of pipeline tasks which have finished",
                "job_id",
                "job_name",
                "task_id",
                "task_type",
                "bridge_name",
                "status");
        fetchTime = metrics.gauge(
                "pipeline_task_http_fetch_time",
                "Time taken to fully execute the HTTP request",
                "pipeline_task_spec_id");
        bodySize = metrics.gauge(
                "pipeline_task_http_response_body_size",
                "Size (in bytes) of the HTTP response body",
                "pipeline_task_spec_id");
        callTime = metrics.gauge(
                "pipeline_task_eth_call_execution_time",
                "Time taken to fully execute the ETH call",
                "pipeline_task_spec_id");
        bridgeLatency = metrics.gauge("bridge_latency_seconds", "Bridge latency in seconds scoped by name", "name");
        bridgeErrors = metrics.counter("bridge_errors_total", "Bridge error count scoped by name", "name");
        cacheHits = metrics.counter("bridge_cache_hits_total", "Bridge cache hits count scoped by name", "name");
        cacheErrors = metrics.counter("bridge_cache_errors_total", "Bridge cache errors count scoped by name", "name");
    }

    void runEnded(RunContext run, boolean errored, Duration took) {
        String jobId = Long.toString(run.jobId());
        runTime.set((double) took.toNanos(), jobId, run.jobName());
        if (errored) {
            runErrors.increment(jobId, run.jobName());
        }
    }

    void taskEnded(RunContext run, PipelineTask task, boolean errored, Duration took) {
        String jobId = Long.toString(run.jobId());
        taskTime.set((double) took.toNanos(), jobId, run.jobName(), task.dotId(), task.type());
        tasksFinished.increment(
                jobId,
                run.jobName(),
                task.dotId(),
                task.type(),
                task.type().equals("bridge") ? task.attribute("name") : "",
                errored ? "error" : "completed");
    }

    void fetched(String dotId, int bytes, long nanos) {
        fetchTime.set(nanos / NANOS_PER_MILLI, dotId);
        bodySize.set(bytes, dotId);
    }

    void called(String dotId, long nanos) {
        callTime.set((double) nanos, dotId);
    }

    void bridgeAnswered(String bridge, String dotId, int bytes, long nanos) {
        fetchTime.set((double) nanos, dotId);
        bodySize.set(bytes, dotId);
        bridgeLatency.set(nanos / NANOS_PER_SECOND, bridge);
    }

    void bridgeFailed(String bridge) {
        bridgeErrors.increment(bridge);
    }

    void bridgeCacheAsked(String bridge, boolean hit) {
        (hit ? cacheHits : cacheErrors).increment(bridge);
    }
}
