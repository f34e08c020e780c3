package io.carabiner.telemetry;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** Counts of observations at or below given bounds, with their sum. Thread-safe. */
public final class Histogram extends MetricFamily<Histogram.Cell> {

    Histogram(String name, String help, double[] bounds, List<String> labelNames) {
        super(name, help, labelNames, () -> new Cell(bounds));
    }

    /** Records a value in the cell of these label values. */
    public void observe(double value, String... labelValues) {
        labels(labelValues).observe(value);
    }

    @Override
    String type() {
        return "histogram";
    }

    @Override
    void sample(SampleWriter out, List<String[]> labels, Cell cell) {
        long seen = 0;
        for (int i = 0; i < cell.bounds.length; i++) {
            seen += cell.counts[i].sum();
            out.bucket(name(), labels, cell.bounds[i], seen);
        }
        seen += cell.counts[cell.bounds.length].sum();
        out.bucket(name(), labels, Double.POSITIVE_INFINITY, seen);
        out.sample(name() + "_sum", labels, cell.sum.sum());
        out.sample(name() + "_count", labels, (double) seen);
    }

    /** The observations of one combination of label values. */
    public static final class Cell {

        private final double[] bounds;
        private final LongAdder[] counts;
        private final DoubleAdder sum = new DoubleAdder();

        private Cell(double[] bounds) {
            this.bounds = bounds;
            this.counts = new LongAdder[bounds.length + 1];
            Arrays.setAll(counts, i -> new LongAdder());
        }

        /** Records a value, in the unit of the bounds. */
        public void observe(double value) {
            int place = Arrays.binarySearch(bounds, value);
            counts[place >= 0 ? place : -place - 1].increment();
            sum.add(value);
        }
    }
}
