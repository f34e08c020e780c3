package io.carabiner.telemetry;

import com.sun.management.UnixOperatingSystemMXBean;
import io.carabiner.primitives.TimeSource;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the process uses: {@code process_*} as the Prometheus clients name it, {@code uptime_seconds} and
 * {@code version} as the Go node, and the virtual machine's own {@code jvm_*}. The Go runtime's {@code go_*} have no
 * counterpart here.
 */
public final class ProcessMetrics {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final Path STATUS = Path.of("/proc/self/status");

    private final Metrics metrics;
    private final TimeSource time;
    private final long startedNanos;
    private final Counter.Cell uptime;

    private ProcessMetrics(Metrics metrics, TimeSource time) {
        this.metrics = metrics;
        this.time = time;
        this.startedNanos = time.monotonicNanos();
        this.uptime = metrics.counter("uptime_seconds", "Uptime of the application measured in seconds")
                .labels();
    }

    /**
     * Adds them to a registry.
     *
     * @param version for example {@code 0.1.0}
     * @param commit the first seven digits
     */
    public static void register(Metrics metrics, TimeSource time, String version, String commit) {
        metrics.counter("version", "Application version information", "version", "commit")
                .increment(version, commit);
        double startSeconds = ManagementFactory.getRuntimeMXBean().getStartTime() / 1000.0;
        metrics.gauge("process_start_time_seconds", "Start time of the process since unix epoch in seconds.")
                .set(startSeconds);
        metrics.beforeExposition(new ProcessMetrics(metrics, time)::collect);
    }

    private synchronized void collect() {
        raise(uptime, Math.floor((time.monotonicNanos() - startedNanos) / NANOS_PER_SECOND));
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            collectSystem(system);
        }
        statusBytes("VmRSS:")
                .ifPresent(bytes -> gauge("process_resident_memory_bytes", "Resident memory size in bytes.", bytes));
        statusBytes("VmSize:")
                .ifPresent(bytes -> gauge("process_virtual_memory_bytes", "Virtual memory size in bytes.", bytes));
        collectMachine();
    }

    private void collectSystem(UnixOperatingSystemMXBean system) {
        raise(
                metrics.counter("process_cpu_seconds_total", "Total user and system CPU time spent in seconds.")
                        .labels(),
                system.getProcessCpuTime() / NANOS_PER_SECOND);
        gauge("process_open_fds", "Number of open file descriptors.", (double) system.getOpenFileDescriptorCount());
        gauge("process_max_fds", "Maximum number of open file descriptors.", (double)
                system.getMaxFileDescriptorCount());
    }

    private void collectMachine() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        Gauge used = metrics.gauge("jvm_memory_used_bytes", "Memory that the virtual machine uses.", "area");
        used.set((double) memory.getHeapMemoryUsage().getUsed(), "heap");
        used.set((double) memory.getNonHeapMemoryUsage().getUsed(), "nonheap");
        Gauge max = metrics.gauge(
                "jvm_memory_max_bytes", "Memory that the virtual machine may use, -1 if unlimited.", "area");
        max.set((double) memory.getHeapMemoryUsage().getMax(), "heap");
        gauge(
                "jvm_threads_current",
                "Platform threads that are alive; virtual threads are not counted.",
                ManagementFactory.getThreadMXBean().getThreadCount());
        Counter collections =
                metrics.counter("jvm_gc_collection_seconds_total", "Time spent collecting garbage.", "gc");
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            raise(collections.labels(collector.getName()), collector.getCollectionTime() / 1000.0);
        }
    }

    private void gauge(String name, String help, double value) {
        metrics.gauge(name, help).set(value);
    }

    private static void raise(Counter.Cell counter, double total) {
        counter.add(Math.max(0, total - counter.value()));
    }

    /** A size in kilobytes from Linux's process status; empty elsewhere. */
    private static Optional<Double> statusBytes(String key) {
        try {
            return Files.exists(STATUS)
                    ? Files.readAllLines(STATUS).stream()
                            .filter(line -> line.startsWith(key))
                            .map(line -> Double.parseDouble(line.replaceAll("\\D", "")) * 1024)
                            .findFirst()
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
