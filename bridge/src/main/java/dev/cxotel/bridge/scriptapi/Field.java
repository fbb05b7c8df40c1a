package dev.cxotel.bridge.scriptapi;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The fields of an entry of a script event, by the names that NICE writes, and a few that are as plain. */
enum Field {
    BUSINESS_UNIT("busNo", true),
    MESSAGE_ID("messageId", true),
    CONTACT_ID("contactId", false),
    MASTER_CONTACT_ID("masterContactId", false),
    /** The id of a script, perhaps with a slash and its version. */
    SCRIPT_ID_AND_VERSION("scriptId/version", true),
    SCRIPT_ID("scriptId", true),
    VERSION("version", false),
    SCRIPT_NAME("scriptName", true),
    ACTION_ID("actionId", true),
    ACTION_NAME("actionName", true),
    ACTION_LABEL("actionLabel", true),
    DATE_TIME("dateTime", false),
    API_ENDPOINT("apiEndpoint", true),
    API_RESPONSE_CODE("apiResponseCode", true),
    API_RESPONSE_MESSAGE("apiResponseMessage", true),
    RESPONSE_TIME("responseTime", true);

    private static final Map<String, Field> BY_NAME = byName();

    private final String jsonName;
    private final boolean telling;

    Field(String jsonName, boolean telling) {
        this.jsonName = jsonName;
        this.telling = telling;
    }

    String jsonName() {
        return jsonName;
    }

    /** Whether only script events have a field of this name. */
    boolean telling() {
        return telling;
    }

    /** The field of that name, in any case and with surrounding blanks. */
    static Optional<Field> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name.strip().toLowerCase(Locale.ROOT)));
    }

    private static Map<String, Field> byName() {
        Map<String, Field> fields = new HashMap<>();
        for (Field field : values()) {
            fields.put(field.jsonName.toLowerCase(Locale.ROOT), field);
        }
        return Map.copyOf(fields);
    }
}
