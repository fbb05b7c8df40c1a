package dev.cxotel.bridge.backends;

import dev.cxotel.semconv.MetricDefinition;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Values in the buckets of a histogram's definition, and what Prometheus makes of these: a quantile is told to the bucket,
 * and evenly within it.
 */
record Buckets(List<Double> bounds, List<Double> values) {

    Buckets {
        bounds = List.copyOf(bounds);
        values = List.copyOf(values);
    }

    static Buckets of(MetricDefinition metric, List<Double> values) {
        return new Buckets(metric.bounds(), values);
    }

    /** How many values do not exceed each bound, by {@code le=bound}, which reads as Prometheus writes it. */
    Map<String, Double> heat() {
        Map<String, Double> heat = new TreeMap<>();
        for (double bound : bounds) {
            String text = bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
            heat.put("le=" + text, upTo(bound));
        }
        heat.put("le=+Inf", (double) values.size());
        return heat;
    }

    double quantile(double share) {
        double rank = share * values.size();
        double lower = 0;
        double below = 0;
        for (double bound : bounds) {
            double count = upTo(bound);
            if (count >= rank) {
                return bound <= 0 ? bound : lower + (bound - lower) * (rank - below) / (count - below);
            }
            lower = bound;
            below = count;
        }
        return lower;
    }

    /** The bound above the quantile; infinity beyond the last. */
    double above(double share) {
        double rank = share * values.size();
        return bounds.stream().filter(bound -> upTo(bound) >= rank).findFirst().orElse(Double.POSITIVE_INFINITY);
    }

    /** The bound below the quantile. */
    double below(double share) {
        double rank = share * values.size();
        return bounds.stream().filter(bound -> upTo(bound) < rank).reduce(0.0, (first, second) -> second);
    }

    private double upTo(double bound) {
        return values.stream().filter(value -> value <= bound).count();
    }
}
