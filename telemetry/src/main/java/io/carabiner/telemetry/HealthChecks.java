package io.carabiner.telemetry;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The health checks of one node, by the Go node's check ids: dotted paths such as {@code EVM.1.HeadTracker}.
 *
 * <p>A check is asked each time somebody wants to know, so it must answer from memory at once. Safe for use by many
 * threads.
 */
public final class HealthChecks {

    private final Map<String, Supplier<HealthStatus>> checks = new ConcurrentHashMap<>();
    private final Set<String> neededToBeReady = ConcurrentHashMap.newKeySet();

    /**
     * Adds a check.
     *
     * @param goStyleName the check's id, for example {@code EVM.1337.Txm.Confirmer}
     * @throws IllegalStateException if there is one of that name
     */
    public void register(String goStyleName, Supplier<HealthStatus> check) {
        if (checks.putIfAbsent(goStyleName, check) != null) {
            throw new IllegalStateException("health check " + goStyleName + " exists");
        }
    }

    /**
     * Adds a check without which the node is not ready to work: {@code /readyz} fails with it.
     *
     * @throws IllegalStateException if there is one of that name
     */
    public void registerForReadiness(String goStyleName, Supplier<HealthStatus> check) {
        register(goStyleName, check);
        neededToBeReady.add(goStyleName);
    }

    /** Whether every check passes without which the node is not ready to work. */
    public boolean ready() {
        return neededToBeReady.stream()
                .map(checks::get)
                .allMatch(check -> check == null || ask(check) instanceof HealthStatus.Passing);
    }

    /**
     * What one check finds.
     *
     * @throws IllegalStateException if there is none of that name
     */
    public HealthStatus status(String goStyleName) {
        Supplier<HealthStatus> check = checks.get(goStyleName);
        if (check == null) {
            throw new IllegalStateException("there is no health check " + goStyleName);
        }
        return ask(check);
    }

    /** Removes a check, for what has been stopped for good: the listener of a deleted job. */
    public void unregister(String goStyleName) {
        neededToBeReady.remove(goStyleName);
        checks.remove(goStyleName);
    }

    /** Asks all checks; sorted by name. A check that throws counts as failing. */
    public SortedMap<String, HealthStatus> report() {
        TreeMap<String, HealthStatus> report = new TreeMap<>();
        checks.forEach((name, check) -> report.put(name, ask(check)));
        return report;
    }

    private static HealthStatus ask(Supplier<HealthStatus> check) {
        try {
            return check.get();
        } catch (RuntimeException e) {
            return HealthStatus.failing("the check itself failed: " + e);
        }
    }

    /** Shows every check as the gauge {@code health}: 1 passing, 0 failing. */
    public void exportTo(Metrics metrics) {
        Gauge gauge = metrics.gauge("health", "Health status by service", "service_id");
        Map<String, Boolean> shown = new ConcurrentHashMap<>();
        metrics.beforeExposition(() -> {
            Map<String, HealthStatus> report = report();
            shown.keySet().stream().filter(name -> !report.containsKey(name)).forEach(gauge::remove);
            shown.keySet().retainAll(report.keySet());
            report.forEach((name, status) -> {
                shown.put(name, true);
                gauge.set(status instanceof HealthStatus.Passing ? 1 : 0, name);
            });
        });
    }
}
