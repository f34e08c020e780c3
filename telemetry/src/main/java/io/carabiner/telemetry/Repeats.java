package io.carabiner.telemetry;

import io.carabiner.primitives.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Merges a message that repeats: it is told at once, and again only after a while, with how often it was not told.
 * Thread-safe.
 */
final class Repeats {

    /** Topics remembered; beyond it all are forgotten, and told again. */
    private static final int TOPICS_MAX = 10_000;

    private record Told(long atNanos, int kept) {}

    private final TimeSource time;
    private final Duration again;

    // Guarded by this.
    private final Map<String, Told> topics = new HashMap<>();

    /** @param again how long the same topic is kept after it was told */
    Repeats(TimeSource time, Duration again) {
        this.time = time;
        this.again = again;
    }

    /** How many were kept since the last one was told, if this one is to be told; empty if it is kept. */
    synchronized OptionalInt tell(String topic) {
        long now = time.monotonicNanos();
        @Nullable Told last = topics.get(topic);
        if (last != null && now - last.atNanos() < again.toNanos()) {
            topics.put(topic, new Told(last.atNanos(), last.kept() + 1));
            return OptionalInt.empty();
        }
        if (topics.size() >= TOPICS_MAX) {
            topics.clear();
        }
        topics.put(topic, new Told(now, 0));
        return OptionalInt.of(last == null ? 0 : last.kept());
    }
}
