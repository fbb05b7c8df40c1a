package dev.cxotel.bridge.late;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cxotel.bridge.event.Arrival;
import dev.cxotel.bridge.event.Event;
import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.event.Identity;
import dev.cxotel.bridge.signal.BodyDecoding;
import dev.cxotel.bridge.signal.BridgeLog;
import dev.cxotel.bridge.signal.Inspection;
import dev.cxotel.bridge.signal.Measurement;
import dev.cxotel.bridge.signal.Scope;
import dev.cxotel.bridge.signal.Slice;
import dev.cxotel.semconv.CxoneAttributes;
import dev.cxotel.semconv.CxoneEvents;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The slice of spans that were too old for a destination: each gives one log record with the span's ids, its end as time
 * and its attributes. Its events are derived and never received, so it belongs to the pipelines' decoder and not to that
 * of the door.
 */
public final class LateSpanSlice implements Slice {
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    /** The exporter groups by identity: equal resources must be one object. */
    private final Map<Attributes, Resource> resources = new ConcurrentHashMap<>();

    @Override
    public EventType type() {
        return EventType.LATE_SPAN;
    }

    @Override
    public boolean recognises(JsonNode document) {
        return SpanJson.recognises(document);
    }

    @Override
    public void decode(JsonNode document, BodyDecoding body) {
        LateSpan span = SpanJson.read(document);
        body.event(
                EventType.LATE_SPAN, new Identity(body.bodyHash(), body.bodyHash(), Identity.OnChange.REVISION), span);
    }

    @Override
    public Inspection inspect(Event event, Arrival arrival) {
        return Inspection.NOTHING;
    }

    @Override
    public Optional<Long> eventTime(Event event, Arrival arrival) {
        return Optional.of(span(event).endEpochNanos());
    }

    @Override
    public Resource resource(Event event, Arrival arrival) {
        return resources.computeIfAbsent(
                span(event).resource(), attributes -> Resource.create(attributes, Scope.SCHEMA_URL));
    }

    /** None: the span was too old. */
    @Override
    public Optional<SpanData> span(Event event, Arrival arrival) {
        return Optional.empty();
    }

    @Override
    public Optional<LogRecordData> log(Event event, Arrival arrival) {
        LateSpan span = span(event);
        AttributesBuilder attributes = span.attributes().toBuilder()
                .put(CxoneAttributes.CXONE_SPAN_NAME, span.name())
                .put(CxoneAttributes.CXONE_SPAN_DURATION, (span.endEpochNanos() - span.startEpochNanos()) / NANOS);
        if (!span.parentId().isEmpty()) {
            attributes.put(CxoneAttributes.CXONE_SPAN_PARENT_ID, span.parentId());
        }
        Attributes all = attributes.build();
        return Optional.of(new BridgeLog(
                CxoneEvents.CXONE_SPAN_LATE,
                span.endEpochNanos(),
                ChronoUnit.NANOS.between(Instant.EPOCH, arrival.receivedAt()),
                span.context(),
                span.failed() ? Severity.ERROR : Severity.INFO,
                "This record stands for a span that came too late for the backend.",
                all,
                all.size(),
                resource(event, arrival)));
    }

    /** None: the event that the span was made of has been measured. */
    @Override
    public List<Measurement> measurements(Event event, Arrival arrival) {
        return List.of();
    }

    private static LateSpan span(Event event) {
        if (event.payload() instanceof LateSpan span) {
            return span;
        }
        throw new IllegalArgumentException("not a late span: " + event.type());
    }
}
