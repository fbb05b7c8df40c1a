package dev.cxotel.bridge.scriptapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cxotel.bridge.event.CanonicalJson;
import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.event.Finding;
import dev.cxotel.bridge.event.Hash;
import dev.cxotel.bridge.event.Identity;
import dev.cxotel.bridge.event.Ids;
import dev.cxotel.bridge.mapping.FieldNames;
import dev.cxotel.bridge.signal.BodyDecoding;
import java.util.Iterator;
import java.util.Optional;

/** From an entry of a script event to the event. */
final class CallDecoder {

    private CallDecoder() {}

    /** Adds one event, or one unreadable part when the entry has a time that nobody can read. */
    static void decode(JsonNode object, BodyDecoding body) {
        Entry entry = Entry.of(object);
        Optional<CallTime> time =
                Optional.ofNullable(entry.text(Field.DATE_TIME)).flatMap(CallTime::parse);
        if (time.isEmpty() && entry.has(Field.DATE_TIME)) {
            body.unreadable("unreadable_time", "dateTime is in no form that is understood.");
            return;
        }
        ScriptApiCall call = entry.toCall(time.orElse(null));
        body.event(EventType.SCRIPT_API, identity(call, object, body), call);
        Iterator<String> unknown = call.unmapped().fieldNames();
        while (unknown.hasNext()) {
            body.finding(new Finding(
                    Finding.Kind.UNKNOWN_FIELD,
                    Optional.of(EventType.SCRIPT_API),
                    FieldNames.reportable(unknown.next()),
                    ""));
        }
    }

    /** Without message id only the same body again is a repeat: two equal calls within one second are two calls. */
    private static Identity identity(ScriptApiCall call, JsonNode object, BodyDecoding body) {
        if (call.messageId() == null) {
            Hash place = Hash.of(Ids.anonymous(body.bodyHash(), body.nextIndex()));
            return new Identity(place, place, Identity.OnChange.REVISION);
        }
        String businessUnit = call.businessUnit() == null ? "" : call.businessUnit();
        Hash key = Hash.of(EventType.SCRIPT_API.configName() + "|" + businessUnit + "|" + call.messageId());
        return new Identity(key, CanonicalJson.hash(object), Identity.OnChange.REVISION);
    }
}
