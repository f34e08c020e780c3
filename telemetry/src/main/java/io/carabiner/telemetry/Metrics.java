package io.carabiner.telemetry;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The metrics of one node. Names, labels, types and help texts are the Go node's, so that dashboards keep working; in
 * particular a counter is exported under exactly its name, with {@code _total} only where the Go node has it.
 *
 * <p>Asking twice for the same metric gives the same one. A family without labels shows from the start (0), one with
 * labels from its first value on. Safe for use by many threads.
 */
public final class Metrics {

    private final ConcurrentSkipListMap<String, MetricFamily<?>> families = new ConcurrentSkipListMap<>();
    private final List<Runnable> collectors = new CopyOnWriteArrayList<>();

    /**
     * A counter.
     *
     * @throws IllegalStateException if the name is taken by a metric of another type or with other labels
     */
    public Counter counter(String name, String help, String... labelNames) {
        return register(Counter.class, new Counter(name, help, List.of(labelNames)));
    }

    /** A gauge; see {@link #counter}. */
    public Gauge gauge(String name, String help, String... labelNames) {
        return register(Gauge.class, new Gauge(name, help, List.of(labelNames)));
    }

    /**
     * A histogram; see {@link #counter}.
     *
     * @param buckets upper bounds in rising order, without infinity; durations are nanoseconds where the Go node's are
     */
    public Histogram histogram(String name, String help, double[] buckets, String... labelNames) {
        double[] bounds = buckets.clone();
        Arrays.sort(bounds);
        return register(Histogram.class, new Histogram(name, help, bounds, List.of(labelNames)));
    }

    /** A summary without quantiles; see {@link #counter}. */
    public Summary summary(String name, String help, String... labelNames) {
        return register(Summary.class, new Summary(name, help, List.of(labelNames)));
    }

    /** Has something done before each exposition: setting gauges that nobody else keeps up to date. Keep it quick. */
    public void beforeExposition(Runnable collector) {
        collectors.add(collector);
    }

    /** All metrics in the Prometheus text format 0.0.4, sorted by name. */
    public String exposition() {
        collectors.forEach(Runnable::run);
        SampleWriter out = new SampleWriter();
        families.values().forEach(family -> family.writeTo(out));
        return out.text();
    }

    private <F extends MetricFamily<?>> F register(Class<F> type, F candidate) {
        MetricFamily<?> existing = families.putIfAbsent(candidate.name(), candidate);
        if (existing == null) {
            return candidate;
        }
        if (!existing.sameShape(candidate)) {
            throw new IllegalStateException("metric " + candidate.name() + " exists with another type or other labels");
        }
        return type.cast(existing);
    }
}
