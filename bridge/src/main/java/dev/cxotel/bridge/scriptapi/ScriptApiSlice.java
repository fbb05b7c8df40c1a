package dev.cxotel.bridge.scriptapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cxotel.bridge.config.MappingConfig;
import dev.cxotel.bridge.event.Activity;
import dev.cxotel.bridge.event.Arrival;
import dev.cxotel.bridge.event.Event;
import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.event.Ids;
import dev.cxotel.bridge.mapping.AttributeSet;
import dev.cxotel.bridge.mapping.ContactKey;
import dev.cxotel.bridge.mapping.MetricAttributes;
import dev.cxotel.bridge.mapping.Resources;
import dev.cxotel.bridge.mapping.ServiceKind;
import dev.cxotel.bridge.mapping.Times;
import dev.cxotel.bridge.mapping.Traces;
import dev.cxotel.bridge.signal.BodyDecoding;
import dev.cxotel.bridge.signal.BridgeLog;
import dev.cxotel.bridge.signal.BridgeSpan;
import dev.cxotel.bridge.signal.Inspection;
import dev.cxotel.bridge.signal.Measurement;
import dev.cxotel.bridge.signal.Slice;
import dev.cxotel.semconv.CxoneEvents;
import dev.cxotel.semconv.CxoneMetrics;
import dev.cxotel.semconv.MetricDefinition;
import dev.cxotel.semconv.StandardMetrics;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The slice of script API events: each call gives one CLIENT span, one duration when it says how long it took, and a log
 * event when it failed.
 */
public final class ScriptApiSlice implements Slice {

    /** Ours, and OpenTelemetry's own, which is off unless configuration says otherwise. */
    private static final List<MetricDefinition> DURATIONS =
            List.of(CxoneMetrics.CXONE_SCRIPT_API_DURATION, StandardMetrics.HTTP_CLIENT_REQUEST_DURATION);

    private final MappingConfig mapping;
    private final Map<String, ZoneId> zones;
    private final Resources resources;
    private final Traces traces;
    private final CallAttributes attributes;
    private final MetricAttributes metricAttributes;
    private final SpanName spanName;

    /**
     * @param zones of zone-less times, by the subscription's name; one that is not there has the mapping's zone
     */
    public ScriptApiSlice(MappingConfig mapping, Map<String, ZoneId> zones, Resources resources) {
        this.mapping = mapping;
        this.zones = Map.copyOf(zones);
        this.resources = resources;
        this.traces = new Traces(mapping);
        this.attributes = new CallAttributes(mapping, traces);
        this.metricAttributes = new MetricAttributes(mapping);
        this.spanName = new SpanName(mapping.spanName());
    }

    @Override
    public EventType type() {
        return EventType.SCRIPT_API;
    }

    /** Recognises an entry of {@code metadata}, not the envelope around it. */
    @Override
    public boolean recognises(JsonNode document) {
        return Entry.recognises(document);
    }

    @Override
    public void decode(JsonNode document, BodyDecoding body) {
        CallDecoder.decode(document, body);
    }

    @Override
    public Inspection inspect(Event event, Arrival arrival) {
        Interpretation interpretation = interpretation(event, arrival);
        return Inspection.of(CallFindings.of(
                interpretation, attributes.ofSpan(interpretation).cutNames()));
    }

    /** The call's {@code dateTime} in the subscription's zone; may be in the future. */
    @Override
    public Optional<Long> eventTime(Event event, Arrival arrival) {
        CallTime time = call(event).time();
        if (time == null) {
            return Optional.empty();
        }
        Instant own = time.in(zone(arrival));
        boolean meant = Times.usable(own, arrival.receivedAt()) || own.isAfter(arrival.receivedAt());
        return meant ? Optional.of(Times.epochNanos(own)) : Optional.empty();
    }

    @Override
    public Optional<Activity> activity(Event event, Arrival arrival) {
        Interpretation interpretation = interpretation(event, arrival);
        ScriptApiCall call = interpretation.call();
        return Optional.of(new Activity(
                Activity.Kind.CALL,
                traces.businessUnit(call.businessUnit()),
                contact(call).map(ContactKey::contact),
                call.script(),
                call.action(),
                interpretation.times().startEpochNanos(),
                interpretation.times().endEpochNanos(),
                interpretation.code().failed(),
                Activity.Quality.UNKNOWN));
    }

    @Override
    public Resource resource(Event event, Arrival arrival) {
        return resources.of(ServiceKind.STUDIO, arrival.subscription());
    }

    @Override
    public Optional<SpanData> span(Event event, Arrival arrival) {
        Interpretation interpretation = interpretation(event, arrival);
        AttributeSet set = attributes.ofSpan(interpretation);
        Attributes all = set.toAttributes();
        ScriptApiCall call = interpretation.call();
        return Optional.of(new BridgeSpan(
                spanName.of(all),
                SpanKind.CLIENT,
                context(event, arrival),
                traces.parent(contact(call)),
                interpretation.times().startEpochNanos(),
                interpretation.times().endEpochNanos(),
                status(interpretation),
                all,
                set.totalCount(),
                resource(event, arrival)));
    }

    @Override
    public Optional<LogRecordData> log(Event event, Arrival arrival) {
        Interpretation interpretation = interpretation(event, arrival);
        if (!interpretation.code().failed()) {
            return Optional.empty();
        }
        AttributeSet set = attributes.ofLog(interpretation);
        String description = attributes.description(interpretation);
        return Optional.of(new BridgeLog(
                CxoneEvents.CXONE_SCRIPT_API_ERROR,
                interpretation.times().endEpochNanos(),
                Times.epochNanos(arrival.receivedAt()),
                context(event, arrival),
                Severity.ERROR,
                description == null ? interpretation.code().sentence() : description,
                set.toAttributes(),
                set.totalCount(),
                resource(event, arrival)));
    }

    @Override
    public List<Measurement> measurements(Event event, Arrival arrival) {
        Interpretation interpretation = interpretation(event, arrival);
        if (interpretation.seconds().isEmpty()
                || isExcludedAsLate(interpretation.times().end(), arrival)) {
            return List.of();
        }
        Attributes all = attributes.ofSpan(interpretation).toAttributes();
        return DURATIONS.stream()
                .filter(metricAttributes::enabled)
                .map(metric -> new Measurement(
                        metric,
                        interpretation.seconds().getAsDouble(),
                        metricAttributes.reduce(metric, all),
                        context(event, arrival)))
                .toList();
    }

    private boolean isExcludedAsLate(Instant end, Arrival arrival) {
        return !mapping.late().measured()
                && Times.late(end, arrival.receivedAt(), mapping.late().lateAfter());
    }

    private StatusData status(Interpretation interpretation) {
        if (!interpretation.code().failed()) {
            return StatusData.unset();
        }
        String description = attributes.description(interpretation);
        return description == null ? StatusData.error() : StatusData.create(StatusCode.ERROR, description);
    }

    private SpanContext context(Event event, Arrival arrival) {
        ScriptApiCall call = call(event);
        if (call.messageId() == null) {
            return traces.context(
                    contact(call),
                    Ids.spanOfAnonymousScriptCall(arrival.bodyHash(), event.index()),
                    Ids.anonymous(arrival.bodyHash(), event.index()));
        }
        return traces.context(
                contact(call),
                Ids.spanOfScriptCall(
                        traces.businessUnit(call.businessUnit()),
                        call.messageId(),
                        arrival.revision(),
                        event.identity().content()),
                event.identity().content().hex());
    }

    private Optional<ContactKey> contact(ScriptApiCall call) {
        return traces.contact(call.businessUnit(), call.masterContactId(), call.contactId());
    }

    private Interpretation interpretation(Event event, Arrival arrival) {
        return Interpretation.of(call(event), mapping, zone(arrival), arrival.receivedAt());
    }

    private ZoneId zone(Arrival arrival) {
        return zones.getOrDefault(arrival.subscription(), mapping.timeZone());
    }

    private static ScriptApiCall call(Event event) {
        if (event.payload() instanceof ScriptApiCall call) {
            return call;
        }
        throw new IllegalArgumentException("not a script API call: " + event.type());
    }
}
