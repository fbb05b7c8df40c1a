package dev.cxotel.bridge.voicequality;

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
import dev.cxotel.bridge.mapping.privacy.Privacy;
import dev.cxotel.bridge.signal.BodyDecoding;
import dev.cxotel.bridge.signal.BridgeLog;
import dev.cxotel.bridge.signal.BridgeSpan;
import dev.cxotel.bridge.signal.Inspection;
import dev.cxotel.bridge.signal.Measurement;
import dev.cxotel.bridge.signal.Slice;
import dev.cxotel.bridge.signal.SourceSample;
import dev.cxotel.semconv.CoreAttributes;
import dev.cxotel.semconv.CxoneAttributes;
import dev.cxotel.semconv.CxoneEvents;
import dev.cxotel.semconv.CxoneMetrics;
import dev.cxotel.semconv.CxoneSpans;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The slice of voice-quality records: each gives one span of the call leg, one log event, and figures. Every figure that
 * is absent, a sentinel or impossible is no measurement, never 0.
 */
public final class VoiceQualitySlice implements Slice {

    private final MappingConfig mapping;
    private final Resources resources;
    private final RecordDecoder decoder;
    private final UnitProfiles profiles;
    private final Traces traces;
    private final LegAttributes attributes;
    private final MetricAttributes metricAttributes;

    /** @throws IllegalArgumentException when {@code mapping.data_sources} names an unknown quantity or unit */
    public VoiceQualitySlice(MappingConfig mapping, Resources resources) {
        this.mapping = mapping;
        this.resources = resources;
        this.decoder = new RecordDecoder(mapping.timeZone(), new Privacy(mapping.privacy()));
        this.profiles = new UnitProfiles(mapping.dataSources());
        this.traces = new Traces(mapping);
        this.attributes = new LegAttributes(mapping, traces);
        this.metricAttributes = new MetricAttributes(mapping);
    }

    @Override
    public EventType type() {
        return EventType.VOICE_QUALITY;
    }

    @Override
    public boolean recognises(JsonNode document) {
        return RecordDecoder.recognises(document);
    }

    @Override
    public void decode(JsonNode document, BodyDecoding body) {
        decoder.decode(document, body);
    }

    @Override
    public Inspection inspect(Event event, Arrival arrival) {
        Leg leg = leg(event, arrival);
        AttributeSet set = attributes.of(leg);
        String shown = Objects.toString(set.toAttributes().get(CxoneAttributes.CXONE_DATA_SOURCE), "");
        return new Inspection(
                LegFindings.of(leg, shown, arrival.receivedAt(), set.cutNames()),
                Optional.of(new SourceSample(
                        Objects.toString(leg.fields().dataSource(), ""),
                        shown,
                        leg.measures().value(Quantity.PACKET_LOSS))));
    }

    /** The leg's end, else its start, as the record has it; may be in the future. */
    @Override
    public Optional<Long> eventTime(Event event, Arrival arrival) {
        VoiceQualityRecord.Call call = fields(event).call();
        return Optional.ofNullable(call.end())
                .or(() -> Optional.ofNullable(call.start()))
                .map(Times::epochNanos);
    }

    @Override
    public Optional<Activity> activity(Event event, Arrival arrival) {
        Leg leg = leg(event, arrival);
        return Optional.of(new Activity(
                Activity.Kind.LEG,
                traces.businessUnit(fields(event).contact().businessUnit()),
                contact(event).map(ContactKey::contact),
                Optional.empty(),
                Optional.empty(),
                leg.times().startEpochNanos(),
                leg.times().endEpochNanos(),
                leg.sip().errorType().isPresent(),
                leg.verdict().grade().quality()));
    }

    @Override
    public Resource resource(Event event, Arrival arrival) {
        return resources.of(ServiceKind.VOICE, arrival.subscription());
    }

    @Override
    public Optional<SpanData> span(Event event, Arrival arrival) {
        Leg leg = leg(event, arrival);
        Optional<String> error = leg.sip().errorType();
        AttributeSet set = attributes.of(leg).put(CoreAttributes.ERROR_TYPE, error.orElse(null));
        return Optional.of(new BridgeSpan(
                CxoneSpans.CXONE_CALL_LEG_NAME,
                SpanKind.INTERNAL,
                context(event),
                traces.parent(contact(event)),
                leg.times().startEpochNanos(),
                leg.times().endEpochNanos(),
                error.isPresent() ? StatusData.error() : StatusData.unset(),
                set.toAttributes(),
                set.totalCount(),
                resource(event, arrival)));
    }

    @Override
    public Optional<LogRecordData> log(Event event, Arrival arrival) {
        Leg leg = leg(event, arrival);
        AttributeSet set = attributes.of(leg);
        return Optional.of(new BridgeLog(
                CxoneEvents.CXONE_VOICE_QUALITY,
                leg.times().endEpochNanos(),
                Times.epochNanos(arrival.receivedAt()),
                context(event),
                leg.verdict().grade() == Verdict.Grade.POOR ? Severity.WARN : Severity.INFO,
                leg.verdict().sentence(),
                set.toAttributes(),
                set.totalCount(),
                resource(event, arrival)));
    }

    @Override
    public List<Measurement> measurements(Event event, Arrival arrival) {
        Leg leg = leg(event, arrival);
        Instant end = leg.times().end();
        if (!mapping.late().measured()
                && Times.late(end, arrival.receivedAt(), mapping.late().lateAfter())) {
            return List.of();
        }
        Attributes all = attributes.of(leg).toAttributes();
        SpanContext span = context(event);
        List<Measurement> measurements = new ArrayList<>();
        measurements.add(new Measurement(
                CxoneMetrics.CXONE_VOICE_RECORDS,
                1,
                metricAttributes.reduce(CxoneMetrics.CXONE_VOICE_RECORDS, all),
                span));
        leg.measures()
                .values()
                .forEach((quantity, value) -> measurements.add(new Measurement(
                        quantity.metric(), value, metricAttributes.reduce(quantity.metric(), all), span)));
        measurements.removeIf(measurement -> !metricAttributes.enabled(measurement.metric()));
        return List.copyOf(measurements);
    }

    private Leg leg(Event event, Arrival arrival) {
        return Leg.of(fields(event), arrival, mapping, profiles);
    }

    private SpanContext context(Event event) {
        VoiceQualityRecord fields = fields(event);
        return traces.context(
                contact(event),
                Ids.spanOfCallLeg(fields.content()),
                fields.content().hex());
    }

    private Optional<ContactKey> contact(Event event) {
        VoiceQualityRecord.Contact contact = fields(event).contact();
        return traces.contact(contact.businessUnit(), contact.masterId(), contact.id());
    }

    private static VoiceQualityRecord fields(Event event) {
        if (event.payload() instanceof VoiceQualityRecord fields) {
            return fields;
        }
        throw new IllegalArgumentException("not a voice-quality record: " + event.type());
    }
}
