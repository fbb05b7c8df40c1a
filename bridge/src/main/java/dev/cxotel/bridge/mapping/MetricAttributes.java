package dev.cxotel.bridge.mapping;

import dev.cxotel.bridge.config.MappingConfig;
import dev.cxotel.semconv.MetricDefinition;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The allow-lists of metric attributes: what the registry gives a metric by default, and what configuration adds from
 * the metric's optional attributes. Nothing else reaches a metric, so that a payload cannot make series.
 */
public final class MetricAttributes {

    private final Map<String, List<String>> added;
    private final Set<String> disabled;
    private final Map<String, List<AttributeKey<?>>> allowed = new ConcurrentHashMap<>();

    public MetricAttributes(MappingConfig mapping) {
        this.added = mapping.metricAttributes();
        this.disabled = mapping.disabledMetrics();
    }

    /** Whether the metric is exported at all. */
    public boolean enabled(MetricDefinition metric) {
        return !disabled.contains(metric.name());
    }

    /** The part of an event's attributes that {@code metric} may carry. */
    public Attributes reduce(MetricDefinition metric, Attributes event) {
        AttributesBuilder reduced = Attributes.builder();
        for (AttributeKey<?> key : allowed.computeIfAbsent(metric.name(), name -> allowList(metric))) {
            copy(key, event, reduced);
        }
        return reduced.build();
    }

    private List<AttributeKey<?>> allowList(MetricDefinition metric) {
        List<AttributeKey<?>> keys = new ArrayList<>(metric.attributes());
        List<String> wanted = added.getOrDefault(metric.name(), List.of());
        for (AttributeKey<?> optional : metric.optionalAttributes()) {
            if (wanted.contains(optional.getKey()) && !keys.contains(optional)) {
                keys.add(optional);
            }
        }
        return List.copyOf(keys);
    }

    private static <T> void copy(AttributeKey<T> key, Attributes from, AttributesBuilder to) {
        T value = from.get(key);
        if (value != null) {
            to.put(key, value);
        }
    }
}
