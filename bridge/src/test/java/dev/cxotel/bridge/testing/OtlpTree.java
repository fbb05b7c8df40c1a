package dev.cxotel.bridge.testing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.cxotel.bridge.event.Arrival;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Decoding;
import dev.cxotel.bridge.event.Event;
import dev.cxotel.bridge.event.Finding;
import dev.cxotel.bridge.signal.Measurement;
import dev.cxotel.bridge.signal.Slice;
import dev.cxotel.bridge.signal.Slices;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.exporter.internal.marshal.Marshaler;
import io.opentelemetry.exporter.internal.otlp.logs.LogsRequestMarshaler;
import io.opentelemetry.exporter.internal.otlp.traces.TraceRequestMarshaler;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that becomes of one body, as a tree that is easy to state facts about. Spans and log records are marshalled by
 * OpenTelemetry's own exporter to OTLP bytes and read back with the protocol's own classes, so that what is compared is
 * what a backend sees.
 *
 * <pre>
 * not_json: the problem's sentence, when the body is not JSON
 * findings: ["unknown_field Foo", …]      of decoding, sorted, each once
 * unreadable: [unreadable_time, …]
 * distinct: the number of different contents; a repeat of one is dropped
 * events:
 *   - type: voice_quality
 *     identity: { key: hex, content: hex }
 *     findings: ["missing AvgRtt", …]     of the mapping, sorted
 *     event_time: 2024-03-26T13:57:47.009Z
 *     resource: { service.name: cxone-voice }
 *     span: { name, kind, trace_id, span_id, parent_span_id, start, end, status, description, dropped, attributes: {} }
 *     log: { event_name, time, observed, severity, body, trace_id, span_id, dropped, attributes: {} }
 *     metrics: { cxone.voice.mos: { value: 4.2, unit: "{score}", attributes: {} } }
 * </pre>
 */
final class OtlpTree {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private OtlpTree() {}

    static ObjectNode of(Bytes body, Slices slices, String subscription, Instant receivedAt) {
        ObjectNode tree = NODES.objectNode();
        switch (slices.decode(body)) {
            case Decoding.NotJson notJson -> tree.put("not_json", notJson.problem());
            case Decoding.Decoded decoded -> {
                Arrival arrival = new Arrival(subscription, receivedAt, body.sha256(), 0);
                tree.set("findings", findings(decoded.findings()));
                ArrayNode unreadable = tree.putArray("unreadable");
                decoded.unreadable().forEach(part -> unreadable.add(part.reason()));
                tree.put(
                        "distinct",
                        decoded.events().stream()
                                .map(event -> event.identity().content())
                                .distinct()
                                .count());
                ArrayNode events = tree.putArray("events");
                decoded.events()
                        .forEach(event -> events.add(event(
                                event, arrival, slices.forType(event.type()).orElseThrow())));
            }
        }
        return tree;
    }

    private static ObjectNode event(Event event, Arrival arrival, Slice slice) {
        ObjectNode tree = NODES.objectNode();
        tree.put("type", event.type().configName());
        tree.putObject("identity")
                .put("key", event.identity().key().hex())
                .put("content", event.identity().content().hex());
        tree.set("findings", findings(slice.inspect(event, arrival).findings()));
        slice.eventTime(event, arrival).ifPresent(time -> tree.put("event_time", instant(time)));
        slice.span(event, arrival).ifPresent(span -> {
            ResourceSpans spans = traces(TraceRequestMarshaler.create(List.of(span)));
            tree.set("resource", attributes(spans.getResource().getAttributesList()));
            tree.put("schema_url", spans.getSchemaUrl());
            tree.set("span", span(spans.getScopeSpans(0).getSpans(0)));
        });
        slice.log(event, arrival).ifPresent(log -> {
            ResourceLogs logs = logs(LogsRequestMarshaler.create(List.of(log)));
            tree.set("log", log(logs.getScopeLogs(0).getLogRecords(0)));
        });
        tree.set("metrics", metrics(slice.measurements(event, arrival)));
        return tree;
    }

    private static ArrayNode findings(List<Finding> findings) {
        ArrayNode tree = NODES.arrayNode();
        GoldenCases.sorted(findings.stream().map(finding -> finding.kind().configName() + " " + finding.field()))
                .forEach(tree::add);
        return tree;
    }

    private static ObjectNode span(Span span) {
        ObjectNode tree = NODES.objectNode()
                .put("name", span.getName())
                .put("kind", span.getKind().name().replace("SPAN_KIND_", ""))
                .put("trace_id", hex(span.getTraceId()))
                .put("span_id", hex(span.getSpanId()))
                .put("parent_span_id", hex(span.getParentSpanId()))
                .put("start", instant(span.getStartTimeUnixNano()))
                .put("end", instant(span.getEndTimeUnixNano()))
                .put("status", span.getStatus().getCode().name().replace("STATUS_CODE_", ""))
                .put("description", span.getStatus().getMessage())
                .put("dropped", span.getDroppedAttributesCount());
        tree.set("attributes", attributes(span.getAttributesList()));
        return tree;
    }

    private static ObjectNode log(LogRecord log) {
        ObjectNode tree = NODES.objectNode()
                .put("event_name", log.getEventName())
                .put("time", instant(log.getTimeUnixNano()))
                .put("observed", instant(log.getObservedTimeUnixNano()))
                .put("severity", log.getSeverityNumber().name().replace("SEVERITY_NUMBER_", ""))
                .put("severity_text", log.getSeverityText())
                .put("body", log.getBody().getStringValue())
                .put("trace_id", hex(log.getTraceId()))
                .put("span_id", hex(log.getSpanId()))
                .put("dropped", log.getDroppedAttributesCount());
        tree.set("attributes", attributes(log.getAttributesList()));
        return tree;
    }

    private static ObjectNode metrics(List<Measurement> measurements) {
        ObjectNode tree = NODES.objectNode();
        measurements.stream()
                .sorted(Comparator.comparing(measurement -> measurement.metric().name()))
                .forEach(measurement -> {
                    ObjectNode metric = tree.putObject(measurement.metric().name())
                            .put("value", java.math.BigDecimal.valueOf(measurement.value()))
                            .put("unit", measurement.metric().unit())
                            .put("exemplar", measurement.span().getSpanId());
                    Map<String, String> sorted = new TreeMap<>();
                    measurement
                            .attributes()
                            .forEach((AttributeKey<?> key, Object value) -> sorted.put(key.getKey(), value.toString()));
                    ObjectNode attributes = metric.putObject("attributes");
                    sorted.forEach(attributes::put);
                });
        return tree;
    }

    private static ObjectNode attributes(List<KeyValue> attributes) {
        Map<String, AnyValue> sorted = new TreeMap<>();
        attributes.forEach(attribute -> sorted.put(attribute.getKey(), attribute.getValue()));
        ObjectNode tree = NODES.objectNode();
        sorted.forEach((key, value) -> {
            switch (value.getValueCase()) {
                case STRING_VALUE -> tree.put(key, value.getStringValue());
                case BOOL_VALUE -> tree.put(key, value.getBoolValue());
                case INT_VALUE -> tree.put(key, value.getIntValue());
                case DOUBLE_VALUE -> tree.put(key, java.math.BigDecimal.valueOf(value.getDoubleValue()));
                default -> tree.put(key, value.toString());
            }
        });
        return tree;
    }

    private static ResourceSpans traces(Marshaler request) {
        try {
            return ExportTraceServiceRequest.parseFrom(bytes(request)).getResourceSpans(0);
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ResourceLogs logs(Marshaler request) {
        try {
            return ExportLogsServiceRequest.parseFrom(bytes(request)).getResourceLogs(0);
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Marshaler request) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            request.writeBinaryTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String hex(ByteString bytes) {
        return java.util.HexFormat.of().formatHex(bytes.toByteArray());
    }

    private static String instant(long epochNanos) {
        return Optional.of(epochNanos)
                .map(nanos -> Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000))
                .map(Instant::toString)
                .orElseThrow();
    }
}
