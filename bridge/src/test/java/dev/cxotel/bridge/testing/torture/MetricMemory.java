package dev.cxotel.bridge.testing.torture;

import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a backend makes of histogram points, counted while they come. A point that repeats series and times overwrites;
 * of a cumulative series the greatest count stands. Safe for any thread.
 */
final class MetricMemory {

    private record Point(String name, Object series, long start, long end) {}

    private final Map<Point, Long> points = new HashMap<>();
    private final Map<String, Long> added = new HashMap<>();
    private final Map<String, Long> largest = new HashMap<>();

    synchronized void store(List<Metric> metrics) {
        for (Metric metric : metrics) {
            if (!metric.hasHistogram()) {
                continue;
            }
            boolean delta = metric.getHistogram().getAggregationTemporality()
                    == AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
            for (HistogramDataPoint point : metric.getHistogram().getDataPointsList()) {
                store(metric.getName(), point, delta);
            }
        }
    }

    /** The measurements that the backend shows for the metric. */
    synchronized long count(String name) {
        return points.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** The same for a backend that adds delta points and never overwrites. */
    synchronized long added(String name) {
        return added.getOrDefault(name, 0L);
    }

    /** The most measurements that one point brought. */
    synchronized long largest(String name) {
        return largest.getOrDefault(name, 0L);
    }

    private void store(String name, HistogramDataPoint point, boolean delta) {
        Point key = new Point(
                name, point.getAttributesList(), point.getStartTimeUnixNano(), delta ? point.getTimeUnixNano() : 0);
        long before = points.getOrDefault(key, 0L);
        long after = delta ? point.getCount() : Math.max(before, point.getCount());
        points.put(key, after);
        long brought = delta ? point.getCount() : after - before;
        added.merge(name, brought, Long::sum);
        largest.merge(name, brought, Math::max);
    }
}
