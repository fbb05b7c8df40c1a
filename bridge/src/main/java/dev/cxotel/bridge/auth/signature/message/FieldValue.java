package dev.cxotel.bridge.auth.signature.message;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** What stands in a structured field (RFC 8941), as far as signatures need it. */
sealed interface FieldValue {

    /** The canonical text. */
    String text();

    /** A quoted text; printable ASCII. */
    record Text(String value) implements FieldValue {
        @Override
        public String text() {
            return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        }
    }

    /** A word without quotes. */
    record Token(String value) implements FieldValue {
        @Override
        public String text() {
            return value;
        }
    }

    /** A whole number of at most 15 digits. */
    record Whole(long value) implements FieldValue {
        @Override
        public String text() {
            return Long.toString(value);
        }
    }

    /** Bytes, in Base64 between colons. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Binary(byte[] value) implements FieldValue {
        @Override
        public String text() {
            return ":" + Base64.getEncoder().encodeToString(value) + ":";
        }
    }

    /** True or false. */
    record Truth(boolean value) implements FieldValue {
        @Override
        public String text() {
            return value ? "?1" : "?0";
        }
    }

    /** A value with its parameters, in their order. */
    record Item(FieldValue value, SequencedMap<String, FieldValue> parameters) implements FieldValue {
        @Override
        public String text() {
            return value.text() + parameterText(parameters);
        }
    }

    /** A list in parentheses with its parameters. */
    record InnerList(List<Item> items, SequencedMap<String, FieldValue> parameters) implements FieldValue {
        public InnerList {
            items = List.copyOf(items);
        }

        @Override
        public String text() {
            return items.stream().map(Item::text).collect(Collectors.joining(" ", "(", ")"))
                    + parameterText(parameters);
        }
    }

    private static String parameterText(SequencedMap<String, FieldValue> parameters) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, FieldValue> parameter : parameters.entrySet()) {
            text.append(';').append(parameter.getKey());
            if (!(parameter.getValue() instanceof Truth truth && truth.value())) {
                text.append('=').append(parameter.getValue().text());
            }
        }
        return text.toString();
    }
}
