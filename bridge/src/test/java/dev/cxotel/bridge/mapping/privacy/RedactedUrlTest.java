package dev.cxotel.bridge.mapping.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactedUrlTest {

    @ParameterizedTest
    @CsvSource({
        "https://api.example.com/v1/items, https://api.example.com/v1/items, api.example.com, 443",
        "http://API.Example.com:8080/x?a=1&b=2&c#frag, http://API.Example.com:8080/x?a=REDACTED&b=REDACTED&REDACTED, api.example.com, 8080",
        "https://user:se%40cret@host/x, https://host/x, host, 443",
        "https://user:p@ss@host/x, https://host/x, host, 443",
        "http://[2001:db8::1]:81/x, http://[2001:db8::1]:81/x, 2001:db8::1, 81",
        "https://user:pa/ss@host/x, https://REDACTED, '', 0",
        "https://user:p\\w@host/x, https://host/x, host, 443",
        "http:///x, http:///x, '', 0",
        "//host/x?token=1, //host/x?token=REDACTED, host, 0",
        "HTTPS://host, HTTPS://host, host, 443",
        "https://host:99999/x, https://host:99999/x, host, 0",
        "https://host:/x, https://host:/x, host, 443",
        "/only/a/path?x=1, /only/a/path?x=REDACTED, '', 0",
        "user:secret@host/path, host/path, '', 0",
        "mailto:john@example.com, example.com, '', 0",
    })
    void of_url_hidesCredentialsAndQuery(String url, String full, String address, int port) {
        RedactedUrl redacted = RedactedUrl.of(url, true, false);
        assertThat(redacted.full()).isEqualTo(full);
        assertThat(redacted.address().orElse("")).isEqualTo(address);
        assertThat(redacted.port().orElse(0)).isEqualTo(port);
    }

    @Test
    void of_queryKept_stillHidesCredentialsAndFragment() {
        assertThat(RedactedUrl.of("https://u:p@host/x?a=1#t", false, false).full())
                .isEqualTo("https://host/x?a=1");
    }

    @Test
    void of_noUrl_staysText() {
        RedactedUrl redacted = RedactedUrl.of("not a url at all {id}", true, false);
        assertThat(redacted).isEqualTo(new RedactedUrl("not a url at all {id}", Optional.empty(), OptionalInt.empty()));
    }

    @Test
    void of_hostileText_isAnswered() {
        for (String unit : new String[] {"@", "://", "?", "#", "\n", "[", "a:", "\ud83d"}) {
            assertThat(RedactedUrl.of(unit.repeat(100_000), true, false).full()).isNotNull();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/v2/customers/8675309/orders/12, /v2/customers/{id}/orders/{id}",
        "/accounts/3f2504e0-4f89-11d3-9a0c-0305e82c3301, /accounts/{id}",
        "/accounts/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee, /accounts/{id}",
        "/s/5d41402abc4b2a76b9719d911017c592/x, /s/{id}/x",
        "/u/jane.doe@example.com, /u/{id}",
        "/u/jane.doe%40example.com/card, /u/{id}/card",
        "/t/eyJhbGciOiJIUzI1NiJ9.eyJzdWIi, /t/{id}",
        "/k/dGhlIHNhbXBsZSBub25jZQ==, /k/{id}",
        "/k/9Vd3kX_pQ7aZ0LmT2bRy, /k/{id}",
        "/p/+1-801-555-0101, /p/{id}",
        "/p/%31%32%33, /p/{id}",
        "/app;jsessionid=Ab3x/start, /app;{id}/start",
        "/incontactapi/services/v27.0/contacts, /incontactapi/services/v27.0/contacts",
        "/getCustomerAccountDetailsV2/face2face, /getCustomerAccountDetailsV2/face2face",
        "/oauth2/token/, /oauth2/token/",
        "/%zz/1, /%zz/{id}",
    })
    void of_pathTemplated_hidesWhatLooksLikeAnId(String path, String template) {
        assertThat(RedactedUrl.of("https://host" + path + "?q=1", true, true).full())
                .isEqualTo("https://host" + template + "?q=REDACTED");
        assertThat(RedactedUrl.of(path, true, true).full()).isEqualTo(template);
        assertThat(RedactedUrl.of("https://host" + path, true, false).full()).isEqualTo("https://host" + path);
    }
}
