package io.carabiner.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * One metric with its labels: a cell for each combination of label values.
 *
 * <p>Safe for use by many threads; finding a cell that exists takes no lock.
 */
abstract sealed class MetricFamily<C> permits Counter, Gauge, Histogram, Summary {

    private final String name;
    private final String help;
    private final List<String> labelNames;
    private final Supplier<C> newCell;
    private final Map<List<String>, C> cells = new ConcurrentHashMap<>();

    MetricFamily(String name, String help, List<String> labelNames, Supplier<C> newCell) {
        this.name = name;
        this.help = help;
        this.labelNames = labelNames;
        this.newCell = newCell;
        if (labelNames.isEmpty()) {
            cells.put(List.of(), newCell.get());
        }
    }

    /**
     * The cell of one combination of label values, made at first use; hold on to it where the path is hot.
     *
     * @param values one value for each label name, in the order the names were declared in
     * @throws IllegalArgumentException if there are more or fewer values than labels
     */
    public final C labels(String... values) {
        if (values.length != labelNames.size()) {
            throw new IllegalArgumentException(name + " has the labels " + labelNames);
        }
        List<String> key = List.of(values);
        C existing = cells.get(key);
        return existing != null ? existing : cells.computeIfAbsent(key, absent -> newCell.get());
    }

    /** Forgets one combination of label values, for what is gone for good: a deleted job, a removed key. */
    public final void remove(String... values) {
        cells.remove(List.of(values));
    }

    abstract String type();

    abstract void sample(SampleWriter out, List<String[]> labels, C cell);

    final String name() {
        return name;
    }

    final boolean sameShape(MetricFamily<?> other) {
        return getClass() == other.getClass() && labelNames.equals(other.labelNames);
    }

    /** Writes nothing when there is no cell, as the Go client does. */
    final void writeTo(SampleWriter out) {
        if (cells.isEmpty()) {
            return;
        }
        out.header(name, help, type());
        TreeMap<String, Map.Entry<List<String>, C>> sorted = new TreeMap<>();
        cells.entrySet().forEach(cell -> sorted.put(String.join("\u0000", ordered(cell.getKey())), cell));
        sorted.values().forEach(cell -> sample(out, labelPairs(cell.getKey()), cell.getValue()));
    }

    private List<String> ordered(List<String> values) {
        return labelPairs(values).stream().map(pair -> pair[1]).toList();
    }

    /** Label names and values, sorted by name: the order a scraper sees. */
    private List<String[]> labelPairs(List<String> values) {
        List<String[]> pairs = new ArrayList<>(IntStream.range(0, labelNames.size())
                .mapToObj(i -> new String[] {labelNames.get(i), values.get(i)})
                .toList());
        pairs.sort((left, right) -> left[0].compareTo(right[0]));
        return pairs;
    }
}
