package dev.cxotel.bridge.mapping.privacy;

import static dev.cxotel.semconv.CoreAttributes.URL_FULL;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cxotel.bridge.config.MappingConfig;
import dev.cxotel.bridge.config.MappingConfig.Privacy.Field;
import dev.cxotel.bridge.config.SecretKey;
import dev.cxotel.bridge.mapping.AttributeRule;
import dev.cxotel.bridge.mapping.AttributeSet;
import dev.cxotel.semconv.CxoneAttributes;
import io.opentelemetry.api.common.AttributeKey;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What happens to personal data and free text before they leave the bridge, as configured: attribute by attribute, and
 * by the kind of text where no attribute is named. An attribute that is named has the last word: kept, it is not scrubbed
 * either.
 */
public final class Privacy implements AttributeRule {

    /** What the HMAC key's id is derived for. */
    private static final String PURPOSE = "privacy";

    private static final Set<String> PHONE_NUMBERS =
            Set.of(CxoneAttributes.CXONE_CALL_FROM.getKey(), CxoneAttributes.CXONE_CALL_TO.getKey());

    /** Eight bytes: two of a hundred million values are the same with a chance of one in four thousand. */
    private static final int PSEUDONYM_BYTES = 8;

    private final MappingConfig.Privacy config;
    private final Map<String, Field> rules;
    private final Optional<String> keyId;

    public Privacy(MappingConfig.Privacy config) {
        this.config = config;
        Map<String, Field> all = new HashMap<>();
        all.put(CxoneAttributes.CXONE_AGENT_NAME.getKey(), config.agentName());
        PHONE_NUMBERS.forEach(attribute -> all.put(attribute, config.phoneNumbers()));
        all.putAll(config.fields());
        this.rules = Map.copyOf(all);
        this.keyId = config.hmacKey().map(Privacy::keyId);
    }

    /** The id of a key of pseudonyms, as {@code cxone.privacy.key_id} has it. */
    public static String keyId(SecretKey key) {
        return key.id(PURPOSE);
    }

    /** An empty set that treats whatever is put into it. */
    public AttributeSet attributes() {
        return new AttributeSet(this);
    }

    @Override
    public boolean concerns(String attribute) {
        return rules.containsKey(attribute);
    }

    @Override
    public Optional<Shown> apply(String attribute, String value) {
        Field rule = rules.getOrDefault(attribute, Field.KEEP);
        if (rule == Field.KEEP) {
            return Optional.of(new Shown(value, Optional.empty()));
        }
        if (value.isBlank()) {
            return Optional.empty();
        }
        String text = value.strip();
        return switch (rule) {
            case KEEP, DROP -> Optional.empty();
            case MASK -> Optional.of(new Shown(mask(attribute, text), Optional.empty()));
            case HMAC -> config.hmacKey().map(key -> new Shown(pseudonym(key, attribute, text), keyId));
        };
    }

    /** Whether an attribute's text must not be seen elsewhere either, such as in a status description. */
    public boolean hides(AttributeKey<String> attribute) {
        return rules.getOrDefault(attribute.getKey(), Field.KEEP) != Field.KEEP;
    }

    /** A free text that a system answered: absent, without what looks like a secret or a person, or as it is. */
    public @Nullable String message(AttributeKey<String> attribute, @Nullable String message) {
        if (message == null || message.isBlank()) {
            return null;
        }
        if (concerns(attribute.getKey())) {
            return message;
        }
        return switch (config.messages()) {
            case DROP -> null;
            case SCRUB -> Scrubbing.scrub(message);
            case KEEP -> message;
        };
    }

    /** A label that people chose or typed, such as a disposition: scrubbed like a message, but never dropped. */
    public @Nullable String label(AttributeKey<String> attribute, @Nullable String label) {
        boolean keep = config.messages() == MappingConfig.Privacy.Messages.KEEP || concerns(attribute.getKey());
        return label == null || keep ? label : Scrubbing.scrub(label);
    }

    /** JSON of unknown content as compact text: absent, each value scrubbed like a message, or as it is. */
    public @Nullable String json(AttributeKey<String> attribute, @Nullable JsonNode json) {
        if (json == null || json.isNull()) {
            return null;
        }
        if (concerns(attribute.getKey())) {
            return json.toString();
        }
        return switch (config.messages()) {
            case DROP -> null;
            case SCRUB -> ScrubbedJson.of(json);
            case KEEP -> json.toString();
        };
    }

    /**
     * A URL, always without user-info and fragment; query and path as configured, or as they are when a rule for
     * {@code url.full} says what becomes of them.
     */
    public RedactedUrl url(String url) {
        boolean ruled = concerns(URL_FULL.getKey());
        return RedactedUrl.of(
                url,
                !ruled && config.urlQuery() == MappingConfig.Privacy.UrlQuery.REDACT,
                !ruled && config.urlPath() == MappingConfig.Privacy.UrlPath.TEMPLATE);
    }

    private static String mask(String attribute, String text) {
        return PHONE_NUMBERS.contains(attribute) ? Mask.phoneNumber(text) : Mask.text(text);
    }

    /** The same value gives the same pseudonym in every attribute, so that a caller is found again as the one called. */
    private static String pseudonym(SecretKey key, String attribute, String text) {
        String same = PHONE_NUMBERS.contains(attribute) ? Mask.plainNumber(text) : text;
        return HexFormat.of().formatHex(key.hmac(same), 0, PSEUDONYM_BYTES);
    }
}
