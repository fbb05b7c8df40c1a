package dev.cxotel.bridge.preview;

import java.util.Arrays;
import java.util.Collection;
import java.util.OptionalDouble;

/** Numbers that are known one by one. */
public final class Distribution {

    private final double[] sorted;

    private Distribution(double[] sorted) {
        this.sorted = sorted;
    }

    static Distribution of(Collection<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return new Distribution(sorted);
    }

    public long count() {
        return sorted.length;
    }

    /** Nearest rank: the smallest value that at least {@code share} (0 to 1) do not exceed; empty when there is none. */
    public OptionalDouble percentile(double share) {
        return sorted.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)]);
    }
}
