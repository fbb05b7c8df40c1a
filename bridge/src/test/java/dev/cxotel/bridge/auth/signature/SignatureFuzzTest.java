package dev.cxotel.bridge.auth.signature;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cxotel.bridge.auth.HeaderField;
import dev.cxotel.bridge.auth.RequestedUrl;
import dev.cxotel.bridge.auth.WebhookRequest;
import dev.cxotel.bridge.auth.signature.key.KeyRing;
import dev.cxotel.bridge.auth.signature.key.RawSecret;
import dev.cxotel.bridge.auth.signature.key.VerificationKey;
import dev.cxotel.bridge.config.scheme.Scheme;
import dev.cxotel.bridge.config.scheme.Template;
import dev.cxotel.bridge.config.scheme.yaml.SchemePresets;
import dev.cxotel.bridge.event.Bytes;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whatever a stranger sends is judged without an exception, by every preset, twice alike, and never verifies. */
class SignatureFuzzTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final List<String> NAMES = List.of(
            "WM_CONSUMER.ID",
            "WM_CONSUMER.INTIMESTAMP",
            "WM_SEC.TIMESTAMP",
            "WM_SEC.KEY_VERSION",
            "WM_SEC.AUTH_SIGNATURE",
            "X-Nexus-Signature-256",
            "X-Nexus-Timestamp",
            "webhook-id",
            "webhook-timestamp",
            "webhook-signature",
            "Signature",
            "Signature-Input",
            "Content-Digest",
            "Host");

    @FuzzTest(maxDuration = "5m")
    void verify_anyRequest_isRefusedTwiceAlike(FuzzedDataProvider data) throws InvalidKeyException {
        List<HeaderField> headers = new ArrayList<>();
        int count = data.consumeInt(0, 12);
        for (int i = 0; i < count; i++) {
            headers.add(new HeaderField(data.pickValue(NAMES), data.consumeString(200)));
        }
        Bytes body = Bytes.utf8(data.consumeString(100));
        WebhookRequest request = new WebhookRequest(
                "POST",
                data.consumeString(40),
                data.consumeString(60),
                headers,
                InetSocketAddress.createUnresolved("localhost", 1),
                data.consumeBoolean(),
                List.of(),
                NOW,
                Optional.of(new WebhookRequest.Body(body, body)));
        KeyRing keys = new KeyRing(List.of(new VerificationKey(
                Optional.empty(), "1", RawSecret.of("0123456789abcdef"), Optional.empty(), Optional.empty())));
        RequestedUrl url = new RequestedUrl();
        for (Scheme scheme : SchemePresets.all()) {
            Verifier verifier = Verifier.of(scheme, new SignedUrls(url, url));
            Verification judged = verifier.verify(request, keys, NOW);
            assertThat(judged).isInstanceOf(Verification.Refused.class);
            assertThat(verifier.verify(request, keys, NOW)).isEqualTo(judged);
        }
    }

    @FuzzTest(maxDuration = "2m")
    void template_anyText_isReadBackOrRefused(byte[] text) {
        Template template;
        try {
            template = Template.parse(new String(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(Template.parse(template.toText())).isEqualTo(template);
    }
}
