package io.carabiner.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Whether something that is measured now and then stays flat: the median of the slopes between all pairs of points
 * (Theil and Sen), which a single peak does not move. Pure.
 */
record Trend(double first, double last, double median, double growth) {

    /** A value at a time. */
    record Point(double seconds, double value) {}

    /**
     * The trend of points in their order.
     *
     * @param points two or more, at different times
     */
    static Trend of(List<Point> points) {
        List<Double> slopes = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            for (int j = i + 1; j < points.size(); j++) {
                slopes.add((points.get(j).value() - points.get(i).value())
                        / (points.get(j).seconds() - points.get(i).seconds()));
            }
        }
        double window = points.getLast().seconds() - points.getFirst().seconds();
        return new Trend(
                points.getFirst().value(),
                points.getLast().value(),
                median(points.stream().map(Point::value).toList()),
                median(slopes) * window);
    }

    /** Whether the growth over the whole time is no more than noise: a part of the usual value, or a small amount. */
    boolean isFlat(double allowedPart, double allowedAmount) {
        return growth <= Math.max(allowedPart * median, allowedAmount);
    }

    private static double median(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a trend needs two points or more");
        }
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
