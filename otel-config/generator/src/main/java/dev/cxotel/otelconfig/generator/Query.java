package dev.cxotel.otelconfig.generator;

import dev.cxotel.semconv.MetricDefinition;
import java.util.List;
import java.util.Optional;

/**
 * A question to one metric, in no backend's language.
 *
 * @param label what the answer is called in a legend
 * @param by the attributes that split the answer
 * @param top only so many of the largest answers (the smallest when {@code worstIsLow}); 0: all
 * @param where what counts at all
 * @param part of it, what a share counts; empty for everything but a share
 * @param atLeast answers from fewer measurements than this are left out; 0: none
 */
record Query(
        String label,
        MetricDefinition metric,
        Aggregation aggregation,
        List<String> by,
        int top,
        boolean worstIsLow,
        List<Filter> where,
        Optional<Filter> part,
        int atLeast) {

    Query {
        by = List.copyOf(by);
        where = List.copyOf(where);
    }

    Query with(Aggregation other) {
        return new Query(label, metric, other, by, 0, false, where, Optional.empty(), 0);
    }

    /** What is made of the measurements. */
    enum Aggregation {
        /** How many measurements in the window; of a counter, how much it grew. */
        COUNT,
        /** Measurements a second. */
        RATE,
        MEAN,
        P05,
        P50,
        P95,
        P99,
        /** The part of the measurements that {@code part} selects, 0 to 1. */
        SHARE,
        /** The distribution over time. */
        HEATMAP,
        /** The newest values of a gauge, added up. */
        LAST,
        /** The largest of the newest values of a gauge. */
        MAX,
        /** The smallest of the newest values of a gauge. */
        MIN,
        /** How far the newest value of a gauge is above its smallest in the window; of several, the most. */
        GROWTH;

        /** The percentile as a ratio; empty for the others. */
        Optional<Double> quantile() {
            return switch (this) {
                case P05 -> Optional.of(0.05);
                case P50 -> Optional.of(0.5);
                case P95 -> Optional.of(0.95);
                case P99 -> Optional.of(0.99);
                case COUNT, RATE, MEAN, SHARE, HEATMAP, LAST, MAX, MIN, GROWTH -> Optional.empty();
            };
        }
    }

    /**
     * A condition on one attribute.
     *
     * @param values the attribute has, or with {@code not} has none of, these; empty: it is there at all
     */
    record Filter(String attribute, List<String> values, boolean not) {
        Filter {
            values = List.copyOf(values);
        }
    }
}
