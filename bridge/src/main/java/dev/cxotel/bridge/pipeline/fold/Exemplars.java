package dev.cxotel.bridge.pipeline.fold;

import dev.cxotel.bridge.otlp.dialect.Points;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.metrics.data.DoubleExemplarData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import java.util.List;

/**
 * The exemplars of histograms with explicit bounds under a chosen time. The SDK keeps the last one of each bucket, which
 * is the same whenever the same events are folded, but stamps it with the wall clock.
 */
final class Exemplars {
    private Exemplars() {}

    /** The metric with {@code epochNanos} as the time of its exemplars; one of another kind as it is. */
    static MetricData at(MetricData metric, long epochNanos) {
        if (metric.getType() != MetricDataType.HISTOGRAM) {
            return metric;
        }
        return Points.of(
                metric,
                metric.getHistogramData().getPoints().stream()
                        .map(point -> at(point, epochNanos))
                        .toList());
    }

    private static HistogramPointData at(HistogramPointData point, long epochNanos) {
        if (point.getExemplars().isEmpty()) {
            return point;
        }
        List<DoubleExemplarData> exemplars = point.getExemplars().stream()
                .<DoubleExemplarData>map(exemplar -> new Stamped(
                        exemplar.getValue(), epochNanos, exemplar.getSpanContext(), exemplar.getFilteredAttributes()))
                .toList();
        return new WithExemplars(point, exemplars);
    }

    /** A point with other exemplars. */
    private record WithExemplars(HistogramPointData point, List<DoubleExemplarData> exemplars)
            implements HistogramPointData {
        @Override
        public List<DoubleExemplarData> getExemplars() {
            return exemplars;
        }

        @Override
        public double getSum() {
            return point.getSum();
        }

        @Override
        public long getCount() {
            return point.getCount();
        }

        @Override
        public boolean hasMin() {
            return point.hasMin();
        }

        @Override
        public double getMin() {
            return point.getMin();
        }

        @Override
        public boolean hasMax() {
            return point.hasMax();
        }

        @Override
        public double getMax() {
            return point.getMax();
        }

        @Override
        public List<Double> getBoundaries() {
            return point.getBoundaries();
        }

        @Override
        public List<Long> getCounts() {
            return point.getCounts();
        }

        @Override
        public long getStartEpochNanos() {
            return point.getStartEpochNanos();
        }

        @Override
        public long getEpochNanos() {
            return point.getEpochNanos();
        }

        @Override
        public Attributes getAttributes() {
            return point.getAttributes();
        }
    }

    /** An exemplar under another time. */
    private record Stamped(double value, long epochNanos, SpanContext context, Attributes filtered)
            implements DoubleExemplarData {
        @Override
        public double getValue() {
            return value;
        }

        @Override
        public long getEpochNanos() {
            return epochNanos;
        }

        @Override
        public SpanContext getSpanContext() {
            return context;
        }

        @Override
        public Attributes getFilteredAttributes() {
            return filtered;
        }
    }
}
