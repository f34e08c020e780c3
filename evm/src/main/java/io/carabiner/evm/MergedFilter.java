package io.carabiner.evm;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Hash32;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One filter that lets through whatever any of several does, and more: pure. */
final class MergedFilter {

    private MergedFilter() {}

    static LogFilter of(Collection<LogFilter> filters) {
        List<LogFilter> wanting =
                filters.stream().filter(filter -> !filter.isNothing()).toList();
        if (wanting.isEmpty()) {
            return LogFilter.NOTHING;
        }
        Set<Address> addresses = new HashSet<>();
        wanting.forEach(filter -> addresses.addAll(filter.addresses()));
        List<Set<Hash32>> topics = new ArrayList<>();
        int places = wanting.stream()
                .mapToInt(filter -> filter.topics().size())
                .min()
                .orElse(0);
        for (int place = 0; place < places; place++) {
            topics.add(union(wanting, place));
        }
        return new LogFilter(addresses, withoutTrailingAny(topics));
    }

    /** Empty, which is "any", as soon as one filter takes any. */
    private static Set<Hash32> union(List<LogFilter> filters, int place) {
        Set<Hash32> union = new HashSet<>();
        for (LogFilter filter : filters) {
            Set<Hash32> wanted = filter.topics().get(place);
            if (wanted.isEmpty()) {
                return Set.of();
            }
            union.addAll(wanted);
        }
        return union;
    }

    private static List<Set<Hash32>> withoutTrailingAny(List<Set<Hash32>> topics) {
        int last = topics.size();
        while (last > 0 && topics.get(last - 1).isEmpty()) {
            last--;
        }
        return topics.subList(0, last);
    }
}
