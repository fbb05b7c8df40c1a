package dev.cxotel.bridge.pipeline;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramBuckets;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.Collections;
import java.util.List;
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

    /**
     * The point that says that a cumulative series stood at zero when it began, at the series' own start. Without it a
     * backend cannot see the first increase. Empty for a gauge.
     */
    static Optional<PointData> zero(MetricData metric, PointData point) {
        long start = point.getStartEpochNanos();
        return switch (metric.getType()) {
            case LONG_SUM -> Optional.of(LongPointData.create(start, start, point.getAttributes(), 0));
            case HISTOGRAM -> Optional.of(zero((HistogramPointData) point, start));
            case EXPONENTIAL_HISTOGRAM -> Optional.of(zero((ExponentialHistogramPointData) point, start));
            case DOUBLE_SUM, LONG_GAUGE, DOUBLE_GAUGE, SUMMARY -> Optional.empty();
        };
    }

    private static PointData zero(HistogramPointData point, long start) {
        return HistogramPointData.create(
                start,
                start,
                point.getAttributes(),
                0,
                false,
                0,
                false,
                0,
                point.getBoundaries(),
                Collections.nCopies(point.getCounts().size(), 0L));
    }

    private static PointData zero(ExponentialHistogramPointData point, long start) {
        ExponentialHistogramBuckets none = ExponentialHistogramBuckets.create(point.getScale(), 0, List.of());
        return ExponentialHistogramPointData.create(
                point.getScale(), 0, 0, false, 0, false, 0, none, none, start, start, point.getAttributes(), List.of());
    }
}
