package dev.cxotel.bridge.auth.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.auth.HeaderField;
import dev.cxotel.bridge.auth.PublicUrl;
import dev.cxotel.bridge.auth.RequestedUrl;
import dev.cxotel.bridge.auth.WebhookRequest;
import dev.cxotel.bridge.auth.signature.OutgoingRequest;
import dev.cxotel.bridge.auth.signature.Signed;
import dev.cxotel.bridge.auth.signature.SignedUrls;
import dev.cxotel.bridge.auth.signature.Signer;
import dev.cxotel.bridge.auth.signature.key.KeyRing;
import dev.cxotel.bridge.auth.signature.key.PublicMaterial;
import dev.cxotel.bridge.auth.signature.key.SecretMaterial;
import dev.cxotel.bridge.auth.signature.key.SigningKey;
import dev.cxotel.bridge.auth.signature.key.VerificationKey;
import dev.cxotel.bridge.config.SubscriptionConfig;
import dev.cxotel.bridge.config.scheme.Algorithm;
import dev.cxotel.bridge.config.scheme.AllowedAlgorithm;
import dev.cxotel.bridge.config.scheme.Carrier;
import dev.cxotel.bridge.config.scheme.Encoding;
import dev.cxotel.bridge.config.scheme.Scheme;
import dev.cxotel.bridge.config.scheme.Template;
import dev.cxotel.bridge.config.scheme.TemplateScheme;
import dev.cxotel.bridge.config.scheme.Timestamp;
import dev.cxotel.bridge.config.scheme.Tolerance;
import dev.cxotel.bridge.config.scheme.yaml.SchemePresets;
import dev.cxotel.bridge.event.Bytes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that did not verify tells by what it would have; and nothing of what it carries but names. */
class DiagnosticianTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final URI PUBLIC = URI.create("https://hooks.example.com/v1/voice-quality?a=b");
    private static final byte[] SECRET = "a secret of thirty-two bytes !!!".getBytes(StandardCharsets.UTF_8);
    private static final Bytes BODY = Bytes.utf8("{\"ContactId\":8675309}");

    private static KeyPair rsa;
    private static KeyRing ring;

    @BeforeAll
    static void keys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        rsa = generator.generateKeyPair();
        ring = new KeyRing(List.of(
                new VerificationKey(
                        Optional.of("acme"),
                        "7",
                        new PublicMaterial(rsa.getPublic()),
                        Optional.empty(),
                        Optional.empty()),
                new VerificationKey(
                        Optional.of("acme"), "8", new SecretMaterial(SECRET), Optional.empty(), Optional.empty())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"walmart_io", "walmart_marketplace", "nice_expert", "standard_webhooks", "rfc9421"})
    void preset_thatSigned_isFound(String name) throws Exception {
        Scheme scheme = SchemePresets.named(name).orElseThrow();
        Diagnosis diagnosis = diagnose(sign(scheme, NOW, new HeaderField("webhook-id", "msg_1")));
        assertThat(diagnosis.presets()).containsEntry(name, "verified");
        assertThat(diagnosis.matches().getFirst().scheme()).isEqualTo(name);
        assertThat(diagnosis.matches().getFirst().configuration()).isEqualTo("scheme: " + name + "\n");
        assertThat(diagnosis.matches().getFirst().timely()).isTrue();
    }

    @Test
    void clockThatIsOff_isToldWithTheScheme() throws Exception {
        Scheme scheme = SchemePresets.named("walmart_io").orElseThrow();
        Diagnosis diagnosis = diagnose(sign(scheme, NOW.plus(Duration.ofHours(1))));
        assertThat(diagnosis.presets()).containsEntry("walmart_io", "future_timestamp");
        Diagnosis.Match match = diagnosis.matches().getFirst();
        assertThat(match.age()).contains(Duration.ofHours(-1));
        assertThat(match.timely()).isFalse();
        assertThat(match.keyVersion()).isEqualTo("7");
        assertThat(diagnosis.toText()).contains("signed 3600 s after our clock, which is out of tolerance");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{timestamp}.{raw_body}",
                "{timestamp}{raw_body}",
                "{raw_body}",
                "{method}\n{url}\n{timestamp}\n{raw_body}",
                "{url}|{timestamp}",
                "{header:X-Consumer}:{timestamp}:{sha256:raw_body}",
                "{header:X-Consumer}\n{timestamp}\n{header:X-Key-Version}\n{raw_body}\n",
            })
    void template_thatNobodyConfigured_isFoundWithItsConfiguration(String text) throws Exception {
        boolean timed = text.contains("{timestamp}");
        boolean likely = text.startsWith("{timestamp}");
        for (Algorithm algorithm :
                likely ? List.of(Algorithm.RSA_PSS_SHA256, Algorithm.HMAC_SHA512) : List.of(Algorithm.HMAC_SHA512)) {
            TemplateScheme scheme = new TemplateScheme(
                    Scheme.CUSTOM,
                    new Carrier(Carrier.Place.HEADER, "X-Sig", "", "v9="),
                    algorithm == Algorithm.HMAC_SHA512 ? Encoding.HEX : Encoding.BASE64,
                    List.of(new AllowedAlgorithm(algorithm, "")),
                    timed ? Optional.of(new Timestamp(Carrier.header("X-Time"), Timestamp.Unit.S)) : Optional.empty(),
                    Tolerance.DEFAULT,
                    Optional.empty(),
                    Optional.empty(),
                    Template.parse(text));
            KeyRing one = new KeyRing(
                    ring.keys().stream().filter(key -> key.fits(algorithm)).toList());
            Diagnosis diagnosis = diagnostician(one)
                    .examine(sign(
                            scheme, NOW, new HeaderField("X-Consumer", "acme"), new HeaderField("X-Key-Version", "7")));
            assertThat(diagnosis.matches()).as(diagnosis.toText()).isNotEmpty();
            Diagnosis.Match match = diagnosis.matches().getFirst();
            assertThat(match.algorithm()).isEqualToIgnoringCase(algorithm.name());
            assertThat(match.configuration())
                    .contains("scheme: custom", "name: \"X-Sig\"", "prefix: \"v9=\"", text.replace("\n", "\\n"));
        }
    }

    @Test
    void urlThatAProxyChanged_isFoundAndNamed() throws Exception {
        Scheme scheme = SchemePresets.named("walmart_marketplace").orElseThrow();
        WebhookRequest signed = sign(scheme, NOW);
        List<HeaderField> headers = new ArrayList<>(signed.headers());
        headers.removeIf(field -> field.name().equalsIgnoreCase("Host"));
        headers.add(new HeaderField("Host", "bridge:8080"));
        headers.add(new HeaderField("X-Forwarded-Proto", "https"));
        headers.add(new HeaderField("X-Forwarded-Host", "hooks.example.com"));
        Diagnosis diagnosis = diagnose(request(signed, headers, false));
        assertThat(diagnosis.matches().getFirst().url()).contains("that forwarding headers tell (trusted_proxies?)");
    }

    @Test
    void stranger_isToldNothingAndLeavesNamesOnly() {
        List<HeaderField> headers = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            headers.add(new HeaderField("X-" + i + "-\u001b[31m" + "y".repeat(200), "a value " + i));
        }
        headers.add(new HeaderField("Authorization", "Bearer value-of-a-token"));
        WebhookRequest request = new WebhookRequest(
                "POST",
                "/v1/voice-quality",
                "token=value-of-a-parameter&\n=x",
                headers,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                true,
                List.of(),
                NOW,
                Optional.of(new WebhookRequest.Body(BODY, BODY)));
        Diagnosis diagnosis = diagnose(request);
        assertThat(diagnosis.matches()).isEmpty();
        assertThat(diagnosis.headers()).hasSize(64).allMatch(name -> name.length() <= 64 && !name.contains("\u001b"));
        assertThat(diagnosis.toText() + diagnosis.toMap()).doesNotContain("value", "8675309", "\u001b");
        assertThat(diagnosis.parameters()).contains("token");
    }

    @Test
    void requestThatOffersTooMuch_endsAndSaysSo() {
        List<HeaderField> headers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            headers.add(new HeaderField("X-Sig-" + i, "ab".repeat(64)));
            headers.add(new HeaderField("X-Time-" + i, "177236640" + i % 10));
            headers.add(new HeaderField("X-Consumer-" + i, "acme"));
            headers.add(new HeaderField("X-Id-" + i + "-id", "x"));
        }
        Bytes large = Bytes.wrap(new byte[1 << 20]);
        WebhookRequest request = new WebhookRequest(
                "POST",
                "/v1/voice-quality",
                "",
                headers,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                true,
                List.of(),
                NOW,
                Optional.of(new WebhookRequest.Body(large, large)));
        long start = System.nanoTime();
        PublicUrl url = new RequestedUrl();
        Diagnosis diagnosis = new Diagnostician(
                        SubscriptionConfig.DEFAULTS.getFirst(),
                        () -> ring,
                        new SignedUrls(url, url),
                        Diagnostician.AT_THE_DOOR)
                .examine(request);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(1));
        assertThat(diagnosis.complete()).isFalse();
        assertThat(diagnosis.toText()).contains("not everything could be tried");
    }

    @Test
    void log_underAFlood_examinesOneInAWhileAndKeepsFew() throws Exception {
        AtomicLong nanos = new AtomicLong();
        DiagnosisLog log = new DiagnosisLog(java.util.Map.of("voice", diagnostician(ring)), nanos::get);
        WebhookRequest request = sign(SchemePresets.named("walmart_io").orElseThrow(), NOW);
        for (int i = 0; i < 100; i++) {
            log.examine("voice", request);
            log.examine("unknown", request);
        }
        assertThat(log.last()).hasSize(1);
        for (int i = 0; i < 2 * DiagnosisLog.KEPT; i++) {
            nanos.addAndGet(Duration.ofSeconds(DiagnosisLog.PAUSE_SECONDS).toNanos());
            log.examine("voice", request);
        }
        assertThat(log.last()).hasSize(DiagnosisLog.KEPT);
    }

    private static Diagnosis diagnose(WebhookRequest request) {
        return diagnostician(ring).examine(request);
    }

    private static Diagnostician diagnostician(KeyRing keys) {
        PublicUrl url = new RequestedUrl();
        return new Diagnostician(
                SubscriptionConfig.DEFAULTS.getFirst(), () -> keys, new SignedUrls(url, url), Diagnostician.BY_HAND);
    }

    private static WebhookRequest sign(Scheme scheme, Instant when, HeaderField... more) throws Exception {
        boolean secret = scheme.algorithms().getFirst().algorithm().keyKind() == Algorithm.KeyKind.SECRET;
        SigningKey key = secret ? SigningKey.of(new SecretMaterial(SECRET)) : SigningKey.of(rsa.getPrivate());
        Signer signer = Signer.of(
                scheme,
                new Signer.Identity(
                        Optional.of("acme"), Optional.of(secret ? "8" : "7"), key, Optional.empty(), () -> when));
        Signed signed = signer.sign(new OutgoingRequest("POST", PUBLIC, List.of(more), BODY));
        List<HeaderField> headers = new ArrayList<>(List.of(more));
        headers.add(new HeaderField("Host", PUBLIC.getRawAuthority()));
        signed.headers().stream()
                .filter(field -> headers.stream().noneMatch(one -> one.name().equalsIgnoreCase(field.name())))
                .forEach(headers::add);
        return new WebhookRequest(
                "POST",
                PUBLIC.getRawPath(),
                signed.url().getRawQuery(),
                headers,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                true,
                List.of(),
                NOW,
                Optional.of(new WebhookRequest.Body(BODY, BODY)));
    }

    private static WebhookRequest request(WebhookRequest like, List<HeaderField> headers, boolean secure) {
        return new WebhookRequest(
                like.method(),
                like.path(),
                like.query(),
                headers,
                like.remote(),
                secure,
                List.of(),
                like.receivedAt(),
                like.body());
    }
}
