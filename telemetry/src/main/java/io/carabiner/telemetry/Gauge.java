package io.carabiner.telemetry;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A number that goes up and down. Thread-safe. */
public final class Gauge extends MetricFamily<Gauge.Cell> {

    Gauge(String name, String help, List<String> labelNames) {
        super(name, help, labelNames, Cell::new);
    }

    /** Sets the cell of these label values. */
    public void set(double value, String... labelValues) {
        labels(labelValues).set(value);
    }

    @Override
    String type() {
        return "gauge";
    }

    @Override
    void sample(SampleWriter out, List<String[]> labels, Cell cell) {
        out.sample(name(), labels, cell.value());
    }

    /** The value of one combination of label values. */
    public static final class Cell {

        private final AtomicLong bits = new AtomicLong();

        private Cell() {}

        /** Replaces the value. */
        public void set(double value) {
            bits.set(Double.doubleToRawLongBits(value));
        }

        /** Adds an amount, which may be negative. */
        public void add(double amount) {
            bits.updateAndGet(now -> Double.doubleToRawLongBits(Double.longBitsToDouble(now) + amount));
        }

        /** The value now. */
        public double value() {
            return Double.longBitsToDouble(bits.get());
        }
    }
}
