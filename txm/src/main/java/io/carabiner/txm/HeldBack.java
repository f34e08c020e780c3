package io.carabiner.txm;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * The queued transactions of a key that its gate lets wait: others pass them. Only in memory: after a restart the gate
 * is asked again. Safe for use by many threads.
 */
final class HeldBack {

    /** How long until the gate is asked again. */
    static final Duration RECHECK = Duration.ofSeconds(GateAnswer.RECHECK_SECONDS);

    private final Map<Long, Held> held = new HashMap<>();

    private record Held(String reason, long untilNanos) {}

    synchronized void hold(long id, String reason, long nowNanos) {
        held.put(id, new Held(reason, nowNanos + RECHECK.toNanos()));
    }

    /**
     * Lets go of those that waited long enough.
     *
     * @return whether there were any
     */
    synchronized boolean release(long nowNanos) {
        return held.values().removeIf(one -> one.untilNanos() - nowNanos <= 0);
    }

    /** Lets go of all. */
    synchronized void releaseAll() {
        held.clear();
    }

    /** Ids of transactions that must not be asked about yet. */
    synchronized List<Long> ids() {
        return List.copyOf(held.keySet());
    }

    /** When the first of them has waited long enough. */
    synchronized OptionalLong nextNanos() {
        return held.values().stream().mapToLong(Held::untilNanos).min();
    }

    /** Why each of them waits, by id. */
    synchronized Map<Long, String> reasons() {
        return held.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                .reason()));
    }
}
