package io.carabiner.evm;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Hash32;
import java.util.List;
import java.util.Set;

/**
 * Which events a subscriber wants: emitted by one of the addresses, with a wanted topic at each place. Immutable.
 *
 * @param addresses the contracts; no address at all means that nothing is wanted now (not: everything)
 * @param topics for each place from 0 the topics that are wanted there, an empty set for any; at most 4 places. A place
 *     that is listed must exist in the event unless its set is empty.
 */
public record LogFilter(Set<Address> addresses, List<Set<Hash32>> topics) {

    /** The most topics an event has. */
    public static final int TOPICS_MAX = 4;

    /** Wants nothing. */
    public static final LogFilter NOTHING = new LogFilter(Set.of(), List.of());

    /** Keeps own copies. */
    public LogFilter {
        if (topics.size() > TOPICS_MAX) {
            throw new IllegalArgumentException("an event has at most " + TOPICS_MAX + " topics, not " + topics.size());
        }
        addresses = Set.copyOf(addresses);
        topics = topics.stream().map(Set::copyOf).toList();
    }

    /** Events with one of these signatures (first topics) from one of these contracts. */
    public static LogFilter of(Set<Address> addresses, Set<Hash32> signatures) {
        return new LogFilter(addresses, List.of(signatures));
    }

    /** Whether nothing can match. */
    public boolean isNothing() {
        return addresses.isEmpty();
    }

    /** Whether this event is wanted. */
    public boolean matches(LogEntry log) {
        if (!addresses.contains(log.address())) {
            return false;
        }
        for (int place = 0; place < topics.size(); place++) {
            if (!topicMatches(log, place)) {
                return false;
            }
        }
        return true;
    }

    private boolean topicMatches(LogEntry log, int place) {
        Set<Hash32> wanted = topics.get(place);
        return wanted.isEmpty()
                || (place < log.topics().size() && wanted.contains(log.topics().get(place)));
    }
}
