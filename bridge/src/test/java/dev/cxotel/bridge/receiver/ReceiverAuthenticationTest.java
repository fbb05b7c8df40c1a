package dev.cxotel.bridge.receiver;

import static dev.cxotel.bridge.receiver.ReceiverAnswersTest.assertProblem;
import static dev.cxotel.bridge.receiver.RunningReceiver.VOICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.auth.AuthResult;
import dev.cxotel.bridge.auth.Authenticator;
import dev.cxotel.bridge.auth.WebhookRequest;
import dev.cxotel.bridge.testing.RawHttp;
import dev.cxotel.semconv.CxotelAttributes;
import dev.cxotel.semconv.CxotelMetrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** The seam between the receiver and the schemes. */
class ReceiverAuthenticationTest {

    private static final AuthResult KNOWN = new AuthResult.Authenticated("acme");

    @Test
    void refusalWithoutBody_comesBeforeTheBodyIsRead() throws Exception {
        Scheme certificate = new Scheme(false, request -> new AuthResult.Forbidden("unpinned"));
        Scheme signature = new Scheme(true, request -> KNOWN);
        try (RunningReceiver running = start(signature, certificate);
                RawHttp http = running.connect()) {
            http.post(VOICE, "Content-Length: 1000");

            assertProblem(http.read(), 403, "forbidden");
            assertThat(certificate.seen).singleElement().satisfies(request -> assertThat(request.body())
                    .isEmpty());
            assertThat(signature.seen).isEmpty();
            assertThat(running.journal.counted("voice", "forbidden")).isEqualTo(1);
        }
    }

    @Test
    void refusalWithBody_keepsTheReasonToItself() throws Exception {
        Scheme signature = new Scheme(true, request -> new AuthResult.Unauthorized("stale_timestamp"));
        try (RunningReceiver running = start(signature)) {
            RawHttp.Response response = running.post(VOICE, "!not even JSON");

            assertProblem(response, 401, "unauthorized");
            assertThat(response.body()).doesNotContain("stale");
            assertThat(response.header("WWW-Authenticate")).isNotEmpty();
            assertThat(running.telemetry.sum(
                            CxotelMetrics.CXOTEL_RECEIVER_AUTH_FAILURES,
                            CxotelAttributes.CXOTEL_REASON,
                            "stale_timestamp"))
                    .isEqualTo(1);
            assertThat(running.journal.appends()).isEmpty();
            assertThat(running.journal.refused())
                    .as("nothing of a stranger is stored")
                    .isEmpty();
        }
    }

    @Test
    void emptyBody_isAuthenticatedToo() throws Exception {
        Scheme signature = new Scheme(true, request -> new AuthResult.Unauthorized("no_signature"));
        try (RunningReceiver running = start(signature)) {
            assertProblem(running.post(VOICE, ""), 401, "unauthorized");
            assertThat(running.journal.counted("voice", "empty")).isZero();
        }
    }

    @Test
    void scheme_seesTheRequestAsItWasOnTheWire() throws Exception {
        Scheme signature = new Scheme(true, request -> KNOWN);
        byte[] packed = gzip("one");
        try (RunningReceiver running = start(signature);
                RawHttp http = running.connect()) {
            http.send("POST /v1/voice%2Dquality?sig=a%2Fb+c&&x= HTTP/1.1\r\nHost: example.com:8443\r\n"
                            + "X-Sig: second, part\r\nx-sig: third\r\nContent-Encoding: gzip\r\nX-HELIDON-CN: forged\r\n"
                            + "Content-Length: " + packed.length + "\r\n\r\n")
                    .send(packed);
            assertThat(http.read().status()).isEqualTo(200);
        }
        WebhookRequest request = signature.seen.getFirst();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.target()).isEqualTo("/v1/voice%2Dquality?sig=a%2Fb+c&&x=");
        assertThat(request.header("X-SIG")).containsExactly("second, part", "third");
        assertThat(request.header("Host")).containsExactly("example.com:8443");
        assertThat(request.header("X-HELIDON-CN")).isEmpty();
        assertThat(request.remote().getAddress().isLoopbackAddress()).isTrue();
        assertThat(request.secure()).isFalse();
        assertThat(request.clientCertificates()).isEmpty();
        assertThat(request.receivedAt()).isEqualTo(RunningReceiver.NOW);
        assertThat(request.body().orElseThrow().wire().toArray()).isEqualTo(packed);
        assertThat(request.body().orElseThrow().decoded().toUtf8()).isEqualTo("one");
    }

    @Test
    void brokenScheme_letsNobodyIn() throws Exception {
        Scheme broken = new Scheme(false, request -> {
            throw new IllegalStateException("a bug");
        });
        try (RunningReceiver running = start(broken)) {
            assertProblem(running.post(VOICE, "one"), 500, "internal_error");
            assertThat(running.journal.appends()).isEmpty();
        }
    }

    private static RunningReceiver start(Authenticator... authenticators) {
        RunningReceiver.Settings settings = new RunningReceiver.Settings();
        settings.authenticators = List.of(authenticators);
        return RunningReceiver.start(settings);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /** A scheme that remembers what it was shown. */
    private static final class Scheme implements Authenticator {

        private final boolean needsBody;
        private final Function<WebhookRequest, AuthResult> judgement;
        private final List<WebhookRequest> seen = new ArrayList<>();

        Scheme(boolean needsBody, Function<WebhookRequest, AuthResult> judgement) {
            this.needsBody = needsBody;
            this.judgement = judgement;
        }

        @Override
        public boolean needsBody() {
            return needsBody;
        }

        @Override
        public synchronized AuthResult authenticate(WebhookRequest request) {
            seen.add(request);
            return judgement.apply(request);
        }
    }
}
