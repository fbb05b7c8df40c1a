package dev.cxotel.bridge.simulator;

import java.util.Arrays;
import java.util.OptionalDouble;

/** Numbers that were written: how many, their sum, and all of them up to a bound, for exact percentiles. Not thread-safe. */
public final class Values {

    private static final int KEPT = 1 << 20;

    private double[] kept = new double[64];
    private int size;
    private long count;
    private double sum;

    void add(double value) {
        count++;
        sum += value;
        if (size < KEPT) {
            if (size == kept.length) {
                kept = Arrays.copyOf(kept, 2 * size);
            }
            kept[size++] = value;
        }
    }

    public long count() {
        return count;
    }

    public double sum() {
        return sum;
    }

    /** Nearest rank: the smallest value that at least {@code share} (0 to 1) do not exceed; empty when not all were kept. */
    public OptionalDouble percentile(double share) {
        if (size == 0 || size < count) {
            return OptionalDouble.empty();
        }
        double[] sorted = Arrays.copyOf(kept, size);
        Arrays.sort(sorted);
        return OptionalDouble.of(sorted[Math.max(0, (int) Math.ceil(share * size) - 1)]);
    }
}
