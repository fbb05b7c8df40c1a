package dev.cxotel.bridge.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The forms that a body may take. The usual ones are what NICE's text describes; the awkward ones are what its page
 * prints, and what an envelope that is filled by a template easily becomes.
 */
final class Body {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Body() {}

    /** How records are wrapped. */
    enum LegForm {
        PLAIN,
        /** A JSON array of records. */
        ARRAY,
        /** The JSON text as a JSON string. */
        QUOTED,
        /** As NICE's page prints it: every quote escaped, but for one value. */
        AS_PRINTED
    }

    /** How the entries stand in {@code metadata}. */
    enum CallForm {
        /** A string that holds an array: the documented form. */
        STRING,
        ARRAY,
        /** A single entry without its array. */
        OBJECT,
        /** As NICE's page prints it: a typographic closing quote, and one quote inside not escaped. */
        AS_PRINTED
    }

    static String legs(List<LegRecord> records, LegForm form) {
        String first = json(records.getFirst().fields());
        return switch (form) {
            case PLAIN -> first;
            case ARRAY -> json(records.stream().map(LegRecord::fields).toList());
            case QUOTED -> json(first);
            case AS_PRINTED ->
                legAsPrinted(first, String.valueOf(records.getFirst().fields().get("DataSource")));
        };
    }

    static String calls(List<CallEntry> entries, String timestamp, CallForm form) {
        List<Map<String, @Nullable Object>> fields =
                entries.stream().map(CallEntry::fields).toList();
        String metadata = json(fields);
        return switch (form) {
            case STRING -> json(envelope(timestamp, metadata));
            case ARRAY -> json(envelope(timestamp, fields));
            case OBJECT -> json(envelope(timestamp, fields.size() == 1 ? fields.getFirst() : fields));
            case AS_PRINTED ->
                metadata.contains("\\") || entries.isEmpty()
                        ? json(envelope(timestamp, metadata))
                        : callsAsPrinted(metadata, timestamp);
        };
    }

    private static Map<String, Object> envelope(String timestamp, Object metadata) {
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("source", "NICE");
        envelope.put("event", "SCRIPT_API_MONITORING ");
        envelope.put("timestamp", timestamp);
        envelope.put("metadata", metadata);
        return envelope;
    }

    private static String legAsPrinted(String json, String dataSource) {
        String escaped = json.replace("\\", "\\\\").replace("\"", "\\\"");
        return escaped.replace(
                "\\\"DataSource\\\":\\\"" + dataSource + "\\\"", "\\\"DataSource\\\": \"" + dataSource + "\"");
    }

    private static String callsAsPrinted(String metadata, String timestamp) {
        String escaped =
                metadata.replace("\"", "\\\"").replaceFirst("\\\\\",\\\\\"apiResponseCode", "\",\\\\\"apiResponseCode");
        return "{ \"source\":\"NICE\", \"event\":\"SCRIPT_API_MONITORING \", \"timestamp\":\"" + timestamp
                + "\", \"metadata\":\"" + escaped + "\u201d }";
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps, texts and numbers have a JSON form", e);
        }
    }
}
