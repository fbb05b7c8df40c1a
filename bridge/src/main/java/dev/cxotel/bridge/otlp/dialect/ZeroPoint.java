package dev.cxotel.bridge.otlp.dialect;

import io.opentelemetry.sdk.metrics.data.ExponentialHistogramBuckets;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The point that says that a cumulative series stood at zero before its first one. Without it a backend such as Prometheus
 * cannot see the first increase.
 */
public final class ZeroPoint {

    private ZeroPoint() {}

    /**
     * Of the series of {@code point}; empty for a gauge.
     *
     * @param epochNanos when it stood at zero; not before the point's start, and before its time
     */
    public static Optional<PointData> of(MetricData metric, PointData point, long epochNanos) {
        return switch (metric.getType()) {
            case LONG_SUM ->
                Optional.of(LongPointData.create(point.getStartEpochNanos(), epochNanos, point.getAttributes(), 0));
            case HISTOGRAM -> Optional.of(of((HistogramPointData) point, epochNanos));
            case EXPONENTIAL_HISTOGRAM -> Optional.of(of((ExponentialHistogramPointData) point, epochNanos));
            case DOUBLE_SUM, LONG_GAUGE, DOUBLE_GAUGE, SUMMARY -> Optional.empty();
        };
    }

    private static PointData of(HistogramPointData point, long epochNanos) {
        return HistogramPointData.create(
                point.getStartEpochNanos(),
                epochNanos,
                point.getAttributes(),
                0,
                false,
                0,
                false,
                0,
                point.getBoundaries(),
                Collections.nCopies(point.getCounts().size(), 0L));
    }

    private static PointData of(ExponentialHistogramPointData point, long epochNanos) {
        ExponentialHistogramBuckets none = ExponentialHistogramBuckets.create(point.getScale(), 0, List.of());
        return ExponentialHistogramPointData.create(
                point.getScale(),
                0,
                0,
                false,
                0,
                false,
                0,
                none,
                none,
                point.getStartEpochNanos(),
                epochNanos,
                point.getAttributes(),
                List.of());
    }
}
