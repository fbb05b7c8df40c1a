package dev.cxotel.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.auth.AuthResult;
import dev.cxotel.bridge.auth.Authenticator;
import dev.cxotel.bridge.auth.HeaderField;
import dev.cxotel.bridge.auth.HeldRequest;
import dev.cxotel.bridge.auth.NoAuthentication;
import dev.cxotel.bridge.auth.RequestedUrl;
import dev.cxotel.bridge.auth.WebhookRequest;
import dev.cxotel.bridge.auth.signature.SignatureAuthenticator;
import dev.cxotel.bridge.auth.signature.SignedUrls;
import dev.cxotel.bridge.auth.signature.key.KeyRing;
import dev.cxotel.bridge.auth.signature.key.SecretMaterial;
import dev.cxotel.bridge.auth.signature.key.VerificationKey;
import dev.cxotel.bridge.config.SubscriptionConfig;
import dev.cxotel.bridge.config.scheme.yaml.SchemePresets;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Delivery;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class HeldVerificationTest {

    private static final byte[] SECRET = "a secret that both sides know".getBytes(StandardCharsets.UTF_8);
    private static final Instant RECEIVED = Instant.parse("2020-03-01T12:00:00Z");
    private static final Bytes BODY = Bytes.utf8("{}");

    @Test
    void heldYearsAgo_isVerifiedAsOfItsReceiveTime() throws Exception {
        List<Authenticator> signature = signature(SECRET, Optional.of(RECEIVED.plus(Duration.ofDays(1))));
        assertThat(verify(signature, delivery("voice", RECEIVED))).isInstanceOf(AuthResult.Authenticated.class);
        assertThat(verify(signature, delivery("voice", RECEIVED.plus(Duration.ofHours(1)))))
                .isEqualTo(new AuthResult.Unauthorized("stale_timestamp"));
        assertThat(verify(
                        signature(SECRET, Optional.of(RECEIVED.minus(Duration.ofDays(1)))),
                        delivery("voice", RECEIVED)))
                .isEqualTo(new AuthResult.Unauthorized("expired_key"));
    }

    @Test
    void heldForAnotherKeyOrSubscriptionOrNoSignature_staysOut() throws Exception {
        List<Authenticator> wrong =
                signature("another secret of both sides".getBytes(StandardCharsets.UTF_8), Optional.empty());
        assertThat(verify(wrong, delivery("voice", RECEIVED)))
                .isEqualTo(new AuthResult.Unauthorized("wrong_signature"));
        assertThat(verify(signature(SECRET, Optional.empty()), delivery("gone", RECEIVED)))
                .isEqualTo(new AuthResult.Unauthorized("no_signature_configured"));
        assertThat(verify(List.of(new NoAuthentication()), delivery("voice", RECEIVED)))
                .as("who spells out that nobody is asked does not let in what was refused")
                .isEqualTo(new AuthResult.Unauthorized("no_signature_configured"));
    }

    @Test
    void brokenRequest_staysOut() throws Exception {
        assertThat(new HeldVerification(SubscriptionConfig.DEFAULTS, any -> List.of())
                        .verify(Bytes.utf8("nonsense"), delivery("voice", RECEIVED)))
                .isEqualTo(new AuthResult.Unauthorized("unreadable_request"));
    }

    private static AuthResult verify(List<Authenticator> authenticators, Delivery delivery) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
        String time = Long.toString(RECEIVED.getEpochSecond());
        String signature = HexFormat.of().formatHex(mac.doFinal((time + ".{}").getBytes(StandardCharsets.UTF_8)));
        WebhookRequest request = new WebhookRequest(
                "POST",
                "/v1/voice-quality",
                "",
                List.of(
                        new HeaderField("X-Nexus-Timestamp", time),
                        new HeaderField("X-Nexus-Signature-256", "sha256=" + signature)),
                InetSocketAddress.createUnresolved("unknown", 0),
                false,
                List.of(),
                delivery.receivedAt(),
                Optional.of(new WebhookRequest.Body(BODY, BODY)));
        return new HeldVerification(SubscriptionConfig.DEFAULTS, any -> authenticators)
                .verify(HeldRequest.write(request), delivery);
    }

    private static Delivery delivery(String subscription, Instant at) {
        return new Delivery(subscription, at, BODY);
    }

    private static List<Authenticator> signature(byte[] secret, Optional<Instant> notAfter) throws Exception {
        KeyRing ring = new KeyRing(List.of(
                new VerificationKey(Optional.empty(), "1", new SecretMaterial(secret), Optional.empty(), notAfter)));
        return List.of(new SignatureAuthenticator(
                SchemePresets.named("nice_expert").orElseThrow(),
                new SignedUrls(new RequestedUrl(), new RequestedUrl()),
                () -> ring));
    }
}
