package dev.cxotel.bridge.testing;

import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a backend would make of the histogram points that it stored. */
public final class CountedPoints {

    private CountedPoints() {}

    /** How many measurements of {@code name} arrived: delta points added, the last of each cumulative series added. */
    public static long count(List<Metric> metrics, String name) {
        long delta = 0;
        Map<Object, Long> cumulative = new HashMap<>();
        for (Metric metric : metrics) {
            if (!metric.getName().equals(name)) {
                continue;
            }
            boolean isDelta = metric.getHistogram().getAggregationTemporality()
                    == AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
            for (HistogramDataPoint point : metric.getHistogram().getDataPointsList()) {
                if (isDelta) {
                    delta += point.getCount();
                } else {
                    cumulative.merge(
                            List.of(point.getAttributesList(), point.getStartTimeUnixNano()),
                            point.getCount(),
                            Math::max);
                }
            }
        }
        return delta + cumulative.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The same as {@link #count}, but a delta point that repeats series and times overwrites instead of adding. */
    public static long countOverwriting(List<Metric> metrics, String name) {
        Map<Object, Long> points = new HashMap<>();
        for (Metric metric : metrics) {
            if (metric.getName().equals(name)) {
                for (HistogramDataPoint point : metric.getHistogram().getDataPointsList()) {
                    points.put(
                            List.of(point.getAttributesList(), point.getStartTimeUnixNano(), point.getTimeUnixNano()),
                            point.getCount());
                }
            }
        }
        return points.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The largest number of measurements that one stored point carried. */
    public static long largest(List<Metric> metrics, String name) {
        return metrics.stream()
                .filter(metric -> metric.getName().equals(name))
                .flatMap(metric -> metric.getHistogram().getDataPointsList().stream())
                .mapToLong(HistogramDataPoint::getCount)
                .max()
                .orElse(0);
    }
}
