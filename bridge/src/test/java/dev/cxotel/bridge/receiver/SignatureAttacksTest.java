package dev.cxotel.bridge.receiver;

import static dev.cxotel.bridge.receiver.RunningReceiver.NOW;
import static dev.cxotel.bridge.receiver.RunningReceiver.VOICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cxotel.bridge.auth.HeaderField;
import dev.cxotel.bridge.auth.RequestedUrl;
import dev.cxotel.bridge.auth.signature.OutgoingRequest;
import dev.cxotel.bridge.auth.signature.SignatureAuthenticator;
import dev.cxotel.bridge.auth.signature.SignedUrls;
import dev.cxotel.bridge.auth.signature.Signer;
import dev.cxotel.bridge.auth.signature.key.KeyMaterial;
import dev.cxotel.bridge.auth.signature.key.KeyRing;
import dev.cxotel.bridge.auth.signature.key.PublicMaterial;
import dev.cxotel.bridge.auth.signature.key.RawSecret;
import dev.cxotel.bridge.auth.signature.key.SigningKey;
import dev.cxotel.bridge.auth.signature.key.VerificationKey;
import dev.cxotel.bridge.config.scheme.Algorithm;
import dev.cxotel.bridge.config.scheme.Scheme;
import dev.cxotel.bridge.config.scheme.yaml.SchemePresets;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.testing.RawHttp;
import dev.cxotel.semconv.CxotelAttributes;
import dev.cxotel.semconv.CxotelMetrics;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a stranger may try, over real HTTP and with every preset: refused, counted, nothing stored, the door still open. */
class SignatureAttacksTest {

    private static final String BODY = "{\"ContactId\":8675309}";
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final KeyPair RSA = pair();

    static List<Scheme> presets() {
        return SchemePresets.all();
    }

    static Stream<Scheme> presetsOfTheBody() {
        return SchemePresets.all().stream().filter(Scheme::coversBody);
    }

    static Stream<Scheme> presetsOfTheUrl() {
        return Stream.of("walmart_marketplace", "rfc9421")
                .map(name -> SchemePresets.named(name).orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("presets")
    void honest_inAnyOrderAndCase_isAccepted(Scheme scheme) throws Exception {
        try (Door door = new Door(scheme)) {
            List<HeaderField> headers = door.signed(VOICE, BODY, NOW);
            assertThat(door.post(VOICE, BODY, headers)).isEqualTo(200);
            List<HeaderField> other = headers.reversed().stream()
                    .map(header -> new HeaderField(swapCase(header.name()), " \t" + header.value() + "  "))
                    .toList();
            assertThat(door.post(VOICE, BODY, other)).isEqualTo(200);
            assertThat(door.running.journal.appends()).hasSize(2);
        }
    }

    @ParameterizedTest
    @MethodSource("presets")
    void anyHeaderMissing_isRefused(Scheme scheme) throws Exception {
        try (Door door = new Door(scheme)) {
            List<HeaderField> headers = door.signed(VOICE, BODY, NOW);
            for (int i = 0; i < headers.size(); i++) {
                List<HeaderField> fewer = new ArrayList<>(headers);
                fewer.remove(i);
                door.refuses(VOICE, BODY, fewer, "missing_header");
            }
            door.refuses(VOICE, BODY, List.of(), "missing_header");
        }
    }

    @ParameterizedTest
    @MethodSource("presets")
    void anyHeaderTwice_isRefused(Scheme scheme) throws Exception {
        try (Door door = new Door(scheme)) {
            for (HeaderField header : door.signed(VOICE, BODY, NOW)) {
                for (String value : List.of(header.value(), "x")) {
                    List<HeaderField> more = new ArrayList<>(door.signed(VOICE, BODY, NOW));
                    more.add(new HeaderField(header.name(), value));
                    door.refuses(VOICE, BODY, more, null);
                    more.addFirst(more.removeLast());
                    door.refuses(VOICE, BODY, more, null);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("presetsOfTheBody")
    void bodyChangedByOneByte_isRefused(Scheme scheme) throws Exception {
        try (Door door = new Door(scheme)) {
            List<HeaderField> headers = door.signed(VOICE, BODY, NOW);
            for (String body : List.of(BODY.replace('9', '8'), BODY + " ", "", BODY.toUpperCase(Locale.ROOT))) {
                door.refuses(VOICE, body, headers, null);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("presets")
    void signatureCutOrLonger_isRefused(Scheme scheme) throws Exception {
        try (Door door = new Door(scheme)) {
            for (UnaryOperator<String> change : List.<UnaryOperator<String>>of(
                    value -> value.substring(0, value.length() / 2),
                    value -> value.substring(0, value.length() - 6) + (value.endsWith(":") ? ":" : ""),
                    value -> value + "AAAA",
                    value -> value + value,
                    value -> value.substring(0, Math.min(5, value.length())),
                    value -> "A".repeat(7000),
                    value -> "none")) {
                List<HeaderField> headers = door.signed(VOICE, BODY, NOW);
                HeaderField last = headers.getLast();
                List<HeaderField> changed = new ArrayList<>(headers.subList(0, headers.size() - 1));
                changed.add(new HeaderField(last.name(), change.apply(last.value())));
                door.refuses(VOICE, BODY, changed, null);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("presets")
    void timeFarAway_isRefused(Scheme scheme) throws Exception {
        try (Door door = new Door(scheme)) {
            Instant past = NOW.minus(scheme.tolerance().past());
            Instant future = NOW.plus(scheme.tolerance().future());
            assertThat(door.post(VOICE, BODY, door.signed(VOICE, BODY, past))).isEqualTo(200);
            assertThat(door.post(VOICE, BODY, door.signed(VOICE, BODY, future))).isEqualTo(200);
            door.refuses(VOICE, BODY, door.signed(VOICE, BODY, past.minusSeconds(1)), "stale_timestamp");
            door.refuses(VOICE, BODY, door.signed(VOICE, BODY, Instant.EPOCH), "stale_timestamp");
            door.refuses(VOICE, BODY, door.signed(VOICE, BODY, future.plusSeconds(1)), "future_timestamp");
            door.refuses(VOICE, BODY, door.signed(VOICE, BODY, NOW.plus(Duration.ofDays(10_000))), "future_timestamp");
        }
    }

    @ParameterizedTest
    @MethodSource("presetsOfTheUrl")
    void urlSpelledOtherwise_isRefused(Scheme scheme) throws Exception {
        String target = VOICE + "?tenant=a%2Fb";
        try (Door door = new Door(scheme)) {
            List<HeaderField> headers = door.signed(target, BODY, NOW);
            assertThat(door.post(target, BODY, headers)).isEqualTo(200);
            for (String other : List.of(
                    VOICE,
                    VOICE + "?tenant=a/b",
                    VOICE + "?tenant=a%2fb",
                    VOICE + "?tenant=a%252Fb",
                    VOICE + "?tenant=a%2Fb&x",
                    VOICE + "?%74enant=a%2Fb")) {
                door.refuses(other, BODY, headers, "wrong_signature");
            }
        }
    }

    /** The one preset that allows both RSA and HMAC; of Ed25519 and HMAC there is a vector of standard_webhooks. */
    @Test
    void publicKeyAsSecret_isRefused() throws Exception {
        byte[] spki = RSA.getPublic().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(spki) + "\n-----END PUBLIC KEY-----\n";
        Scheme scheme = SchemePresets.named("rfc9421").orElseThrow();
        assertThat(scheme.allows(Algorithm.HMAC_SHA256) && scheme.allows(Algorithm.RSA_SHA256))
                .isTrue();
        try (Door door = new Door(scheme)) {
            for (String secret : List.of(pem, pem.strip(), Base64.getEncoder().encodeToString(spki))) {
                List<HeaderField> forged = door.signed(VOICE, BODY, NOW, SigningKey.of(RawSecret.of(secret)));
                door.refuses(VOICE, BODY, forged, "wrong_signature");
            }
        }
    }

    @Test
    void noAlgorithm_isRefused() throws Exception {
        Scheme scheme = SchemePresets.named("rfc9421").orElseThrow();
        try (Door door = new Door(scheme)) {
            for (String algorithm : List.of("none", "", "hmac-sha256", "NONE", "rsa-v1_5-sha1")) {
                List<HeaderField> headers = door.signed(VOICE, BODY, NOW).stream()
                        .map(header -> header.name().equals("Signature-Input")
                                ? new HeaderField(
                                        header.name(),
                                        header.value().replaceAll("alg=\"[^\"]*\"", "alg=\"" + algorithm + "\""))
                                : header)
                        .toList();
                door.refuses(VOICE, BODY, headers, "wrong_signature");
            }
        }
    }

    @Test
    void secretsThatAreNone_areNotTaken() {
        for (String secret : List.of("", " ", "whsec_", "whsec_AAAA", "whsec_!!!", "fifteen-bytes!!")) {
            assertThatThrownBy(() -> RawSecret.of(secret))
                    .isInstanceOf(InvalidKeyException.class)
                    .hasMessageNotContaining("fifteen");
        }
    }

    private static String swapCase(String text) {
        return text.equals(text.toLowerCase(Locale.ROOT))
                ? text.toUpperCase(Locale.ROOT)
                : text.toLowerCase(Locale.ROOT);
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A receiver that asks for a signature by one scheme. */
    private static final class Door implements AutoCloseable {
        private final Scheme scheme;
        private final SigningKey key;
        private final RunningReceiver running;
        private int refused;

        Door(Scheme scheme) throws InvalidKeyException {
            this.scheme = scheme;
            boolean rsa = scheme.allows(Algorithm.RSA_SHA256);
            this.key = rsa ? SigningKey.of(RSA.getPrivate()) : SigningKey.of(RawSecret.of(SECRET));
            KeyMaterial material = rsa ? new PublicMaterial(RSA.getPublic()) : RawSecret.of(SECRET);
            KeyRing keys = new KeyRing(List.of(new VerificationKey(
                    scheme.carriesConsumerId() ? Optional.of("acme") : Optional.empty(),
                    "1",
                    material,
                    Optional.empty(),
                    Optional.empty())));
            RequestedUrl url = new RequestedUrl();
            RunningReceiver.Settings settings = new RunningReceiver.Settings();
            settings.authenticators = List.of(new SignatureAuthenticator(scheme, new SignedUrls(url, url), () -> keys));
            this.running = RunningReceiver.start(settings);
        }

        List<HeaderField> signed(String target, String body, Instant at) {
            return signed(target, body, at, key);
        }

        List<HeaderField> signed(String target, String body, Instant at, SigningKey with) {
            Signer.Identity identity =
                    new Signer.Identity(Optional.of("acme"), Optional.of("1"), with, Optional.empty(), () -> at);
            return Signer.of(scheme, identity)
                    .sign(new OutgoingRequest(
                            "POST", URI.create("http://localhost" + target), List.of(), Bytes.utf8(body)))
                    .headers();
        }

        int post(String target, String body, List<HeaderField> headers) {
            return send(target, body, headers).status();
        }

        /** Refused alike, counted once by its reason, and an honest request still gets in. */
        void refuses(String target, String body, List<HeaderField> headers, @Nullable String reason) {
            int before = running.journal.appends().size();
            RawHttp.Response response = send(target, body, headers);
            refused++;

            assertThat(response.status()).as("%s %s", target, headers).isEqualTo(401);
            assertThat(response.body())
                    .contains("The sender is not authenticated.")
                    .doesNotContain("timestamp");
            assertThat(running.telemetry.points(CxotelMetrics.CXOTEL_RECEIVER_AUTH_FAILURES))
                    .hasSize(refused);
            if (reason != null) {
                assertThat(running.telemetry
                                .points(CxotelMetrics.CXOTEL_RECEIVER_AUTH_FAILURES)
                                .getLast()
                                .attributes()
                                .get(CxotelAttributes.CXOTEL_REASON))
                        .isEqualTo(reason);
            }
            assertThat(running.journal.appends()).hasSize(before);
            assertThat(running.journal.refused()).isEmpty();
            assertThat(running.journal.counted("voice", "unauthorized")).isEqualTo(refused);
            assertThat(post(VOICE, BODY, signed(VOICE, BODY, NOW)))
                    .as("afterwards")
                    .isEqualTo(200);
        }

        private RawHttp.Response send(String target, String body, List<HeaderField> headers) {
            return running.post(
                    target,
                    body,
                    headers.stream()
                            .map(header -> header.name() + ":" + header.value())
                            .toArray(String[]::new));
        }

        @Override
        public void close() {
            running.close();
        }
    }
}
