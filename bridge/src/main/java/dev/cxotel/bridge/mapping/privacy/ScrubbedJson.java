package dev.cxotel.bridge.mapping.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** JSON of unknown content whose values are scrubbed one by one, so that it stays JSON. */
final class ScrubbedJson {

    private static final String SECRET = "[redacted]";

    private ScrubbedJson() {}

    /** Compact JSON; a value under a key that names a secret is {@code [redacted]}. */
    static String of(JsonNode value) {
        return scrub("", value).toString();
    }

    private static JsonNode scrub(String name, JsonNode value) {
        if (value instanceof ObjectNode object) {
            ObjectNode scrubbed = JsonNodeFactory.instance.objectNode();
            object.properties()
                    .forEach(field ->
                            scrubbed.set(Scrubbing.scrub(field.getKey()), scrub(field.getKey(), field.getValue())));
            return scrubbed;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode scrubbed = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> scrubbed.add(scrub(name, element)));
            return scrubbed;
        }
        return scalar(name, value);
    }

    private static JsonNode scalar(String name, JsonNode value) {
        if (value.isNull() || value.isBoolean()) {
            return value;
        }
        String text = value.asText();
        if (!name.isEmpty() && !text.isEmpty() && Scrubbing.scrub(name + "=x").endsWith(SECRET)) {
            return TextNode.valueOf(SECRET);
        }
        String scrubbed = Scrubbing.scrub(text);
        return scrubbed.equals(text) ? value : TextNode.valueOf(scrubbed);
    }
}
