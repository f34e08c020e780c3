package io.carabiner.evm;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What was given of the blocks above {@link BlockTrail#proven}, to compare it with what a sweep finds. Confined to one
 * thread.
 */
final class Followed {

    /** With more events than this the sweep comes at once. */
    static final int EVENTS_MAX = 20_000;

    private final Set<LogEntry> given = new HashSet<>();
    private LogFilter filter = LogFilter.NOTHING;

    void add(LogFilter wanted, List<LogEntry> logs) {
        filter = wanted;
        given.addAll(logs);
    }

    /** The filter that all of it was asked with. */
    LogFilter filter() {
        return filter;
    }

    /** Whether it cannot grow with this filter. */
    boolean endsWith(LogFilter wanted) {
        return !filter.equals(wanted) || given.size() > EVENTS_MAX;
    }

    /** Those of these events that were not given. */
    List<LogEntry> missing(List<LogEntry> all) {
        return all.stream().filter(log -> !given.contains(log)).toList();
    }

    void clear() {
        given.clear();
        filter = LogFilter.NOTHING;
    }
}
