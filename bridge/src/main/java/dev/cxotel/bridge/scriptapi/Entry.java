package dev.cxotel.bridge.scriptapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cxotel.bridge.mapping.JsonValues;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a script event's {@code metadata}, its fields sorted into known and unknown.
 *
 * @param unmapped the unknown ones, as they came
 */
record Entry(Map<Field, JsonNode> known, ObjectNode unmapped) {

    /** Any two fields that only script events have make an object one. */
    private static final int ENOUGH_TELLING_FIELDS = 2;

    /** More unknown fields than this are not looked at. */
    private static final int MOST_UNMAPPED = 100;

    private static final String EMPTY_UUID = "00000000-0000-0000-0000-000000000000";

    static Entry of(JsonNode object) {
        Map<Field, JsonNode> known = new EnumMap<>(Field.class);
        ObjectNode unmapped = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> property : object.properties()) {
            Optional<Field> field = Field.named(property.getKey());
            if (field.isPresent()) {
                known.merge(
                        field.get(), property.getValue(), (first, second) -> JsonValues.absent(first) ? second : first);
            } else if (unmapped.size() < MOST_UNMAPPED) {
                unmapped.set(property.getKey(), property.getValue());
            }
        }
        return new Entry(known, unmapped);
    }

    static boolean recognises(JsonNode object) {
        return object.properties().stream()
                        .map(property -> Field.named(property.getKey()))
                        .flatMap(Optional::stream)
                        .filter(Field::telling)
                        .distinct()
                        .count()
                >= ENOUGH_TELLING_FIELDS;
    }

    boolean has(Field field) {
        return !JsonValues.absent(known.get(field));
    }

    ScriptApiCall toCall(@Nullable CallTime time) {
        String script = id(has(Field.SCRIPT_ID_AND_VERSION) ? Field.SCRIPT_ID_AND_VERSION : Field.SCRIPT_ID);
        int slash = script == null ? -1 : script.lastIndexOf('/');
        return new ScriptApiCall(
                id(Field.BUSINESS_UNIT),
                messageId(),
                id(Field.CONTACT_ID),
                id(Field.MASTER_CONTACT_ID),
                script == null || slash < 0 ? script : part(script.substring(0, slash)),
                script == null || slash < 0 ? id(Field.VERSION) : part(script.substring(slash + 1)),
                text(Field.SCRIPT_NAME),
                id(Field.ACTION_ID),
                text(Field.ACTION_NAME),
                text(Field.ACTION_LABEL),
                time,
                text(Field.API_ENDPOINT),
                text(Field.API_RESPONSE_CODE),
                text(Field.API_RESPONSE_MESSAGE),
                text(Field.RESPONSE_TIME),
                unmapped);
    }

    @Nullable
    String text(Field field) {
        return JsonValues.text(known.get(field));
    }

    private @Nullable String messageId() {
        String id = id(Field.MESSAGE_ID);
        return id == null || id.equals("0") || id.equals(EMPTY_UUID) ? null : id;
    }

    private @Nullable String id(Field field) {
        return JsonValues.id(known.get(field));
    }

    private static @Nullable String part(String text) {
        return text.isBlank() ? null : text.strip();
    }
}
