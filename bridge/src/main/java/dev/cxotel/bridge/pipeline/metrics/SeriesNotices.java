package dev.cxotel.bridge.pipeline.metrics;

import dev.cxotel.bridge.otlp.dialect.Points;
import dev.cxotel.semconv.CxoneMetrics;
import dev.cxotel.semconv.MetricDefinition;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The warnings that a metric runs out of series: one at 80 % of the limit, while nothing is lost yet, one when the first
 * measurement went into the overflow series. Each names the attributes with most values and the key to change, and no
 * value. The series themselves, which the limit bounds, are what is counted. For one thread.
 */
final class SeriesNotices {

    private static final Logger log = LoggerFactory.getLogger(SeriesNotices.class);

    private static final double NEARLY = 0.8;
    private static final int NAMED = 3;

    private final String destination;
    private final int limit;
    private final Map<String, Fullness> said = new HashMap<>();

    SeriesNotices(String destination, int limit) {
        this.destination = destination;
        this.limit = limit;
    }

    /** Looks at what was collected, resource by resource. */
    void look(List<MetricData> metrics) {
        for (MetricData metric : metrics) {
            List<PointData> points = Points.in(metric);
            Fullness now = fullness(metric, points);
            Fullness before = said.getOrDefault(metric.getName(), Fullness.ROOM);
            if (now.compareTo(before) > 0) {
                said.put(metric.getName(), now);
                warn(metric.getName(), now, points);
            }
        }
    }

    private Fullness fullness(MetricData metric, List<PointData> points) {
        if (points.stream().anyMatch(point -> Series.of(metric, point).isOverflow())) {
            return Fullness.OVERFLOWING;
        }
        return points.size() >= limit * NEARLY ? Fullness.NEARLY : Fullness.ROOM;
    }

    private void warn(String metric, Fullness fullness, List<PointData> points) {
        log.warn(
                "{}: {} has {} series {} mapping.cardinality_limit, which is {}; {}. Attributes with most values: {}."
                        + " Take attributes out of mapping.metrics.\"{}\".add or raise mapping.cardinality_limit.",
                destination,
                metric,
                points.size(),
                fullness == Fullness.NEARLY ? "and comes near" : "and is at",
                limit,
                fullness == Fullness.NEARLY
                        ? "beyond it measurements lose their attributes"
                        : "further ones lose their attributes and count as otel.metric.overflow",
                richest(metric, points),
                metric);
    }

    /** Such as {@code cxone.team.name 1204 (added by configuration), cxone.data_source 3}. */
    private static String richest(String metric, List<PointData> points) {
        Map<AttributeKey<?>, Set<Object>> values = new HashMap<>();
        points.forEach(point -> point.getAttributes()
                .forEach((key, value) ->
                        values.computeIfAbsent(key, any -> new HashSet<>()).add(value)));
        Set<AttributeKey<?>> optional = optional(metric);
        return values.entrySet().stream()
                .filter(attribute -> !attribute.getKey().equals(Series.OVERFLOW))
                .sorted(Comparator.comparingInt((Map.Entry<AttributeKey<?>, Set<Object>> attribute) ->
                                -attribute.getValue().size())
                        .thenComparing(attribute -> attribute.getKey().getKey()))
                .limit(NAMED)
                .map(attribute -> attribute.getKey().getKey() + " "
                        + attribute.getValue().size()
                        + (optional.contains(attribute.getKey()) ? " (added by configuration)" : ""))
                .collect(Collectors.joining(", "));
    }

    private static Set<AttributeKey<?>> optional(String metric) {
        return CxoneMetrics.ALL.stream()
                .filter(definition -> definition.name().equals(metric))
                .findFirst()
                .map(MetricDefinition::optionalAttributes)
                .map(Set::copyOf)
                .orElse(Set.of());
    }

    private enum Fullness {
        ROOM,
        NEARLY,
        OVERFLOWING
    }
}
