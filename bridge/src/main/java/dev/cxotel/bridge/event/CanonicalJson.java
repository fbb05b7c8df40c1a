package dev.cxotel.bridge.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.TreeMap;

/**
 * The one text of a JSON value, so that two deliveries of the same event have the same hash. Rules, close to RFC 8785:
 *
 * <ul>
 *   <li>no white space; keys sorted by UTF-16 code unit;
 *   <li>strings with the shortest escapes, other characters as they are; a lone surrogate, which UTF-8 cannot hold,
 *       stays an escape with lower-case digits;
 *   <li>numbers as their text, the notation of an exponent apart: {@code 1.0}, {@code 1.00} and {@code 1} are three
 *       contents, {@code 1e2} and {@code 1E+2} are one, and so are {@code 1e0} and {@code 1}. A sender that repeats itself repeats its digits; taking two
 *       different ones for the same would drop an event.
 * </ul>
 *
 * The text is exact only for trees that {@link BodyReader} made: a value that went through {@code double} has lost
 * digits before.
 */
public final class CanonicalJson {

    private static final String SHORT_ESCAPES = "\b\t\n\f\r\"\\";
    private static final String SHORT_ESCAPE_LETTERS = "btnfr\"\\";

    private CanonicalJson() {}

    /** SHA-256 of the UTF-8 form of the canonical text. */
    public static Hash hash(JsonNode value) {
        return Hash.of(text(value));
    }

    /** The canonical text of {@code value}. */
    public static String text(JsonNode value) {
        StringBuilder text = new StringBuilder();
        append(value, text);
        return text.toString();
    }

    private static void append(JsonNode value, StringBuilder text) {
        switch (value.getNodeType()) {
            case OBJECT -> appendObject(value, text);
            case ARRAY -> appendArray(value, text);
            case STRING, BINARY, POJO -> appendString(value.asText(), text);
            case NUMBER, BOOLEAN, NULL -> text.append(value.asText());
            case MISSING -> text.append("null");
        }
    }

    private static void appendObject(JsonNode object, StringBuilder text) {
        TreeMap<String, JsonNode> sorted = new TreeMap<>();
        object.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
        text.append('{');
        String separator = "";
        for (var field : sorted.entrySet()) {
            text.append(separator);
            appendString(field.getKey(), text);
            text.append(':');
            append(field.getValue(), text);
            separator = ",";
        }
        text.append('}');
    }

    private static void appendArray(JsonNode array, StringBuilder text) {
        text.append('[');
        String separator = "";
        for (JsonNode element : array) {
            text.append(separator);
            append(element, text);
            separator = ",";
        }
        text.append(']');
    }

    private static void appendString(String value, StringBuilder text) {
        text.append('"');
        int done = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\' && !isLoneSurrogate(value, i)) {
                continue;
            }
            text.append(value, done, i);
            done = i + 1;
            int escape = SHORT_ESCAPES.indexOf(c);
            if (escape >= 0) {
                text.append('\\').append(SHORT_ESCAPE_LETTERS.charAt(escape));
            } else {
                text.append(String.format("\\u%04x", (int) c));
            }
        }
        text.append(value, done, value.length()).append('"');
    }

    private static boolean isLoneSurrogate(String value, int at) {
        char c = value.charAt(at);
        if (!Character.isSurrogate(c)) {
            return false;
        }
        if (Character.isHighSurrogate(c)) {
            return at + 1 == value.length() || !Character.isLowSurrogate(value.charAt(at + 1));
        }
        return at == 0 || !Character.isHighSurrogate(value.charAt(at - 1));
    }
}
