package dev.cxotel.bridge.testing;

import dev.cxotel.bridge.telemetry.Telemetry;
import dev.cxotel.semconv.MetricDefinition;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Telemetry that remembers each increment and value. */
public final class RecordingTelemetry implements Telemetry {

    private final List<Point> points = new ArrayList<>();
    private final Map<String, Supplier<List<Reading>>> gauges = new ConcurrentHashMap<>();

    /** One increment or value. */
    public record Point(MetricDefinition metric, double value, Attributes attributes) {}

    public synchronized List<Point> points(MetricDefinition metric) {
        return points.stream().filter(point -> point.metric().equals(metric)).toList();
    }

    /** The sum of what was recorded with {@code attribute} being {@code value}. */
    public synchronized <T> double sum(MetricDefinition metric, AttributeKey<T> attribute, T value) {
        return points(metric).stream()
                .filter(point -> value.equals(point.attributes().get(attribute)))
                .mapToDouble(Point::value)
                .sum();
    }

    /** The present values of a gauge; empty when nobody registered it. */
    public List<Reading> read(MetricDefinition gauge) {
        return gauges.getOrDefault(gauge.name(), List::of).get();
    }

    @Override
    public synchronized void add(MetricDefinition counter, long increment, Attributes attributes) {
        points.add(new Point(counter, increment, attributes));
    }

    @Override
    public synchronized void record(MetricDefinition histogram, double value, Attributes attributes) {
        points.add(new Point(histogram, value, attributes));
    }

    @Override
    public Registration gauge(MetricDefinition gauge, Supplier<List<Reading>> readings) {
        gauges.put(gauge.name(), readings);
        return () -> gauges.remove(gauge.name());
    }
}
