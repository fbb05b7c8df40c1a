package dev.cxotel.bridge.voicequality;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cxotel.bridge.mapping.JsonValues;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of one JSON object, found by name in any case, an exact name first; knows which were never asked for. */
final class RecordFields {

    private final ObjectNode object;
    private final Map<String, String> exactNames = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    RecordFields(ObjectNode object) {
        this.object = object;
        object.fieldNames().forEachRemaining(name -> exactNames.putIfAbsent(name.toLowerCase(Locale.ROOT), name));
    }

    /** Whether there is a field of this name, null or not. */
    boolean has(String name) {
        return exactNames.containsKey(name.toLowerCase(Locale.ROOT));
    }

    @Nullable
    JsonNode node(String name) {
        String written = object.has(name) ? name : exactNames.get(name.toLowerCase(Locale.ROOT));
        if (written == null) {
            return null;
        }
        taken.add(written);
        return object.get(written);
    }

    @Nullable
    String text(String name) {
        return JsonValues.text(node(name));
    }

    @Nullable
    String id(String name) {
        return JsonValues.id(node(name));
    }

    /** The fields that nobody asked for. */
    ObjectNode rest() {
        ObjectNode rest = object.objectNode();
        object.properties().forEach(field -> {
            if (!taken.contains(field.getKey())) {
                rest.set(field.getKey(), field.getValue());
            }
        });
        return rest;
    }
}
