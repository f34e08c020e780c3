package io.carabiner.telemetry;

import java.util.List;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** The number and the sum of observations, without quantiles. Thread-safe. */
public final class Summary extends MetricFamily<Summary.Cell> {

    Summary(String name, String help, List<String> labelNames) {
        super(name, help, labelNames, Cell::new);
    }

    /** Records a value in the cell of these label values. */
    public void observe(double value, String... labelValues) {
        labels(labelValues).observe(value);
    }

    @Override
    String type() {
        return "summary";
    }

    @Override
    void sample(SampleWriter out, List<String[]> labels, Cell cell) {
        out.sample(name() + "_sum", labels, cell.sum.sum());
        out.sample(name() + "_count", labels, (double) cell.count.sum());
    }

    /** The observations of one combination of label values. */
    public static final class Cell {

        private final LongAdder count = new LongAdder();
        private final DoubleAdder sum = new DoubleAdder();

        private Cell() {}

        /** Records a value. */
        public void observe(double value) {
            count.increment();
            sum.add(value);
        }
    }
}
