package dev.cxotel.bridge.testing;

import dev.cxotel.bridge.telemetry.Telemetry;
import dev.cxotel.semconv.MetricDefinition;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A telemetry that remembers what was reported. */
public final class CountingTelemetry implements Telemetry {

    /** One report to a histogram. */
    public record Recorded(String metric, double value, Attributes attributes) {}

    private record Key(String metric, Attributes attributes) {}

    private final Map<Key, Long> counters = new ConcurrentHashMap<>();
    private final List<Recorded> recorded = new CopyOnWriteArrayList<>();
    private final Map<String, Supplier<List<Reading>>> gauges = new ConcurrentHashMap<>();

    @Override
    public void add(MetricDefinition counter, long increment, Attributes attributes) {
        counters.merge(new Key(counter.name(), attributes), increment, Long::sum);
    }

    @Override
    public void record(MetricDefinition histogram, double value, Attributes attributes) {
        recorded.add(new Recorded(histogram.name(), value, attributes));
    }

    @Override
    public Registration gauge(MetricDefinition gauge, Supplier<List<Reading>> readings) {
        gauges.put(gauge.name(), readings);
        return () -> gauges.remove(gauge.name());
    }

    /** The sum of the counter over all series. */
    public long count(MetricDefinition counter) {
        return counters.entrySet().stream()
                .filter(entry -> entry.getKey().metric().equals(counter.name()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** The sum of the counter over all series that have this attribute. */
    public long count(MetricDefinition counter, AttributeKey<String> key, String value) {
        return counters.entrySet().stream()
                .filter(entry -> entry.getKey().metric().equals(counter.name())
                        && value.equals(entry.getKey().attributes().get(key)))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    public List<Recorded> recorded(MetricDefinition histogram) {
        return recorded.stream()
                .filter(one -> one.metric().equals(histogram.name()))
                .toList();
    }

    public List<Reading> readings(MetricDefinition gauge) {
        return gauges.getOrDefault(gauge.name(), List::of).get();
    }
}
