package dev.cxotel.bridge.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cxotel.bridge.event.Arrival;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Decoding;
import dev.cxotel.bridge.event.Event;
import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.event.Hash;
import dev.cxotel.bridge.event.Identity;
import dev.cxotel.bridge.event.Payload;
import dev.cxotel.bridge.signal.BodyDecoding;
import dev.cxotel.bridge.signal.Inspection;
import dev.cxotel.bridge.signal.Measurement;
import dev.cxotel.bridge.signal.Slice;
import dev.cxotel.semconv.MetricDefinition;
import dev.cxotel.semconv.MetricDefinition.Instrument;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.testing.logs.TestLogRecordData;
import io.opentelemetry.sdk.testing.trace.TestSpanData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A payload for tests: every line of a body is an event, {@code <name> <value> [<series>]}. A name that starts with
 * {@code bug} cannot be translated, {@code mute} sends nothing, and a log record is made of names that start with
 * {@code bad} only.
 */
public final class LineSlice implements Slice {

    public static final AttributeKey<String> SERIES = AttributeKey.stringKey("test.series");

    public static final MetricDefinition VALUE = new MetricDefinition(
            "test.value", Instrument.HISTOGRAM, "s", "A value.", List.of(1.0, 10.0), List.of(SERIES), List.of());

    public static final MetricDefinition LINES = new MetricDefinition(
            "test.lines", Instrument.COUNTER, "{line}", "Lines.", List.of(), List.of(SERIES), List.of());

    /** The exporter groups by identity: equal resources must be one object, as those of the real slices are. */
    private final Map<String, Resource> resources = new ConcurrentHashMap<>();

    /** One line. */
    private record Line(String name, double value, String series) implements Payload {
        static Line of(String text) {
            String[] words = text.split(" ", -1);
            return new Line(words[0], Double.parseDouble(words[1]), words.length > 2 ? words[2] : "one");
        }
    }

    /** The decoder of such bodies. */
    public static Decoding decode(Bytes body) {
        BodyDecoding decoding = new BodyDecoding(body.sha256());
        for (String line : body.toUtf8().split("\n", -1)) {
            Hash content = Hash.of(line);
            decoding.event(
                    EventType.VOICE_QUALITY, new Identity(content, content, Identity.OnChange.SIMILAR), Line.of(line));
        }
        return decoding.toDecoded();
    }

    @Override
    public EventType type() {
        return EventType.VOICE_QUALITY;
    }

    @Override
    public boolean recognises(JsonNode document) {
        return false;
    }

    @Override
    public void decode(JsonNode document, BodyDecoding body) {
        throw new UnsupportedOperationException("lines are no JSON");
    }

    @Override
    public Inspection inspect(Event event, Arrival arrival) {
        return Inspection.NOTHING;
    }

    @Override
    public Optional<Long> eventTime(Event event, Arrival arrival) {
        return Optional.empty();
    }

    @Override
    public Resource resource(Event event, Arrival arrival) {
        return resources.computeIfAbsent(
                arrival.subscription(),
                name -> Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "cxone-" + name)));
    }

    @Override
    public Optional<SpanData> span(Event event, Arrival arrival) {
        Line line = line(event);
        return line.name().startsWith("mute")
                ? Optional.empty()
                : Optional.of(TestSpanData.builder()
                        .setName(line.name())
                        .setKind(SpanKind.INTERNAL)
                        .setSpanContext(context(event))
                        .setStatus(StatusData.unset())
                        .setStartEpochNanos(1)
                        .setEndEpochNanos(2)
                        .setHasEnded(true)
                        .setResource(resource(event, arrival))
                        .build());
    }

    @Override
    public Optional<LogRecordData> log(Event event, Arrival arrival) {
        Line line = line(event);
        return line.name().startsWith("bad")
                ? Optional.of(TestLogRecordData.builder()
                        .setBody(line.name())
                        .setResource(resource(event, arrival))
                        .build())
                : Optional.empty();
    }

    @Override
    public List<Measurement> measurements(Event event, Arrival arrival) {
        Line line = line(event);
        List<Measurement> measurements = new ArrayList<>();
        if (!line.name().startsWith("mute")) {
            Attributes attributes = Attributes.of(SERIES, line.series());
            measurements.add(new Measurement(VALUE, line.value(), attributes, context(event)));
            measurements.add(new Measurement(LINES, 1, attributes, context(event)));
        }
        return measurements;
    }

    /** The trace id of a line's event. */
    public static String traceId(String line) {
        return Hash.of(line).prefix(16);
    }

    private static SpanContext context(Event event) {
        Hash content = event.identity().content();
        return SpanContext.create(
                content.prefix(16), content.prefix(8), TraceFlags.getSampled(), TraceState.getDefault());
    }

    private static Line line(Event event) {
        Line line = (Line) event.payload();
        if (line.name().startsWith("bug")) {
            throw new IllegalStateException("a bug in the slice");
        }
        return line;
    }
}
