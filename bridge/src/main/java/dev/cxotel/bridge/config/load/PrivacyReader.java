package dev.cxotel.bridge.config.load;

import dev.cxotel.bridge.config.MappingConfig.Privacy;
import dev.cxotel.bridge.config.MappingConfig.Privacy.Field;
import dev.cxotel.bridge.config.SecretKey;
import dev.cxotel.bridge.config.yaml.Section;
import dev.cxotel.bridge.config.yaml.Suggestion;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.semconv.CxoneAttributes;
import dev.cxotel.semconv.CxoneMetrics;
import dev.cxotel.semconv.PayloadFields;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributeType;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The section {@code mapping.privacy}. */
final class PrivacyReader {

    private static final String KEY = "hmac_key";
    private static final String FIELDS = "fields";
    private static final int SHORTEST_KEY = 32;
    private static final Map<String, Field> MEANINGS = Words.of(Field.values());
    private static final Map<String, AttributeType> ATTRIBUTES = attributes();

    private PrivacyReader() {}

    static Privacy read(Section privacy) {
        Privacy absent = Privacy.DEFAULT;
        Optional<SecretKey> key = key(privacy);
        boolean keyed = privacy.has(KEY);
        Map<String, Field> fields = fields(privacy.section(FIELDS), keyed);
        return new Privacy(
                shorthand(privacy, "agent_name", absent.agentName(), keyed),
                shorthand(privacy, "phone_numbers", absent.phoneNumbers(), keyed),
                privacy.choice("url_query", Words.of(Privacy.UrlQuery.values()), absent.urlQuery()),
                privacy.choice("url_path", Words.of(Privacy.UrlPath.values()), absent.urlPath()),
                privacy.choice("messages", Words.of(Privacy.Messages.values()), absent.messages()),
                fields,
                key);
    }

    private static Field shorthand(Section privacy, String name, Field absent, boolean keyed) {
        Field field = privacy.choice(name, MEANINGS, absent);
        needKey(privacy, name, field, keyed);
        return field;
    }

    private static Map<String, Field> fields(Section section, boolean keyed) {
        Map<String, Field> fields = new LinkedHashMap<>();
        for (String name : section.keys()) {
            AttributeType type = ATTRIBUTES.get(name);
            if (type == null) {
                section.keyProblem(
                        name,
                        "no such attribute"
                                + Suggestion.nearest(name, ATTRIBUTES.keySet())
                                        .map(near -> "; did you mean \"" + near + "\"?")
                                        .orElse("; semconv/REFERENCE.md lists them"));
                continue;
            }
            Field field = section.choice(name, MEANINGS, Field.DROP);
            if (type != AttributeType.STRING && (field == Field.MASK || field == Field.HMAC)) {
                section.problem(name, "the attribute is no text; possible: drop, keep");
            }
            needKey(section, name, field, keyed);
            fields.put(name, field);
        }
        return fields;
    }

    private static void needKey(Section section, String name, Field field, boolean keyed) {
        if (field == Field.HMAC && !keyed) {
            section.problem(name, "hmac needs mapping.privacy.hmac_key; make one with `openssl rand -hex 32`");
        }
    }

    private static Optional<SecretKey> key(Section privacy) {
        Optional<SecretKey> key =
                privacy.text(KEY).filter(text -> !text.isEmpty()).map(text -> new SecretKey(Bytes.utf8(text)));
        if (privacy.has(KEY) && key.map(found -> found.bytes().size()).orElse(0) < SHORTEST_KEY) {
            privacy.problem(KEY, "a key has at least " + SHORTEST_KEY + " bytes; make one with `openssl rand -hex 32`");
            return Optional.empty();
        }
        return key;
    }

    /** Every attribute that something of a payload becomes. */
    private static Map<String, AttributeType> attributes() {
        Map<String, AttributeType> attributes = new TreeMap<>();
        Stream<AttributeKey<?>> ofFields = Stream.of(PayloadFields.VOICE_QUALITY, PayloadFields.SCRIPT_API)
                .flatMap(Collection::stream)
                .flatMap(field -> field.attributes().stream());
        Stream<AttributeKey<?>> ofMetrics = CxoneMetrics.ALL.stream()
                .flatMap(metric -> Stream.concat(metric.attributes().stream(), metric.optionalAttributes().stream()));
        Stream.concat(Stream.concat(ofFields, ofMetrics), Stream.of(CxoneAttributes.CXONE_UNMAPPED))
                .forEach(key -> attributes.put(key.getKey(), key.getType()));
        return attributes;
    }
}
