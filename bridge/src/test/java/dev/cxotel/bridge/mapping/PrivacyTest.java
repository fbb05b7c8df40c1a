package dev.cxotel.bridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cxotel.bridge.config.MappingConfig;
import dev.cxotel.bridge.config.MappingConfig.Privacy.Field;
import dev.cxotel.bridge.config.MappingConfig.Privacy.Messages;
import dev.cxotel.bridge.config.MappingConfig.Privacy.UrlQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivacyTest {

    private final Privacy defaults = new Privacy(MappingConfig.Privacy.DEFAULT);
    private final Privacy keeping =
            new Privacy(new MappingConfig.Privacy(Field.KEEP, Field.KEEP, UrlQuery.KEEP, Messages.KEEP));
    private final Privacy dropping =
            new Privacy(new MappingConfig.Privacy(Field.MASK, Field.DROP, UrlQuery.REDACT, Messages.DROP));

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
        assertThat(defaults.phoneNumber(number)).isEqualTo(masked);
    }

    @Test
    void phoneNumber_asConfigured_isKeptOrDropped() {
        assertThat(keeping.phoneNumber("+18018675309")).isEqualTo("+18018675309");
        assertThat(dropping.phoneNumber("+18018675309")).isNull();
        assertThat(defaults.phoneNumber(" ")).isNull();
        assertThat(defaults.phoneNumber(null)).isNull();
    }

    @Test
    void personName_asConfigured_isDroppedMaskedOrKept() {
        assertThat(defaults.personName("Sherlock Holmes")).isNull();
        assertThat(dropping.personName(" Sherlock  Holmes ")).isEqualTo("S*** H***");
        assertThat(dropping.personName("𝒮herlock")).isEqualTo("𝒮***");
        assertThat(keeping.personName("Sherlock Holmes")).isEqualTo("Sherlock Holmes");
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
                "SUCESS | SUCESS",
                "Basic authentication is required | Basic authentication is required",
            })
    void message_byDefault_isScrubbed(String message, String scrubbed) {
        assertThat(defaults.message(message)).isEqualTo(scrubbed);
    }

    @Test
    void message_asConfigured_isKeptOrDropped() {
        assertThat(keeping.message("john.doe@example.com")).isEqualTo("john.doe@example.com");
        assertThat(dropping.message("fine")).isNull();
        assertThat(defaults.message("")).isNull();
    }

    @Test
    void message_hostileLength_isScrubbedInLinearTime() {
        for (String unit : new String[] {"a-", "key", "1 ", "eyJa.", "a@", "://", "bearer ", "\"key\"", "a.b@c."}) {
            String message = defaults.message(unit.repeat(200_000));
            assertThat(message).isNotNull().hasSizeLessThanOrEqualTo(4 * Scrubbing.LONGEST);
        }
    }

    @Test
    void json_byDefault_staysJsonWithoutSecrets() throws Exception {
        String json =
                "{\"phone\":18018675309,\"apiKey\":\"x\",\"list\":[\"a@b.co\",null,true,3],\"deep\":{\"token\":5}}";
        assertThat(defaults.json(new JsonMapper().readTree(json)))
                .isEqualTo(
                        "{\"phone\":\"[number]\",\"apiKey\":\"[redacted]\",\"list\":[\"[email]\",null,true,3],\"deep\":{\"token\":\"[redacted]\"}}");
    }
}
