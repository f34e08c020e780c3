package io.carabiner.txm;

import io.carabiner.primitives.Address;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which key sends next: the least recently used one. Only in memory, like the Go node's. Safe for use by many threads.
 */
final class KeyRotation {

    private final Map<Address, Long> lastUse = new HashMap<>();
    private long uses;

    /** Takes the least recently used of these, and remembers the use. */
    synchronized Optional<Address> next(List<Address> candidates) {
        Optional<Address> chosen =
                candidates.stream().min(Comparator.comparingLong((Address key) -> lastUse.getOrDefault(key, 0L)));
        chosen.ifPresent(key -> lastUse.put(key, ++uses));
        return chosen;
    }
}
