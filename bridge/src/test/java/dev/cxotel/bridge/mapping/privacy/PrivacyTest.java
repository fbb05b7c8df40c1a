package dev.cxotel.bridge.mapping.privacy;

import static dev.cxotel.semconv.CoreAttributes.SERVER_PORT;
import static dev.cxotel.semconv.CxoneAttributes.CXONE_AGENT_ID;
import static dev.cxotel.semconv.CxoneAttributes.CXONE_AGENT_NAME;
import static dev.cxotel.semconv.CxoneAttributes.CXONE_API_RESPONSE_MESSAGE;
import static dev.cxotel.semconv.CxoneAttributes.CXONE_CALL_FROM;
import static dev.cxotel.semconv.CxoneAttributes.CXONE_CALL_TO;
import static dev.cxotel.semconv.CxoneAttributes.CXONE_CONTACT_ID;
import static dev.cxotel.semconv.CxoneAttributes.CXONE_PRIVACY_KEY_ID;
import static dev.cxotel.semconv.CxoneAttributes.CXONE_UNMAPPED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cxotel.bridge.config.MappingConfig;
import dev.cxotel.bridge.config.MappingConfig.Privacy.Field;
import dev.cxotel.bridge.config.MappingConfig.Privacy.Messages;
import dev.cxotel.bridge.config.MappingConfig.Privacy.UrlPath;
import dev.cxotel.bridge.config.MappingConfig.Privacy.UrlQuery;
import dev.cxotel.bridge.config.SecretKey;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.mapping.AttributeRule;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivacyTest {

    private static final String KEY = "0123456789abcdef0123456789abcdef";

    private final Privacy defaults = new Privacy(MappingConfig.Privacy.DEFAULT);
    private final Privacy keeping = new Privacy(of(Field.KEEP, Field.KEEP, Messages.KEEP, Map.of()));
    private final Privacy dropping = new Privacy(of(Field.MASK, Field.DROP, Messages.DROP, Map.of()));

    private static MappingConfig.Privacy of(
            Field agentName, Field phoneNumbers, Messages messages, Map<String, Field> fields) {
        return new MappingConfig.Privacy(
                agentName,
                phoneNumbers,
                UrlQuery.REDACT,
                UrlPath.KEEP,
                messages,
                fields,
                Optional.of(new SecretKey(Bytes.utf8(KEY))));
    }

    private static @Nullable String shown(Privacy privacy, AttributeKey<String> attribute, String value) {
        return privacy.apply(attribute.getKey(), value)
                .map(AttributeRule.Shown::text)
                .orElse(null);
    }

    @ParameterizedTest
    @CsvSource({
        "+18018675309, +1801*****09",
        "18018675309, 1801*****09",
        "(801) 867-5309, 801*****09",
        "8675309, *****09",
        "+442079460958, +4420******58",
        "+1234567890123456789, +1234*************89",
        "sip:+18018675309@sbc.example.com, +1801*****09",
        "1174, 1174",
        "867530, 867530",
        "sip:1174@sbc.example.com, sip:***@sbc.example.com",
        "sips:alice@example.com, sips:***@example.com",
        "alice@example.com, ***@example.com",
        "Sherlock Holmes, S*** H***",
        "anonymous, a***",
        "٠١٢٣٤٥٦٧٨٩, 012*****89",
    })
    void phoneNumber_byDefault_isMasked(String number, String masked) {
        assertThat(shown(defaults, CXONE_CALL_FROM, number)).isEqualTo(masked);
    }

    @Test
    void phoneNumber_asConfigured_isKeptOrDropped() {
        assertThat(shown(keeping, CXONE_CALL_FROM, "+18018675309")).isEqualTo("+18018675309");
        assertThat(shown(dropping, CXONE_CALL_FROM, "+18018675309")).isNull();
        assertThat(shown(defaults, CXONE_CALL_FROM, " ")).isNull();
        assertThat(defaults.message(CXONE_API_RESPONSE_MESSAGE, null)).isNull();
    }

    @Test
    void personName_asConfigured_isDroppedMaskedOrKept() {
        assertThat(shown(defaults, CXONE_AGENT_NAME, "Sherlock Holmes")).isNull();
        assertThat(shown(dropping, CXONE_AGENT_NAME, " Sherlock  Holmes ")).isEqualTo("S*** H***");
        assertThat(shown(dropping, CXONE_AGENT_NAME, "𝒮herlock")).isEqualTo("𝒮***");
        assertThat(shown(keeping, CXONE_AGENT_NAME, "Sherlock Holmes")).isEqualTo("Sherlock Holmes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "customer john.doe@example.com not found | customer [email] not found",
                "call +1 (801) 867-5309 now | call [number] now",
                "contact 460000000000 is gone | contact [number] is gone",
                "Authorization: Bearer abc123.def-456 | Authorization: Bearer [redacted]",
                "bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln | bearer [jwt]",
                "token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln bad | token [jwt] bad",
                "?api_key=s3cr3t&page=2 | ?api_key=[redacted]&page=2",
                "{\"password\":\"hunter2\",\"user\":\"x\"} | {\"password\":[redacted],\"user\":\"x\"}",
                "GET https://u:p@host/x failed | GET https://[redacted]@host/x failed",
                "timeout after 30000 ms at 10.20.30.40:443 | timeout after 30000 ms at 10.20.30.40:443",
                "at 2024-03-26 13:57:41 | at 2024-03-26 13:57:41",
                "2024-03-26 8015550101 | 2024-03-26 [number]",
                "1/31/2024 801-555-0101 | 1/31/2024 [number]",
                "80/15/5501 01 | [number]",
                "801.555.01.01 | [number]",
                "card 4111 1111 1111 1111 declined | card [number] declined",
                "4111-1111-1111-1111 | [number]",
                "%2B1%20801%20555%200101 | %2B[number]",
                "٨٠١٥٥٥٠١٠١ | [number]",
                "john.doe%40example.com | [email]",
                "Bearer%20abc123.def-456 | Bearer%20[redacted]",
                "uses sk_live_51HabcDEF0 | uses [redacted]",
                "ghp_16C7e42F292c6912E7710c838347Ae178B4a | [redacted]",
                "SUCESS | SUCESS",
                "Basic authentication is required | Basic authentication is required",
            })
    void message_byDefault_isScrubbed(String message, String scrubbed) {
        assertThat(defaults.message(CXONE_API_RESPONSE_MESSAGE, message)).isEqualTo(scrubbed);
    }

    @Test
    void message_asConfigured_isKeptOrDropped() {
        assertThat(keeping.message(CXONE_API_RESPONSE_MESSAGE, "john.doe@example.com"))
                .isEqualTo("john.doe@example.com");
        assertThat(dropping.message(CXONE_API_RESPONSE_MESSAGE, "fine")).isNull();
        assertThat(defaults.message(CXONE_API_RESPONSE_MESSAGE, "")).isNull();
    }

    @Test
    void message_hostileLength_isScrubbedInLinearTime() {
        for (String unit : new String[] {"a-", "key", "1 ", "eyJa.", "a@", "://", "bearer ", "\"key\"", "a.b@c."}) {
            String message = defaults.message(CXONE_API_RESPONSE_MESSAGE, unit.repeat(200_000));
            assertThat(message).isNotNull().hasSizeLessThanOrEqualTo(4 * Scrubbing.LONGEST);
        }
    }

    @Test
    void json_byDefault_staysJsonWithoutSecrets() throws Exception {
        String json =
                "{\"phone\":18018675309,\"apiKey\":\"x\",\"list\":[\"a@b.co\",null,true,3],\"deep\":{\"token\":5}}";
        assertThat(defaults.json(CXONE_UNMAPPED, new JsonMapper().readTree(json)))
                .isEqualTo(
                        "{\"phone\":\"[number]\",\"apiKey\":\"[redacted]\",\"list\":[\"[email]\",null,true,3],\"deep\":{\"token\":\"[redacted]\"}}");
    }

    @Test
    void apply_namedAttribute_hasTheLastWord() {
        Privacy named = new Privacy(of(
                Field.DROP,
                Field.MASK,
                Messages.SCRUB,
                Map.of(
                        "cxone.agent.name", Field.KEEP,
                        "cxone.agent.id", Field.MASK,
                        "cxone.contact.id", Field.MASK,
                        "cxone.call.to", Field.DROP,
                        "cxone.api.response.message", Field.KEEP)));
        assertThat(shown(named, CXONE_AGENT_NAME, "Sherlock Holmes")).isEqualTo("Sherlock Holmes");
        assertThat(shown(named, CXONE_AGENT_ID, "1174")).isEqualTo("1***");
        assertThat(shown(named, CXONE_CONTACT_ID, "460000000000")).isEqualTo("4600******00");
        assertThat(shown(named, CXONE_CALL_TO, "+18018675309")).isNull();
        assertThat(shown(named, CXONE_CALL_FROM, "+18018675309")).isEqualTo("+1801*****09");
        assertThat(named.message(CXONE_API_RESPONSE_MESSAGE, "john.doe@example.com"))
                .isEqualTo("john.doe@example.com");
        assertThat(named.concerns("cxone.skill.name")).isFalse();
    }

    @Test
    void apply_hmac_isTheKeyedPseudonymThatAnyToolMakes() {
        Privacy hashing = new Privacy(of(Field.HMAC, Field.HMAC, Messages.SCRUB, Map.of("cxone.agent.id", Field.HMAC)));
        // printf 1174 | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef
        assertThat(hashing.apply("cxone.agent.id", "1174"))
                .contains(new AttributeRule.Shown("2eb407dd86766c51", Optional.of("b0e59bb4")));
        // printf 18018675309 | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef
        assertThat(List.of("+1 (801) 867-5309", "sip:+18018675309@sbc.example.com", "18018675309"))
                .allSatisfy(number ->
                        assertThat(shown(hashing, CXONE_CALL_FROM, number)).isEqualTo("e21359148727f6e1"));
        assertThat(shown(hashing, CXONE_CALL_TO, "18018675309"))
                .as("who calls is found again as who is called")
                .isEqualTo(shown(hashing, CXONE_CALL_FROM, "18018675309"));
    }

    @Test
    void apply_hmacWithoutKey_dropsRatherThanShows() {
        MappingConfig.Privacy withoutKey = new MappingConfig.Privacy(
                Field.HMAC, Field.HMAC, UrlQuery.REDACT, UrlPath.KEEP, Messages.SCRUB, Map.of(), Optional.empty());
        assertThat(shown(new Privacy(withoutKey), CXONE_AGENT_NAME, "Sherlock Holmes"))
                .isNull();
    }

    @Test
    void attributes_pseudonym_bearsTheKeysId() {
        Privacy hashing = new Privacy(of(Field.HMAC, Field.MASK, Messages.SCRUB, Map.of("server.port", Field.DROP)));
        Attributes attributes = hashing.attributes()
                .put(CXONE_AGENT_NAME, "Sherlock Holmes")
                .putLong(SERVER_PORT, 443L)
                .toAttributes();
        assertThat(attributes.get(CXONE_PRIVACY_KEY_ID)).isEqualTo("b0e59bb4");
        assertThat(attributes.get(SERVER_PORT)).isNull();
        assertThat(keeping.attributes()
                        .put(CXONE_AGENT_NAME, "x")
                        .toAttributes()
                        .get(CXONE_PRIVACY_KEY_ID))
                .isNull();
    }
}
