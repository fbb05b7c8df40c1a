package dev.cxotel.bridge.contactroot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cxotel.bridge.contact.Contact;
import dev.cxotel.bridge.event.Activity.Quality;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Payload;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the journal keeps of a closed contact: the body of its derived event, one JSON object.
 *
 * <pre>{"cxotel_contact":1,"key":"1337|86753099","first":…,"last":…,"legs":2,"calls":7,"errors":1,"quality":2,
 * "subscriptions":["scripts","voice"]}</pre>
 *
 * @param key {@code <business unit>|<master contact, else contact>}
 * @param firstEpochNanos start of the root span
 * @param lastEpochNanos its end
 */
record RootBody(
        String key,
        String businessUnit,
        String contact,
        long firstEpochNanos,
        long lastEpochNanos,
        int legs,
        int calls,
        int errors,
        Quality quality,
        Set<String> subscriptions)
        implements Payload {

    private static final String VERSION = "cxotel_contact";

    RootBody {
        subscriptions = Set.copyOf(subscriptions);
    }

    static RootBody of(Contact contact) {
        return new RootBody(
                contact.key(),
                contact.businessUnit(),
                contact.contact(),
                contact.firstEpochNanos(),
                contact.lastEpochNanos(),
                contact.legs(),
                contact.calls(),
                contact.errors(),
                contact.quality(),
                contact.subscriptions());
    }

    static boolean recognises(JsonNode document) {
        return document.path(VERSION).isIntegralNumber();
    }

    static RootBody read(JsonNode document) {
        String key = document.path("key").asText();
        int bar = key.lastIndexOf('|');
        Set<String> subscriptions = new TreeSet<>();
        document.path("subscriptions").forEach(name -> subscriptions.add(name.asText()));
        return new RootBody(
                key,
                key.substring(0, Math.max(0, bar)),
                key.substring(bar + 1),
                document.path("first").asLong(),
                document.path("last").asLong(),
                document.path("legs").asInt(),
                document.path("calls").asInt(),
                document.path("errors").asInt(),
                Quality.fromId(document.path("quality").asInt()),
                subscriptions);
    }

    /** The same contact always gives the same bytes. */
    Bytes toBytes() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put(VERSION, 1)
                .put("key", key)
                .put("first", firstEpochNanos)
                .put("last", lastEpochNanos)
                .put("legs", legs)
                .put("calls", calls)
                .put("errors", errors)
                .put("quality", quality.id());
        new TreeSet<>(subscriptions).forEach(document.putArray("subscriptions")::add);
        return Bytes.utf8(document.toString());
    }
}
