package dev.cxotel.bridge.preview;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What a metric point, or the sum of several, says.
 *
 * @param count measurements; 0 for a plain number
 * @param sum their sum, or the plain number
 * @param buckets measurements by range; empty for a plain number. Explicit and exponential histograms both end here,
 *     so that histograms of different bounds add up
 */
public record Amount(long count, double sum, Map<Range, Long> buckets) {

    public static final Amount ZERO = new Amount(0, 0, Map.of());

    public Amount {
        buckets = Map.copyOf(buckets);
    }

    static Amount number(double value) {
        return new Amount(0, value, Map.of());
    }

    /** More than {@code lower}, at most {@code upper}; either may be infinite. */
    public record Range(double lower, double upper) implements Comparable<Range> {
        private static final Comparator<Range> ORDER =
                Comparator.comparingDouble(Range::upper).thenComparingDouble(Range::lower);

        @Override
        public int compareTo(Range other) {
            return ORDER.compare(this, other);
        }
    }

    public Amount plus(Amount other) {
        Map<Range, Long> sum = new TreeMap<>(buckets);
        other.buckets.forEach((range, number) -> sum.merge(range, number, Long::sum));
        return new Amount(count + other.count, this.sum + other.sum, sum);
    }

    /**
     * The value that {@code share} (0 to 1) of the measurements do not exceed, straight between the ends of its bucket.
     * The first bucket begins at 0, as no measure of ours is negative; the last answers with its lower end. Empty
     * without measurements.
     */
    public OptionalDouble percentile(double share) {
        List<Map.Entry<Range, Long>> filled = new TreeMap<>(buckets)
                .entrySet().stream().filter(bucket -> bucket.getValue() > 0).toList();
        long total = filled.stream().mapToLong(Map.Entry::getValue).sum();
        double left = share * total;
        for (Map.Entry<Range, Long> bucket : filled) {
            if (left <= bucket.getValue()) {
                return OptionalDouble.of(within(bucket.getKey(), left / bucket.getValue()));
            }
            left -= bucket.getValue();
        }
        return filled.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(within(filled.getLast().getKey(), 1));
    }

    private static double within(Range range, double share) {
        if (Double.isInfinite(range.upper())) {
            return range.lower();
        }
        double lower = Double.isInfinite(range.lower()) ? Math.min(0, range.upper()) : range.lower();
        return lower + share * (range.upper() - lower);
    }
}
