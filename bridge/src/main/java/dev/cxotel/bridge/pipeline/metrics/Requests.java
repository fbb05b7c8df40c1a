package dev.cxotel.bridge.pipeline.metrics;

import dev.cxotel.bridge.otlp.dialect.Points;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How collected metrics are cut into requests. The order of points is kept. */
final class Requests {

    private static final int POINT_BYTES = 60;
    private static final int ATTRIBUTE_BYTES = 48;
    private static final int BUCKET_BYTES = 16;
    private static final int EXEMPLAR_BYTES = 70;

    private Requests() {}

    /**
     * As few requests as the limits allow.
     *
     * @param items most points of one
     * @param bytes most bytes of one, estimated; a request has at least one point
     */
    static List<List<MetricData>> of(List<MetricData> metrics, int items, long bytes) {
        List<List<MetricData>> requests = new ArrayList<>();
        List<MetricData> request = new ArrayList<>();
        long points = 0;
        long size = 0;
        for (MetricData metric : metrics) {
            List<PointData> some = new ArrayList<>();
            for (PointData point : metric.getData().getPoints()) {
                long more = size(point);
                if (points > 0 && (points + 1 > items || size + more > bytes)) {
                    add(request, metric, some);
                    requests.add(request);
                    request = new ArrayList<>();
                    some = new ArrayList<>();
                    points = 0;
                    size = 0;
                }
                some.add(point);
                points++;
                size += more;
            }
            add(request, metric, some);
        }
        if (!request.isEmpty()) {
            requests.add(request);
        }
        return requests;
    }

    /** One request per metric name, or empty when there is only one name. */
    static List<List<MetricData>> byName(List<MetricData> request) {
        Map<String, List<MetricData>> names = new LinkedHashMap<>();
        request.forEach(metric -> names.computeIfAbsent(metric.getName(), name -> new ArrayList<>())
                .add(metric));
        return names.size() < 2 ? List.of() : List.copyOf(names.values());
    }

    /** Two requests with half of the points each, or empty when there is only one point. */
    static List<List<MetricData>> halves(List<MetricData> request) {
        int points = points(request);
        return points < 2 ? List.of() : of(request, (points + 1) / 2, Long.MAX_VALUE);
    }

    static int points(List<MetricData> request) {
        return request.stream()
                .mapToInt(metric -> metric.getData().getPoints().size())
                .sum();
    }

    private static void add(List<MetricData> request, MetricData metric, List<PointData> points) {
        if (!points.isEmpty()) {
            boolean all = points.size() == metric.getData().getPoints().size();
            request.add(all ? metric : Points.of(metric, points));
        }
    }

    private static long size(PointData point) {
        long fixed =
                POINT_BYTES + (long) ATTRIBUTE_BYTES * point.getAttributes().size();
        fixed += (long) EXEMPLAR_BYTES * point.getExemplars().size();
        return switch (point) {
            case HistogramPointData histogram ->
                fixed + (long) BUCKET_BYTES * histogram.getCounts().size();
            case ExponentialHistogramPointData histogram ->
                fixed
                        + histogram.getPositiveBuckets().getBucketCounts().size()
                        + histogram.getNegativeBuckets().getBucketCounts().size();
            default -> fixed;
        };
    }
}
