package io.carabiner.pipeline;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The last good answer of each bridge task, for the time in which the bridge fails. Bounded: the oldest are dropped.
 * Kept in memory: after a restart it is filled anew by the first good answers. Safe for use by many threads.
 */
final class BridgeCache {

    /** How many answers are kept. */
    static final int ENTRIES_LIMIT = 10_000;

    private record Key(long jobId, String dotId) {}

    private record Entry(String text, long atNanos) {}

    private final Map<Key, Entry> entries = new LinkedHashMap<>();

    synchronized void put(TaskScope scope, String text) {
        Key key = new Key(scope.run().jobId(), scope.dotId());
        entries.remove(key);
        entries.put(key, new Entry(text, scope.tools().time().monotonicNanos()));
        if (entries.size() > ENTRIES_LIMIT) {
            entries.remove(entries.keySet().iterator().next());
        }
    }

    synchronized Optional<String> find(TaskScope scope, Duration ttl) {
        Entry entry = entries.get(new Key(scope.run().jobId(), scope.dotId()));
        return entry != null && scope.tools().time().monotonicNanos() - entry.atNanos() <= ttl.toNanos()
                ? Optional.of(entry.text())
                : Optional.empty();
    }
}
