package io.carabiner.node;

import io.carabiner.jobs.Runs.Unfinished;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.Gauge;
import io.carabiner.telemetry.Metrics;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * How many runs and tasks are not finished, as gauges (Go node 2.15, core/services/promreporter, which has the two
 * exchanged). They are counted when somebody scrapes, but not more often than every ten seconds.
 */
final class QueueGauges {

    private static final long COUNT_EVERY_NANOS = Duration.ofSeconds(10).toNanos();

    private final TimeSource time;
    private final Supplier<Unfinished> count;
    private final Gauge runs;
    private final Gauge tasks;
    private long countedNanos;
    private boolean counted;

    private QueueGauges(Metrics metrics, TimeSource time, Supplier<Unfinished> count) {
        this.time = time;
        this.count = count;
        this.runs =
                metrics.gauge("pipeline_runs_queued", "The total number of pipeline runs that are awaiting execution");
        this.tasks = metrics.gauge(
                "pipeline_task_runs_queued", "The total number of pipeline task runs that are awaiting execution");
    }

    static void register(Metrics metrics, TimeSource time, Supplier<Unfinished> count) {
        metrics.beforeExposition(new QueueGauges(metrics, time, count)::collect);
    }

    private synchronized void collect() {
        long now = time.monotonicNanos();
        if (counted && now - countedNanos < COUNT_EVERY_NANOS) {
            return;
        }
        Unfinished found = count.get();
        counted = true;
        countedNanos = now;
        runs.set((double) found.runs());
        tasks.set((double) found.taskRuns());
    }
}
