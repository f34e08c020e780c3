package io.carabiner.telemetry;

import java.util.List;
import java.util.concurrent.atomic.DoubleAdder;

/** A number that only grows. Its exported name is exactly its name: nothing is appended. Thread-safe. */
public final class Counter extends MetricFamily<Counter.Cell> {

    Counter(String name, String help, List<String> labelNames) {
        super(name, help, labelNames, Cell::new);
    }

    /** Adds one to the cell of these label values. */
    public void increment(String... labelValues) {
        labels(labelValues).add(1);
    }

    @Override
    String type() {
        return "counter";
    }

    @Override
    void sample(SampleWriter out, List<String[]> labels, Cell cell) {
        out.sample(name(), labels, cell.value());
    }

    /** The count of one combination of label values. */
    public static final class Cell {

        private final DoubleAdder count = new DoubleAdder();

        private Cell() {}

        /** Adds one. */
        public void increment() {
            count.add(1);
        }

        /**
         * Adds an amount.
         *
         * @param amount 0 or more
         */
        public void add(double amount) {
            if (!(amount >= 0)) {
                throw new IllegalArgumentException("a counter cannot go down: " + amount);
            }
            count.add(amount);
        }

        /** What was counted so far. */
        public double value() {
            return count.sum();
        }
    }
}
