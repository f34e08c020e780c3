package io.carabiner.pipeline;

import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.Metrics;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** How each bridge does: keeps its limits and remembers how it answered. One for the node; safe for many threads. */
public final class BridgeWatch {

    /** How many bridges are remembered; further ones have limits but no memory. */
    static final int BRIDGES_LIMIT = BridgeStore.BRIDGES_LIMIT;

    private final BridgeLimits limits;
    private final TimeSource time;
    private final BridgeMetrics metrics;
    private final Map<String, WatchedBridge> bridges = new ConcurrentHashMap<>();

    /** Over the node's metrics. */
    public BridgeWatch(BridgeLimits limits, TimeSource time, Metrics metrics) {
        this.limits = limits;
        this.time = time;
        this.metrics = new BridgeMetrics(metrics);
    }

    /** How a bridge has answered; empty if it was not asked since the node started. */
    public Optional<BridgeHealth> health(String name) {
        return Optional.ofNullable(bridges.get(lower(name))).map(WatchedBridge::health);
    }

    /** The longest time one request may take; zero for no limit of its own. */
    Duration timeout() {
        return limits.timeout();
    }

    WatchedBridge of(String name) {
        String key = lower(name);
        WatchedBridge known = bridges.get(key);
        if (known != null) {
            return known;
        }
        return bridges.size() >= BRIDGES_LIMIT
                ? new WatchedBridge(key, limits, time, metrics)
                : bridges.computeIfAbsent(key, ignored -> new WatchedBridge(key, limits, time, metrics));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
