package io.carabiner.rpc;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How high the endpoints of a chain say that it is. How far one is behind is judged at the moment it says its height,
 * not later: one that is asked seldom does not lag for that. Thread-safe.
 */
final class Heights {

    /** The time between blocks while nothing is known. */
    static final Duration BLOCK_TIME_DEFAULT = Duration.ofSeconds(12);

    private static final Duration BLOCK_TIME_MIN = Duration.ofMillis(50);
    private static final double PACE_SHARE = 0.2;

    /** More blocks at once than this, beside what the time allows, are not believed from one endpoint alone. */
    static final int LEAP_MAX = 64;

    private static final int LEAP_FACTOR = 4;

    private record Height(long number, long atNanos, long lag) {}

    // Guarded by this.
    private final Map<String, Height> byNode = new HashMap<>();
    private long best = -1;
    private long bestAtNanos;
    private double blockNanos;

    /** An endpoint said what its newest block is; whether that raised the best height. */
    synchronized boolean saw(String node, long number, long nowNanos) {
        boolean higher = best < 0 || (number > best && isBelievable(node, number, nowNanos));
        if (higher) {
            pace(number, nowNanos);
            best = number;
            bestAtNanos = nowNanos;
        }
        byNode.put(node, new Height(number, nowNanos, Math.max(0, best - number)));
        return higher;
    }

    /** Whether the chain can have grown so much, or another endpoint is about as high. */
    private boolean isBelievable(String node, long number, long nowNanos) {
        return !isLeap(number, nowNanos)
                || (byNode.size() <= 1 && byNode.containsKey(node))
                || byNode.entrySet().stream()
                        .anyMatch(other ->
                                !other.getKey().equals(node) && other.getValue().number() >= number - LEAP_MAX);
    }

    /** Whether a height is further from the best one than time allows, up or down. */
    synchronized boolean isLeap(long number, long nowNanos) {
        if (best < 0) {
            return false;
        }
        long allowed = LEAP_MAX
                + LEAP_FACTOR
                        * (nowNanos - bestAtNanos)
                        / Math.max(1, blockTime().toNanos());
        return number > best + allowed || number < best - LEAP_MAX;
    }

    private void pace(long number, long nowNanos) {
        if (best >= 0 && number - best <= LEAP_MAX) {
            double each = (double) (nowNanos - bestAtNanos) / (number - best);
            blockNanos = blockNanos == 0 ? each : blockNanos + PACE_SHARE * (each - blockNanos);
        }
    }

    /** The usual time between blocks. */
    synchronized Duration blockTime() {
        return blockNanos == 0
                ? BLOCK_TIME_DEFAULT
                : Duration.ofNanos((long) Math.max(blockNanos, (double) BLOCK_TIME_MIN.toNanos()));
    }

    /** The highest block any endpoint has; empty before the first. */
    synchronized OptionalLong best() {
        return best < 0 ? OptionalLong.empty() : OptionalLong.of(best);
    }

    /** How long there was no higher block. */
    synchronized Duration sinceBest(long nowNanos) {
        return Duration.ofNanos(nowNanos - bestAtNanos);
    }

    /** The newest block of an endpoint; empty if it never said. */
    synchronized OptionalLong of(String node) {
        @Nullable Height height = byNode.get(node);
        return height == null ? OptionalLong.empty() : OptionalLong.of(height.number());
    }

    /** How many blocks it was behind the best one when it last said. */
    synchronized long lag(String node) {
        @Nullable Height height = byNode.get(node);
        return height == null ? 0 : height.lag();
    }

    /** Whether it said its height in the last so long. */
    synchronized boolean isKnownSince(String node, Duration age, long nowNanos) {
        @Nullable Height height = byNode.get(node);
        return height != null && nowNanos - height.atNanos() <= age.toNanos();
    }

    /**
     * Judges endpoints that were asked just now at once.
     *
     * @param all whether every endpoint answered; then a chain that all of them say is lower has become lower
     * @param fresh what was said longer ago is not judged
     */
    synchronized void judge(boolean all, Duration fresh, long nowNanos) {
        long highest = byNode.values().stream()
                .filter(height -> nowNanos - height.atNanos() <= fresh.toNanos())
                .mapToLong(Height::number)
                .max()
                .orElse(best);
        if (all && highest < best) {
            best = highest;
            bestAtNanos = nowNanos;
        }
        byNode.replaceAll((node, height) -> nowNanos - height.atNanos() <= fresh.toNanos()
                ? new Height(height.number(), height.atNanos(), Math.max(0, best - height.number()))
                : height);
    }
}
