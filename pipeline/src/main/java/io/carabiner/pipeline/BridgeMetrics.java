package io.carabiner.pipeline;

import io.carabiner.telemetry.Counter;
import io.carabiner.telemetry.Gauge;
import io.carabiner.telemetry.Metrics;
import java.time.Duration;
import java.time.Instant;

/** Metrics of bridges that the Go node does not have. Safe for use by many threads. */
final class BridgeMetrics {

    private static final double NANOS_PER_SECOND = 1e9;

    private final Gauge quantiles;
    private final Gauge lastGood;
    private final Gauge circuit;
    private final Counter failures;

    BridgeMetrics(Metrics metrics) {
        quantiles = metrics.gauge(
                "bridge_latency_quantile_seconds",
                "How long a share of the last good answers of a bridge took at most",
                "name",
                "quantile");
        lastGood = metrics.gauge(
                "bridge_last_success_timestamp_seconds", "When a bridge last answered well, in Unix time", "name");
        circuit = metrics.gauge("bridge_circuit_open", "1 while a bridge is left alone after failures, else 0", "name");
        failures = metrics.counter(
                "bridge_failures_total", "Requests to a bridge that failed, by class of error", "name", "class");
    }

    void answered(String bridge, Duration p50, Duration p95, Instant at) {
        quantiles.set(p50.toNanos() / NANOS_PER_SECOND, bridge, "0.5");
        quantiles.set(p95.toNanos() / NANOS_PER_SECOND, bridge, "0.95");
        lastGood.set((double) at.getEpochSecond(), bridge);
    }

    void failed(String bridge, BridgeHealth.ErrorClass errorClass) {
        failures.increment(bridge, errorClass.externalName());
    }

    void circuit(String bridge, boolean open) {
        circuit.set(open ? 1 : 0, bridge);
    }
}
