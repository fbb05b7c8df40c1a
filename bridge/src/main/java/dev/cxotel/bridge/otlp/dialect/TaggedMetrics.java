package dev.cxotel.bridge.otlp.dialect;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.util.Collection;
import java.util.List;

/**
 * An exporter that repeats attributes of the resource on each point, for a backend that knows a series by its points'
 * attributes alone: without them the replicas of one bridge would overwrite each other. Exemplars are not carried over; the
 * bridge's own metrics have none.
 */
public final class TaggedMetrics extends ForwardedMetrics {

    private final List<String> names;

    /** @param names of the attributes of the resource */
    public TaggedMetrics(MetricExporter exporter, List<String> names) {
        super(exporter);
        this.names = List.copyOf(names);
    }

    @Override
    public CompletableResultCode export(Collection<MetricData> metrics) {
        return exporter.export(metrics.stream().map(this::tagged).toList());
    }

    private MetricData tagged(MetricData metric) {
        Attributes resource = metric.getResource().getAttributes();
        AttributesBuilder more = Attributes.builder();
        resource.forEach((key, value) -> {
            if (names.contains(key.getKey())) {
                put(more, key, value);
            }
        });
        Attributes tags = more.build();
        return Points.of(
                metric,
                Points.in(metric).stream().map(point -> with(tags, point)).toList());
    }

    private static PointData with(Attributes tags, PointData point) {
        Attributes all = point.getAttributes().toBuilder().putAll(tags).build();
        return switch (point) {
            case LongPointData number ->
                LongPointData.create(number.getStartEpochNanos(), number.getEpochNanos(), all, number.getValue());
            case DoublePointData number ->
                DoublePointData.create(
                        number.getStartEpochNanos(), number.getEpochNanos(), all, number.getValue(), List.of());
            case HistogramPointData histogram ->
                HistogramPointData.create(
                        histogram.getStartEpochNanos(),
                        histogram.getEpochNanos(),
                        all,
                        histogram.getSum(),
                        histogram.hasMin(),
                        histogram.getMin(),
                        histogram.hasMax(),
                        histogram.getMax(),
                        histogram.getBoundaries(),
                        histogram.getCounts());
            case ExponentialHistogramPointData histogram ->
                ExponentialHistogramPointData.create(
                        histogram.getScale(),
                        histogram.getSum(),
                        histogram.getZeroCount(),
                        histogram.hasMin(),
                        histogram.getMin(),
                        histogram.hasMax(),
                        histogram.getMax(),
                        histogram.getPositiveBuckets(),
                        histogram.getNegativeBuckets(),
                        histogram.getStartEpochNanos(),
                        histogram.getEpochNanos(),
                        all,
                        List.of());
            default -> point;
        };
    }

    @SuppressWarnings("unchecked") // the value is the key's own
    private static void put(AttributesBuilder builder, AttributeKey<?> key, Object value) {
        builder.put((AttributeKey<Object>) key, value);
    }
}
