package dev.cxotel.bridge.signal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cxotel.bridge.event.BodyReader;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Decoding;
import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.event.Reading;
import java.util.List;
import java.util.Optional;

/**
 * All slices together, and the decoder that they make: it reads a body, opens envelopes and hands each object to the
 * slice that recognises it, whichever subscription the body came to. What nobody recognises is unreadable ({@code
 * unknown_type}, {@code not_an_object}, {@code not_json}); so is what a slice stumbles over ({@code decoder_bug}), since
 * the delivery is worth keeping whatever a slice does.
 */
public final class Slices implements Decoder {

    private final List<Slice> slices;

    public Slices(List<Slice> slices) {
        this.slices = List.copyOf(slices);
    }

    /** The slice of an event's type; empty when none of these is. */
    public Optional<Slice> forType(EventType type) {
        return slices.stream().filter(slice -> slice.type() == type).findFirst();
    }

    @Override
    public Decoding decode(Bytes body) {
        return switch (BodyReader.read(body)) {
            case Reading.Empty ignored -> new Decoding.Decoded(List.of(), List.of(), List.of());
            case Reading.NotJson notJson -> new Decoding.NotJson(notJson.problem());
            case Reading.Documents read -> {
                BodyDecoding decoding = new BodyDecoding(body.sha256());
                read.repairs().forEach(decoding::finding);
                read.documents().forEach(document -> decodeDocument(document, decoding));
                yield decoding.toDecoded();
            }
        };
    }

    private void decodeDocument(JsonNode document, BodyDecoding decoding) {
        if (decodeObject(document, decoding)) {
            return;
        }
        Optional<Envelope> envelope = Envelope.open(document);
        if (envelope.isEmpty()) {
            unknown(document, decoding);
            return;
        }
        envelope.get().repairs().forEach(decoding::finding);
        for (JsonNode entry : envelope.get().entries()) {
            if (!decodeObject(entry, decoding)) {
                unknown(entry, decoding);
            }
        }
    }

    /** Whether a slice recognised {@code document}. */
    private boolean decodeObject(JsonNode document, BodyDecoding decoding) {
        if (!document.isObject()) {
            return false;
        }
        for (Slice slice : slices) {
            try {
                if (slice.recognises(document)) {
                    slice.decode(document, decoding);
                    return true;
                }
            } catch (RuntimeException e) {
                decoding.unreadable("decoder_bug", bug(slice, e));
                return true;
            }
        }
        return false;
    }

    private static void unknown(JsonNode document, BodyDecoding decoding) {
        if (document.isMissingNode()) {
            decoding.unreadable("not_json", "An entry of metadata is not JSON.");
        } else if (document.isObject()) {
            decoding.unreadable("unknown_type", "An object is neither a known record nor an envelope.");
        } else {
            decoding.unreadable("not_an_object", "A value stands where an object should.");
        }
    }

    /** Names the place and not the message, which may hold a value. */
    private static String bug(Slice slice, RuntimeException e) {
        StackTraceElement[] trace = e.getStackTrace();
        return slice.type().configName() + ": " + e.getClass().getSimpleName()
                + (trace.length == 0 ? "" : " at " + trace[0].getFileName() + ":" + trace[0].getLineNumber());
    }
}
