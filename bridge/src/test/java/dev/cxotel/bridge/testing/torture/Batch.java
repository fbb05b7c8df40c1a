package dev.cxotel.bridge.testing.torture;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.cxotel.bridge.signal.Signal;
import dev.cxotel.bridge.testing.torture.NumberedContacts.Root;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * What one export request carried: numbered items or metrics.
 *
 * @param size of everything in it, items without a number included
 */
record Batch(Signal signal, List<Item> items, List<Metric> metrics, int size) {

    /**
     * A span or log record of a numbered event, or the root span of a numbered contact.
     *
     * @param number the event's, or the contact's
     * @param id the span id
     */
    record Item(int number, long id, Optional<Root> root) {}

    static Batch parse(Signal signal, byte[] gzipped) throws IOException {
        byte[] body;
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzipped))) {
            body = in.readAllBytes();
        }
        return switch (signal) {
            case TRACES -> spans(body);
            case LOGS -> logs(body);
            case METRICS -> metrics(body);
        };
    }

    private static Batch spans(byte[] body) throws InvalidProtocolBufferException {
        List<Item> items = new ArrayList<>();
        int size = 0;
        for (var resource : ExportTraceServiceRequest.parseFrom(body).getResourceSpansList()) {
            for (var scope : resource.getScopeSpansList()) {
                size += scope.getSpansCount();
                scope.getSpansList().forEach(span -> Root.of(span)
                        .ifPresentOrElse(
                                root -> items.add(new Item(root.contact(), root.id(), Optional.of(root))),
                                () -> add(items, span.getAttributesList(), span.getSpanId())));
            }
        }
        return new Batch(Signal.TRACES, items, List.of(), size);
    }

    private static Batch logs(byte[] body) throws InvalidProtocolBufferException {
        List<Item> items = new ArrayList<>();
        int size = 0;
        for (var resource : ExportLogsServiceRequest.parseFrom(body).getResourceLogsList()) {
            for (var scope : resource.getScopeLogsList()) {
                size += scope.getLogRecordsCount();
                scope.getLogRecordsList().forEach(log -> add(items, log.getAttributesList(), log.getSpanId()));
            }
        }
        return new Batch(Signal.LOGS, items, List.of(), size);
    }

    private static Batch metrics(byte[] body) throws InvalidProtocolBufferException {
        List<Metric> metrics = new ArrayList<>();
        ExportMetricsServiceRequest.parseFrom(body)
                .getResourceMetricsList()
                .forEach(resource ->
                        resource.getScopeMetricsList().forEach(scope -> metrics.addAll(scope.getMetricsList())));
        return new Batch(Signal.METRICS, List.of(), metrics, metrics.size());
    }

    private static void add(List<Item> items, List<KeyValue> attributes, ByteString id) {
        NumberedEvents.number(attributes)
                .ifPresent(number ->
                        items.add(new Item(number, id.asReadOnlyByteBuffer().getLong(), Optional.empty())));
    }
}
