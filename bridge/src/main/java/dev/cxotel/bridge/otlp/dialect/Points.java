package dev.cxotel.bridge.otlp.dialect;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.List;

/**
 * A metric with some other points than the one it was made from.
 *
 * @param metric everything but the points
 */
public record Points(MetricData metric, Data<?> data) implements MetricData {

    /** The same metric with these of its points, or with others of the same kind. */
    public static MetricData of(MetricData metric, List<? extends PointData> points) {
        return new Points(metric instanceof Points other ? other.metric : metric, data(metric, points));
    }

    /** The metric's points. */
    public static List<PointData> in(MetricData metric) {
        return List.copyOf(metric.getData().getPoints());
    }

    private static Data<?> data(MetricData metric, List<? extends PointData> points) {
        return switch (metric.getType()) {
            case LONG_SUM -> {
                SumData<LongPointData> sum = metric.getLongSumData();
                yield SumData.createLongSumData(
                        sum.isMonotonic(), sum.getAggregationTemporality(), all(LongPointData.class, points));
            }
            case DOUBLE_SUM -> {
                SumData<DoublePointData> sum = metric.getDoubleSumData();
                yield SumData.createDoubleSumData(
                        sum.isMonotonic(), sum.getAggregationTemporality(), all(DoublePointData.class, points));
            }
            case LONG_GAUGE -> GaugeData.createLongGaugeData(all(LongPointData.class, points));
            case DOUBLE_GAUGE -> GaugeData.createDoubleGaugeData(all(DoublePointData.class, points));
            case HISTOGRAM ->
                HistogramData.create(
                        metric.getHistogramData().getAggregationTemporality(), all(HistogramPointData.class, points));
            case EXPONENTIAL_HISTOGRAM ->
                ExponentialHistogramData.create(
                        metric.getExponentialHistogramData().getAggregationTemporality(),
                        all(ExponentialHistogramPointData.class, points));
            case SUMMARY -> throw new IllegalArgumentException("no instrument makes summaries");
        };
    }

    private static <P extends PointData> List<P> all(Class<P> type, List<? extends PointData> points) {
        return points.stream().map(type::cast).toList();
    }

    @Override
    public Resource getResource() {
        return metric.getResource();
    }

    @Override
    public InstrumentationScopeInfo getInstrumentationScopeInfo() {
        return metric.getInstrumentationScopeInfo();
    }

    @Override
    public String getName() {
        return metric.getName();
    }

    @Override
    public String getDescription() {
        return metric.getDescription();
    }

    @Override
    public String getUnit() {
        return metric.getUnit();
    }

    @Override
    public MetricDataType getType() {
        return metric.getType();
    }

    @Override
    public Data<?> getData() {
        return data;
    }
}
