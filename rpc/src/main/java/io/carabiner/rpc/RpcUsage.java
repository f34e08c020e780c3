package io.carabiner.rpc;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;

/**
 * The calls of one chain in a UTC day, counted as providers bill them: each call of a batch is one.
 *
 * @param total all calls
 * @param dailyCallsMax the budget; 0 for none
 * @param lines the calls by endpoint, consumer and method, the largest first
 */
public record RpcUsage(LocalDate day, long total, long dailyCallsMax, List<Line> lines) {

    /** Keeps an own copy. */
    public RpcUsage {
        lines = List.copyOf(lines);
    }

    /**
     * A line.
     *
     * @param node the endpoint's name
     * @param consumer the part of the node that asked, such as {@code txm}
     */
    public record Line(String node, String consumer, String method, long calls) {
        static final Comparator<Line> LARGEST_FIRST = Comparator.comparing((Line line) -> -line.calls())
                .thenComparing(Line::node)
                .thenComparing(Line::consumer)
                .thenComparing(Line::method);
    }
}
