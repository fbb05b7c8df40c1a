package dev.cxotel.bridge.receiver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cxotel.bridge.event.Arrival;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Decoding;
import dev.cxotel.bridge.event.Event;
import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.event.Finding;
import dev.cxotel.bridge.event.Hash;
import dev.cxotel.bridge.event.Identity;
import dev.cxotel.bridge.event.Payload;
import dev.cxotel.bridge.signal.BodyDecoding;
import dev.cxotel.bridge.signal.Decoder;
import dev.cxotel.bridge.signal.Inspection;
import dev.cxotel.bridge.signal.Measurement;
import dev.cxotel.bridge.signal.Slice;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Optional;

/**
 * A payload for tests: each line of a body is an event, {@code ?line} is unreadable, {@code +name} is an event with an
 * unknown field, {@code @nanos} is an event that says when it happened; a body that begins with {@code !} is not JSON, and
 * one that begins with {@code *} stumbles over a bug.
 */
record Lines(EventType type) implements Decoder, Slice {

    private record Line(String text) implements Payload {}

    @Override
    public Decoding decode(Bytes body) {
        String text = body.toUtf8();
        if (text.startsWith("*")) {
            throw new IllegalStateException("cannot read " + text);
        }
        if (text.startsWith("!")) {
            return new Decoding.NotJson("This is not JSON.");
        }
        BodyDecoding decoding = new BodyDecoding(body.sha256());
        text.lines().forEach(line -> decode(line, decoding));
        return decoding.toDecoded();
    }

    private void decode(String line, BodyDecoding decoding) {
        if (line.startsWith("?")) {
            decoding.unreadable("unknown_type", "nobody knows this line");
            return;
        }
        if (line.startsWith("+")) {
            decoding.finding(new Finding(Finding.Kind.UNKNOWN_FIELD, Optional.of(type), line.substring(1), "source"));
        }
        Hash content = Hash.of(line);
        decoding.event(type, new Identity(content, content, Identity.OnChange.SIMILAR), new Line(line));
    }

    @Override
    public Inspection inspect(Event event, Arrival arrival) {
        return Inspection.of(List.of(new Finding(Finding.Kind.SUSPECT, Optional.of(type), "AvgMos", "")));
    }

    @Override
    public Optional<Long> eventTime(Event event, Arrival arrival) {
        return event.payload() instanceof Line line && line.text().startsWith("@")
                ? Optional.of(Long.parseLong(line.text().substring(1)))
                : Optional.empty();
    }

    @Override
    public boolean recognises(JsonNode document) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void decode(JsonNode document, BodyDecoding body) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Resource resource(Event event, Arrival arrival) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<SpanData> span(Event event, Arrival arrival) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<LogRecordData> log(Event event, Arrival arrival) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Measurement> measurements(Event event, Arrival arrival) {
        throw new UnsupportedOperationException();
    }
}
