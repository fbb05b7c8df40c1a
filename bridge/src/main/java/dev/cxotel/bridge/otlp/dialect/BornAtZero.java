package dev.cxotel.bridge.otlp.dialect;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An exporter that sends, before the first point of each cumulative series, that it stood at zero: at the time of the export
 * before, or at the series' start. An SDK does not, and so {@code increase()} of a counter that is born with 1 and stays
 * there is 0, and an alert on it never fires.
 */
public final class BornAtZero extends ForwardedMetrics {

    private final Set<Series> known = ConcurrentHashMap.newKeySet();
    private volatile long lastEpochNanos;

    public BornAtZero(MetricExporter exporter) {
        super(exporter);
    }

    /** One series of the bridge's only resource. */
    private record Series(String metric, Attributes attributes) {}

    @Override
    public CompletableResultCode export(Collection<MetricData> metrics) {
        List<MetricData> all = new ArrayList<>();
        Set<Series> born = new HashSet<>();
        long latest = lastEpochNanos;
        for (MetricData metric : metrics) {
            List<PointData> zeros = new ArrayList<>();
            for (PointData point : metric.getData().getPoints()) {
                latest = Math.max(latest, point.getEpochNanos());
                Series series = new Series(metric.getName(), point.getAttributes());
                if (isCumulative(metric) && !known.contains(series) && born.add(series)) {
                    long before = Math.max(lastEpochNanos, point.getStartEpochNanos());
                    ZeroPoint.of(metric, point, before).ifPresent(zeros::add);
                }
            }
            if (!zeros.isEmpty()) {
                all.add(Points.of(metric, zeros));
            }
            all.add(metric);
        }
        long sent = latest;
        CompletableResultCode result = exporter.export(all);
        return result.whenComplete(() -> {
            if (result.isSuccess()) {
                known.addAll(born);
                lastEpochNanos = sent;
            }
        });
    }

    /** Only what can but rise begins at zero. */
    private static boolean isCumulative(MetricData metric) {
        return switch (metric.getType()) {
            case LONG_SUM ->
                metric.getLongSumData().isMonotonic()
                        && metric.getLongSumData().getAggregationTemporality() == AggregationTemporality.CUMULATIVE;
            case HISTOGRAM ->
                metric.getHistogramData().getAggregationTemporality() == AggregationTemporality.CUMULATIVE;
            case EXPONENTIAL_HISTOGRAM ->
                metric.getExponentialHistogramData().getAggregationTemporality() == AggregationTemporality.CUMULATIVE;
            case DOUBLE_SUM, LONG_GAUGE, DOUBLE_GAUGE, SUMMARY -> false;
        };
    }
}
