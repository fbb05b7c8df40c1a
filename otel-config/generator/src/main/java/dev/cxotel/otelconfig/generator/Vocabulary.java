package dev.cxotel.otelconfig.generator;

import dev.cxotel.semconv.CxoneMetrics;
import dev.cxotel.semconv.CxotelMetrics;
import dev.cxotel.semconv.MetricDefinition;
import io.opentelemetry.api.common.AttributeKey;
import java.lang.reflect.Field;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The metrics that the registry defines, by name. */
final class Vocabulary {

    private final Map<String, MetricDefinition> metrics = new TreeMap<>();

    Vocabulary() {
        Stream.of(CxoneMetrics.class, CxotelMetrics.class)
                .flatMap(type -> Stream.of(type.getFields()))
                .forEach(field -> {
                    if (value(field) instanceof MetricDefinition metric) {
                        metrics.put(metric.name(), metric);
                    }
                });
    }

    Optional<MetricDefinition> metric(String name) {
        return Optional.ofNullable(metrics.get(name));
    }

    /** The names of all metrics, sorted. */
    Set<String> names() {
        return Collections.unmodifiableSet(metrics.keySet());
    }

    /** Whether the metric can carry the attribute, by default or by configuration. */
    static boolean carries(MetricDefinition metric, String attribute) {
        return Stream.concat(metric.attributes().stream(), metric.optionalAttributes().stream())
                .map(AttributeKey::getKey)
                .anyMatch(attribute::equals);
    }

    private static Object value(Field field) {
        try {
            return field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
