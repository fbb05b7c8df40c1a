package dev.cxotel.bridge.auth.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cxotel.bridge.auth.HeaderField;
import dev.cxotel.bridge.auth.TrustedProxies;
import dev.cxotel.bridge.auth.WebhookRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose request it is and which URL it asked for: told by trusted proxies, and by nobody else. */
class ForwardingTest {

    private static final String PROXY = "10.0.0.1";
    private static final String STRANGER = "203.0.113.9";
    private static final String CXONE = "198.51.100.7";

    private final Forwarding forwarding = new Forwarding(TrustedProxies.of(List.of("10.0.0.0/8", "fd00::/8")));

    @Test
    void stranger_whoSpoofsEveryHeader_isHimself() {
        Origin origin = forwarding.origin(request(
                STRANGER,
                "Forwarded: for=" + CXONE + ";host=public.example.com;proto=https",
                "X-Forwarded-For: " + CXONE,
                "X-Forwarded-Host: public.example.com",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Port: 8443",
                "X-Forwarded-Prefix: /hooks"));
        assertThat(origin).isEqualTo(new Origin(client(STRANGER), "http", "bridge:8080", ""));
        assertThat(origin.url("/v1?a=%2F")).isEqualTo("http://bridge:8080/v1?a=%2F");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0000',
            value = {
                "for=198.51.100.7;host=public.example.com;proto=https | https://public.example.com/v",
                "For=\"198.51.100.7:4711\" ; Host=\"public.example.com:8443\";PROTO=HTTPS | https://public.example.com:8443/v",
                "for=198.51.100.7;proto=https;host=public.example.com, for=10.0.0.2;host=inner;proto=http"
                        + " | https://public.example.com/v",
                "for=198.51.100.7;host=evil.example.org;proto=http, for=198.51.100.7;host=public.example.com;proto=https,"
                        + " for=10.2.3.4 | https://public.example.com/v",
                "for=198.51.100.7;by=\"a\\\"b, c\" | http://bridge:8080/v",
                "for=198.51.100.7;host=\"a b\" | http://bridge:8080/v",
                "for=198.51.100.7;proto=gopher | http://bridge:8080/v",
            })
    void forwarded_ofTrustedProxies_tellsClientAndUrl(String header, String url) {
        Origin origin = forwarding.origin(request(PROXY, "Forwarded: " + header));
        assertThat(origin.client()).isEqualTo(client(CXONE));
        assertThat(origin.url("/v")).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "198.51.100.7 | https | public.example.com | | | https://public.example.com/v",
                "198.51.100.7, 10.0.0.2 | https | public.example.com | 443 | /hooks/ | https://public.example.com/hooks/v",
                "198.51.100.7:4711 | https | public.example.com | 8443 | | https://public.example.com:8443/v",
                "198.51.100.7 | http, https | evil.example.org, public.example.com | | | https://public.example.com/v",
                "203.0.113.1, 198.51.100.7, 10.0.0.2 | http, https, http | a, public.example.com, b | | |"
                        + " https://public.example.com/v",
                "198.51.100.7 | | | | | http://bridge:8080/v",
                "198.51.100.7 | https | public.example.com:9443 | 443 | | https://public.example.com:9443/v",
                "198.51.100.7 | https | [2001:db8::1] | 8443 | | https://[2001:db8::1]:8443/v",
                "198.51.100.7 | https | public.example.com | x | no slash | https://public.example.com/v",
            })
    void xForwarded_ofTrustedProxies_tellsClientAndUrl(
            String addresses, String scheme, String host, String port, String prefix, String url) {
        List<String> headers = new ArrayList<>(List.of("X-Forwarded-For: " + addresses));
        Optional.ofNullable(scheme).ifPresent(value -> headers.add("X-Forwarded-Proto: " + value));
        Optional.ofNullable(host).ifPresent(value -> headers.add("x-forwarded-host: " + value));
        Optional.ofNullable(port).ifPresent(value -> headers.add("X-Forwarded-Port: " + value));
        Optional.ofNullable(prefix).ifPresent(value -> headers.add("X-Forwarded-Prefix: " + value));
        Origin origin = forwarding.origin(request(PROXY, headers.toArray(String[]::new)));
        assertThat(origin.client()).isEqualTo(client(CXONE));
        assertThat(origin.url("/v")).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for=_hidden",
                "for=unknown",
                "for",
                "for=",
                "=x",
                "for=198.51.100.7;for=198.51.100.7",
                "for=\"198.51.100.7",
                "for=198.51.100.7 host=x",
                "for=cxone.example.com",
                "for=198.51.100",
                "for=198.51.100.7:port",
                ",",
                ";",
                "for=198.51.100.7,",
                "for=\"[2001:db8::1\"",
                "for=198.51.100.7%0d%0a",
                "for=010.1.1.1.1",
                "for=3325256711",
            })
    void forwarded_thatHidesOrIsBroken_leavesTheClientUnknown(String header) {
        assertThat(forwarding.origin(request(PROXY, "Forwarded: " + header)).client())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"unknown", "198.51.100.7;", "3325256711", "198.51.100", "198.51.100.7 10.0.0.2", ":::", "a:b"})
    void xForwardedFor_thatIsNoAddress_leavesTheClientUnknown(String header) {
        assertThat(forwarding
                        .origin(request(PROXY, "X-Forwarded-For: " + CXONE + ", " + header))
                        .client())
                .isEmpty();
    }

    @Test
    void client_whoPutsAnAddressBeforeHisOwn_isHimself() {
        assertThat(forwarding
                        .origin(request(PROXY, "X-Forwarded-For: " + CXONE, "X-Forwarded-For: " + STRANGER))
                        .client())
                .isEqualTo(client(STRANGER));
        assertThat(forwarding
                        .origin(request(PROXY, "Forwarded: for=" + CXONE + ", for=" + STRANGER + ", for=10.9.9.9"))
                        .client())
                .isEqualTo(client(STRANGER));
    }

    @Test
    void twoHeadersThatContradictEachOther_areBothNotBelieved() {
        Origin origin = forwarding.origin(request(
                PROXY,
                "Forwarded: for=" + CXONE + ";host=public.example.com;proto=https",
                "X-Forwarded-For: " + STRANGER,
                "X-Forwarded-Prefix: /x"));
        assertThat(origin).isEqualTo(new Origin(Optional.empty(), "http", "bridge:8080", ""));
    }

    @Test
    void header_thatIsTooLongOrHasTooManyHops_isNotBelieved() {
        String many = CXONE + (", " + CXONE).repeat(32);
        String padding = "; x=" + "y".repeat(8192);
        for (String header : List.of(
                "X-Forwarded-For: " + many,
                "X-Forwarded-For: " + " ".repeat(8192) + CXONE + ",",
                "Forwarded: " + many.replace(CXONE, "for=" + CXONE),
                "Forwarded: for=" + CXONE + padding)) {
            assertThat(forwarding.origin(request(PROXY, header)).client()).isEmpty();
        }
    }

    @Test
    void proxy_thatSaysNothing_isTheClient() {
        assertThat(forwarding.origin(request(PROXY)).client()).isEqualTo(client(PROXY));
        assertThat(forwarding
                        .origin(request("fd00::5", "Forwarded: for=\"[2001:db8::7]:1\""))
                        .client())
                .isEqualTo(client("2001:db8::7"));
    }

    @Test
    void forwardedUrl_hasTheTargetAsItStoodOnTheWire() {
        WebhookRequest request = request(PROXY, "Forwarded: for=" + CXONE + ";host=public.example.com");
        assertThat(new ForwardedUrl(forwarding).of(request))
                .isEqualTo("http://public.example.com/v1/voice-quality?a=b");
    }

    @FuzzTest(maxDuration = "10m")
    void origin_anyHeaders_isAnsweredAndTrustsNoStranger(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String[] parts = text.split("\u0000", 6);
        List<HeaderField> fields = new ArrayList<>();
        String[] names = {
            "Forwarded",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Proto",
            "X-Forwarded-Port",
            "X-Forwarded-Prefix"
        };
        for (int i = 0; i < parts.length; i++) {
            fields.add(new HeaderField(names[i], parts[i]));
        }
        Origin believed = forwarding.origin(request(PROXY, fields));
        assertThat(believed.scheme()).isIn("http", "https");
        assertThat(URI.create(believed.url("/v")).getRawPath()).endsWith("/v");
        assertThat(forwarding.origin(request(STRANGER, fields)))
                .isEqualTo(forwarding.origin(request(STRANGER, List.of())));
        // Whatever stands before it, the right-most address is the client's.
        List<HeaderField> appended = List.of(new HeaderField("X-Forwarded-For", parts[0] + "," + STRANGER));
        if (parts[0].length() < 4096 && parts[0].chars().filter(c -> c == ',').count() < 20) {
            assertThat(forwarding.origin(request(PROXY, appended)).client()).isEqualTo(client(STRANGER));
        }
    }

    private static WebhookRequest request(String peer, String... headers) {
        List<HeaderField> fields = new ArrayList<>();
        for (String header : headers) {
            int colon = header.indexOf(':');
            fields.add(new HeaderField(
                    header.substring(0, colon), header.substring(colon + 1).strip()));
        }
        return request(peer, fields);
    }

    private static WebhookRequest request(String peer, List<HeaderField> fields) {
        List<HeaderField> all = new ArrayList<>(List.of(new HeaderField("Host", "bridge:8080")));
        all.addAll(fields);
        return new WebhookRequest(
                "POST",
                "/v1/voice-quality",
                "a=b",
                all,
                new InetSocketAddress(InetAddress.ofLiteral(peer), 40_000),
                false,
                List.of(),
                Instant.EPOCH,
                Optional.empty());
    }

    private static Optional<InetAddress> client(String address) {
        return Optional.of(InetAddress.ofLiteral(address));
    }
}
