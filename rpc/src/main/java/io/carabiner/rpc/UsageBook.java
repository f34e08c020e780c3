package io.carabiner.rpc;

import io.carabiner.primitives.TimeSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The calls of the current UTC day by endpoint, consumer and method, as a provider would bill them. Thread-safe. */
final class UsageBook {

    /** Lines told apart in a day; further ones are added to {@link #OTHER}. */
    static final int LINES_MAX = 5_000;

    private static final String OTHER = "other";

    /**
     * A line of the book.
     *
     * @param node the endpoint's name
     * @param consumer the part of the node that asked
     */
    record Line(String node, String consumer, String method) {}

    private final TimeSource time;

    // Guarded by this.
    private LocalDate day = LocalDate.MIN;
    private final Map<Line, Long> lines = new HashMap<>();
    private long total;

    UsageBook(TimeSource time) {
        this.time = time;
    }

    synchronized void add(String node, String consumer, List<RpcCall> calls) {
        turnPage();
        for (RpcCall call : calls) {
            Line line = new Line(node, consumer, call.method());
            lines.merge(lines.containsKey(line) || lines.size() < LINES_MAX ? line : other(node), 1L, Long::sum);
        }
        total += calls.size();
    }

    private static Line other(String node) {
        return new Line(node, OTHER, OTHER);
    }

    private void turnPage() {
        LocalDate today = LocalDate.ofInstant(time.now(), ZoneOffset.UTC);
        if (!today.equals(day)) {
            day = today;
            lines.clear();
            total = 0;
        }
    }

    /** Takes over what was counted before a restart; of another day than today it is nothing. */
    synchronized void restore(LocalDate of, Map<Line, Long> counted) {
        turnPage();
        if (of.equals(day)) {
            counted.forEach((line, calls) -> lines.merge(line, calls, Long::sum));
            total += counted.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** All calls of today. */
    synchronized long today() {
        turnPage();
        return total;
    }

    /** Today's calls to one endpoint. */
    synchronized long today(String node) {
        turnPage();
        return lines.entrySet().stream()
                .filter(line -> line.getKey().node().equals(node))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Today's lines, the largest first. */
    synchronized RpcUsage report(long budget) {
        turnPage();
        List<RpcUsage.Line> sorted = new ArrayList<>();
        lines.forEach(
                (line, calls) -> sorted.add(new RpcUsage.Line(line.node(), line.consumer(), line.method(), calls)));
        sorted.sort(RpcUsage.Line.LARGEST_FIRST);
        return new RpcUsage(day, total, budget, sorted);
    }
}
