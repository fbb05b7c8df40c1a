package dev.cxotel.bridge.preview;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.cxotel.bridge.preview.PreviewPoint.Kind;
import dev.cxotel.bridge.preview.PreviewPoint.Series;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The bytes of an OTLP export request, read into the preview's own words. */
final class OtlpRequest {

    private OtlpRequest() {}

    static List<PreviewSpan> spans(byte[] body) throws InvalidProtocolBufferException {
        List<PreviewSpan> spans = new ArrayList<>();
        for (ResourceSpans resource : ExportTraceServiceRequest.parseFrom(body).getResourceSpansList()) {
            String service = service(resource.getResource().getAttributesList());
            resource.getScopeSpansList().stream()
                    .flatMap(scope -> scope.getSpansList().stream())
                    .forEach(span -> spans.add(span(service, span)));
        }
        return spans;
    }

    static List<PreviewLog> logs(byte[] body) throws InvalidProtocolBufferException {
        List<PreviewLog> logs = new ArrayList<>();
        for (ResourceLogs resource : ExportLogsServiceRequest.parseFrom(body).getResourceLogsList()) {
            String service = service(resource.getResource().getAttributesList());
            resource.getScopeLogsList().stream()
                    .flatMap(scope -> scope.getLogRecordsList().stream())
                    .forEach(log -> logs.add(log(service, log)));
        }
        return logs;
    }

    static List<PreviewPoint> points(byte[] body) throws InvalidProtocolBufferException {
        List<PreviewPoint> points = new ArrayList<>();
        for (ResourceMetrics resource :
                ExportMetricsServiceRequest.parseFrom(body).getResourceMetricsList()) {
            Map<String, Object> attributes = attributes(resource.getResource().getAttributesList());
            resource.getScopeMetricsList().stream()
                    .flatMap(scope -> scope.getMetricsList().stream())
                    .flatMap(metric -> points(attributes, metric))
                    .forEach(points::add);
        }
        return points;
    }

    private static PreviewSpan span(String service, Span span) {
        return new PreviewSpan(
                hex(span.getTraceId()),
                hex(span.getSpanId()),
                hex(span.getParentSpanId()),
                service,
                span.getName(),
                instant(span.getStartTimeUnixNano()),
                instant(span.getEndTimeUnixNano()),
                span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR,
                span.getStatus().getMessage(),
                attributes(span.getAttributesList()));
    }

    private static PreviewLog log(String service, LogRecord log) {
        Map<String, Object> attributes = attributes(log.getAttributesList());
        String eventName = log.getEventName().isEmpty()
                ? String.valueOf(attributes.getOrDefault("event.name", ""))
                : log.getEventName();
        return new PreviewLog(
                hex(log.getTraceId()),
                hex(log.getSpanId()),
                service,
                eventName,
                log.getSeverityText().isEmpty()
                        ? log.getSeverityNumber().name().replace("SEVERITY_NUMBER_", "")
                        : log.getSeverityText(),
                instant(log.getTimeUnixNano()),
                String.valueOf(value(log.getBody())),
                attributes);
    }

    private static Stream<PreviewPoint> points(Map<String, Object> resource, Metric metric) {
        return switch (metric.getDataCase()) {
            case GAUGE ->
                metric.getGauge().getDataPointsList().stream()
                        .map(point -> number(resource, metric, Kind.GAUGE, point));
            case SUM ->
                metric.getSum().getDataPointsList().stream()
                        .map(point ->
                                number(resource, metric, kind(metric.getSum().getAggregationTemporality()), point));
            case HISTOGRAM ->
                metric.getHistogram().getDataPointsList().stream()
                        .map(point -> histogram(
                                resource, metric, kind(metric.getHistogram().getAggregationTemporality()), point));
            case EXPONENTIAL_HISTOGRAM ->
                metric.getExponentialHistogram().getDataPointsList().stream()
                        .map(point -> exponential(
                                resource,
                                metric,
                                kind(metric.getExponentialHistogram().getAggregationTemporality()),
                                point));
            case SUMMARY, DATA_NOT_SET -> Stream.empty();
        };
    }

    private static PreviewPoint number(Map<String, Object> resource, Metric metric, Kind kind, NumberDataPoint point) {
        double value = point.hasAsInt() ? point.getAsInt() : point.getAsDouble();
        return new PreviewPoint(
                series(resource, metric, point.getAttributesList()),
                kind,
                point.getStartTimeUnixNano(),
                point.getTimeUnixNano(),
                Amount.number(value));
    }

    private static PreviewPoint histogram(
            Map<String, Object> resource, Metric metric, Kind kind, HistogramDataPoint point) {
        Map<Amount.Range, Long> buckets = new TreeMap<>();
        int bounds = point.getExplicitBoundsCount();
        for (int i = 0; i < point.getBucketCountsCount(); i++) {
            double lower = i == 0 ? Double.NEGATIVE_INFINITY : point.getExplicitBounds(i - 1);
            double upper = i < bounds ? point.getExplicitBounds(i) : Double.POSITIVE_INFINITY;
            buckets.put(new Amount.Range(lower, upper), point.getBucketCounts(i));
        }
        return new PreviewPoint(
                series(resource, metric, point.getAttributesList()),
                kind,
                point.getStartTimeUnixNano(),
                point.getTimeUnixNano(),
                new Amount(point.getCount(), point.getSum(), buckets));
    }

    private static PreviewPoint exponential(
            Map<String, Object> resource, Metric metric, Kind kind, ExponentialHistogramDataPoint point) {
        Map<Amount.Range, Long> buckets = new TreeMap<>();
        double base = Math.pow(2, Math.pow(2, -point.getScale()));
        put(buckets, base, point.getPositive(), 1);
        put(buckets, base, point.getNegative(), -1);
        if (point.getZeroCount() > 0) {
            buckets.put(new Amount.Range(0, 0), point.getZeroCount());
        }
        return new PreviewPoint(
                series(resource, metric, point.getAttributesList()),
                kind,
                point.getStartTimeUnixNano(),
                point.getTimeUnixNano(),
                new Amount(point.getCount(), point.getSum(), buckets));
    }

    private static void put(
            Map<Amount.Range, Long> buckets, double base, ExponentialHistogramDataPoint.Buckets from, int sign) {
        for (int i = 0; i < from.getBucketCountsCount(); i++) {
            double near = sign * Math.pow(base, from.getOffset() + i);
            double far = sign * Math.pow(base, from.getOffset() + i + 1);
            buckets.put(new Amount.Range(Math.min(near, far), Math.max(near, far)), from.getBucketCounts(i));
        }
    }

    private static Series series(Map<String, Object> resource, Metric metric, List<KeyValue> attributes) {
        return new Series(metric.getName(), metric.getUnit(), resource, attributes(attributes));
    }

    private static Kind kind(AggregationTemporality temporality) {
        return temporality == AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA ? Kind.DELTA : Kind.CUMULATIVE;
    }

    private static String service(List<KeyValue> resource) {
        return String.valueOf(attributes(resource).getOrDefault("service.name", ""));
    }

    private static Map<String, Object> attributes(List<KeyValue> all) {
        Map<String, Object> attributes = new TreeMap<>();
        all.forEach(attribute -> attributes.put(attribute.getKey(), value(attribute.getValue())));
        return attributes;
    }

    private static Object value(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> value.getBoolValue();
            case INT_VALUE -> value.getIntValue();
            case DOUBLE_VALUE -> value.getDoubleValue();
            case ARRAY_VALUE ->
                value.getArrayValue().getValuesList().stream()
                        .map(OtlpRequest::value)
                        .toList();
            case KVLIST_VALUE -> attributes(value.getKvlistValue().getValuesList());
            case BYTES_VALUE -> hex(value.getBytesValue());
            default -> "";
        };
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000);
    }
}
