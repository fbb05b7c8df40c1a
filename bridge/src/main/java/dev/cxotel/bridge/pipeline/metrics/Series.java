package dev.cxotel.bridge.pipeline.metrics;

import dev.cxotel.bridge.otlp.dialect.ZeroPoint;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.Optional;

/** One series of a destination. */
record Series(Resource resource, String metric, Attributes attributes) {

    static final AttributeKey<Boolean> OVERFLOW = AttributeKey.booleanKey("otel.metric.overflow");

    static Series of(MetricData metric, PointData point) {
        return new Series(metric.getResource(), metric.getName(), point.getAttributes());
    }

    /** Whether it stands for all that found no place below the cardinality limit. */
    boolean isOverflow() {
        return Boolean.TRUE.equals(attributes.get(OVERFLOW));
    }

    /** The measurements in a point of a counter or histogram; 0 for a gauge. */
    static long measurements(PointData point) {
        return switch (point) {
            case LongPointData sum -> sum.getValue();
            case HistogramPointData histogram -> histogram.getCount();
            case ExponentialHistogramPointData histogram -> histogram.getCount();
            default -> 0;
        };
    }

    /** The point that says that a cumulative series stood at zero when it began, at its own start; empty for a gauge. */
    static Optional<PointData> zero(MetricData metric, PointData point) {
        return ZeroPoint.of(metric, point, point.getStartEpochNanos());
    }
}
