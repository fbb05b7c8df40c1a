package dev.cxotel.bridge.mapping.privacy;

import static dev.cxotel.semconv.CoreAttributes.URL_FULL;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.cxotel.bridge.config.MappingConfig;
import dev.cxotel.bridge.config.MappingConfig.UnknownFields;
import dev.cxotel.bridge.mapping.AttributeRule;
import dev.cxotel.bridge.mapping.FieldNames;
import dev.cxotel.bridge.mapping.JsonValues;
import dev.cxotel.semconv.CxoneAttributes;
import dev.cxotel.semconv.PayloadField;
import dev.cxotel.semconv.PayloadFields;
import io.opentelemetry.api.common.AttributeKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What of a stored payload an operator is shown: no more than a backend would see. A field that becomes an attribute is
 * treated as that, values of unknown fields are withheld, and so is a body that is not JSON. Of a time that is none, its
 * shape is shown.
 */
public final class ShownPayload {

    private static final ObjectMapper JSON = new JsonMapper();
    private static final String DROPPED = "[dropped]";
    private static final String UNKNOWN = "[unknown field]";
    private static final String METADATA = "metadata";
    private static final Pattern TIME = Pattern.compile(
            "(?i)\\d{1,4}[-/.]\\d{1,2}[-/.]\\d{1,4}"
                    + "(?:[T ]\\d{1,2}:\\d{2}(?::\\d{2}(?:[.,]\\d{1,9})?)?)?\\s?(?:[AP]M)?\\s?(?:Z|UTC|GMT|[+-]\\d{2}:?\\d{2})?");
    private static final Pattern LETTER = Pattern.compile("\\p{L}");
    private static final Map<String, PayloadField> FIELDS = fields();

    private final Privacy privacy;
    private final boolean showUnknown;

    public ShownPayload(MappingConfig config) {
        this.privacy = new Privacy(config.privacy());
        this.showUnknown = config.unknownFields() == UnknownFields.VALUES;
    }

    /** A body. */
    public String body(String text) {
        return text.isBlank()
                ? text
                : parsed(text)
                        .map(json -> shown("", json).toString())
                        .orElse("[not JSON, " + text.length() + " characters withheld]");
    }

    /** A sentence about a payload, which may quote it. */
    public String detail(String text) {
        return Scrubbing.scrub(text);
    }

    private static Optional<JsonNode> parsed(String text) {
        try {
            return Optional.of(JSON.readTree(text)).filter(JsonNode::isContainerNode);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private JsonNode shown(String name, JsonNode value) {
        PayloadField field = FIELDS.get(name.strip().toLowerCase(Locale.ROOT));
        if (value.isNull()) {
            return value;
        }
        if (field != null && !field.attributes().isEmpty()) {
            return TextNode.valueOf(attribute(field.attributes(), value));
        }
        if (value instanceof ObjectNode object) {
            ObjectNode shown = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(one -> shown.set(shownName(one.getKey()), shown(one.getKey(), one.getValue())));
            return shown;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode shown = JsonNodeFactory.instance.arrayNode();
            array.forEach(one -> shown.add(shown(name, one)));
            return shown;
        }
        return scalar(name, field, value);
    }

    private JsonNode scalar(String name, @Nullable PayloadField field, JsonNode value) {
        if (name.equalsIgnoreCase(METADATA)) {
            return parsed(value.asText()).map(json -> shown("", json)).orElseGet(() -> TextNode.valueOf(UNKNOWN));
        }
        if (field != null) {
            return JsonValues.number(value) == null ? TextNode.valueOf(shape(value.asText())) : value;
        }
        return TextNode.valueOf(Optional.of(value)
                .filter(unknown -> showUnknown)
                .map(unknown -> privacy.message(CxoneAttributes.CXONE_UNMAPPED, unknown.asText()))
                .flatMap(text -> privacy.apply(CxoneAttributes.CXONE_UNMAPPED.getKey(), text))
                .map(AttributeRule.Shown::text)
                .orElse(UNKNOWN));
    }

    private static String shownName(String name) {
        return FIELDS.containsKey(name.strip().toLowerCase(Locale.ROOT)) || name.equalsIgnoreCase(METADATA)
                ? name
                : FieldNames.reportable(name);
    }

    private String attribute(List<AttributeKey<?>> attributes, JsonNode value) {
        String name = attributes.getFirst().getKey();
        return Optional.ofNullable(scrubbed(name, value))
                .flatMap(text -> privacy.apply(name, text))
                .map(AttributeRule.Shown::text)
                .orElse(DROPPED);
    }

    private @Nullable String scrubbed(String name, JsonNode value) {
        String text = JsonValues.text(value);
        if (name.equals(CxoneAttributes.CXONE_SPEARLINE_ANALYSIS.getKey()) || value.isContainerNode()) {
            return privacy.json(CxoneAttributes.CXONE_SPEARLINE_ANALYSIS, value);
        }
        if (text == null) {
            return "";
        }
        if (name.equals(URL_FULL.getKey())) {
            return privacy.url(text).full();
        }
        if (name.equals(CxoneAttributes.CXONE_API_RESPONSE_MESSAGE.getKey())) {
            return privacy.message(CxoneAttributes.CXONE_API_RESPONSE_MESSAGE, text);
        }
        if (name.equals(CxoneAttributes.CXONE_API_RESPONSE_CODE.getKey()) && JsonValues.number(value) == null) {
            return privacy.message(CxoneAttributes.CXONE_API_RESPONSE_CODE, text);
        }
        return name.equals(CxoneAttributes.CXONE_CALL_DISPOSITION.getKey())
                ? privacy.label(CxoneAttributes.CXONE_CALL_DISPOSITION, text)
                : text;
    }

    /** A time as it is; of anything else each letter as an {@code a}, scrubbed. */
    private static String shape(String text) {
        return TIME.matcher(text).matches()
                ? text
                : Scrubbing.scrub(LETTER.matcher(text).replaceAll("a"));
    }

    private static Map<String, PayloadField> fields() {
        Map<String, PayloadField> fields = new HashMap<>();
        Stream.of(PayloadFields.VOICE_QUALITY, PayloadFields.SCRIPT_API, PayloadFields.SCRIPT_API_ENVELOPE)
                .flatMap(Collection::stream)
                .forEach(field -> fields.putIfAbsent(field.field().toLowerCase(Locale.ROOT), field));
        fields.remove(METADATA);
        return Map.copyOf(fields);
    }
}
