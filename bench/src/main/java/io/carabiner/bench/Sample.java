package io.carabiner.bench;

import java.util.Collection;
import java.util.List;

/** Durations in milliseconds, sorted, with their percentiles. */
record Sample(List<Double> sortedMillis) {

    static Sample ofMillis(Collection<Double> millis) {
        return new Sample(millis.stream().sorted().toList());
    }

    int size() {
        return sortedMillis.size();
    }

    /** The smallest value that at least this share (0 to 1) of the values does not exceed; 0 without values. */
    double percentile(double share) {
        if (sortedMillis.isEmpty()) {
            return 0;
        }
        int rank = (int) Math.ceil(share * sortedMillis.size());
        return sortedMillis.get(Math.max(0, Math.min(sortedMillis.size(), rank) - 1));
    }
}
