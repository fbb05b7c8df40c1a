package dev.cxotel.bridge.receiver;

import static dev.cxotel.bridge.receiver.ReceiverAnswersTest.assertProblem;
import static dev.cxotel.bridge.receiver.RunningReceiver.VOICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.auth.AuthResult;
import dev.cxotel.bridge.auth.Authenticator;
import dev.cxotel.bridge.auth.HeldRequest;
import dev.cxotel.bridge.auth.WebhookRequest;
import dev.cxotel.bridge.config.SubscriptionConfig.OnUnverified;
import dev.cxotel.bridge.testing.RawHttp;
import dev.cxotel.bridge.testing.RecordingJournal;
import dev.cxotel.semconv.CxotelAttributes;
import dev.cxotel.semconv.CxotelMetrics;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a request whose message does not verify, beside its 401. */
class ReceiverHoldTest {

    private static final AuthResult KNOWN = new AuthResult.Authenticated("acme");
    private static final AuthResult UNKNOWN = new AuthResult.Unauthorized("wrong_signature");

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void unverified_isHeldWithAllThatIsNeededToJudgeItAgain(boolean coversBody) throws Exception {
        try (RunningReceiver running = start(new Scheme(true, coversBody, UNKNOWN))) {
            RawHttp.Response answer = running.post(VOICE + "?a=%2F", "one", "X-Sig: abc");
            assertProblem(answer, 401, "unauthorized");
            assertThat(answer.body()).doesNotContain("held", "hold");
            RecordingJournal.Held held = running.journal.held().getFirst();
            assertThat(held.reason()).isEqualTo("wrong_signature");
            WebhookRequest again =
                    HeldRequest.read(held.request(), held.delivery()).orElseThrow();
            assertThat(again.target()).isEqualTo(VOICE + "?a=%2F");
            assertThat(again.header("X-Sig")).containsExactly("abc");
            assertThat(again.body().orElseThrow().decoded().toUtf8()).isEqualTo("one");
            assertThat(again.receivedAt()).isEqualTo(RunningReceiver.NOW);
            assertThat(running.journal.appends()).isEmpty();
            assertThat(running.journal.counted("voice", "unauthorized")).isEqualTo(1);
            assertThat(running.telemetry.sum(
                            CxotelMetrics.CXOTEL_RECEIVER_HELD, CxotelAttributes.CXOTEL_OUTCOME, "held"))
                    .isEqualTo(1);
        }
    }

    @Test
    void whoIsRefusedByHisConnection_isNotHeld() throws Exception {
        Scheme message = new Scheme(true, false, UNKNOWN);
        for (AuthResult judgement :
                List.of(new AuthResult.Forbidden("unpinned"), new AuthResult.Unauthorized("no_certificate"))) {
            int status = judgement instanceof AuthResult.Forbidden ? 403 : 401;
            for (boolean first : new boolean[] {true, false}) {
                Scheme connection = new Scheme(false, false, judgement);
                try (RunningReceiver running = first ? start(connection, message) : start(message, connection)) {
                    assertThat(running.post(VOICE, "one").status()).isEqualTo(status);
                    assertThat(running.journal.held()).isEmpty();
                }
            }
        }
    }

    @Test
    void oneOfTwoThatVerifies_isNotEnough() throws Exception {
        try (RunningReceiver running = start(new Scheme(false, false, KNOWN), new Scheme(true, true, UNKNOWN))) {
            assertProblem(running.post(VOICE, "one"), 401, "unauthorized");
            assertThat(running.journal.held()).hasSize(1);
            assertThat(running.journal.appends()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!not JSON"})
    void whatNoReplayCouldUse_isNotHeld(String body) throws Exception {
        try (RunningReceiver running = start(new Scheme(true, true, UNKNOWN))) {
            assertProblem(running.post(VOICE, body), 401, "unauthorized");
            assertThat(running.journal.held()).isEmpty();
        }
    }

    @Test
    void whatADecoderStumblesOver_isHeld() throws Exception {
        try (RunningReceiver running = start(new Scheme(true, true, UNKNOWN))) {
            assertProblem(running.post(VOICE, "*a bug"), 401, "unauthorized");
            assertThat(running.journal.held()).hasSize(1);
        }
    }

    @Test
    void tooLongABody_isRefusedAsUnverifiedAsEver() throws Exception {
        try (RunningReceiver running = start(new Scheme(true, false, UNKNOWN));
                RawHttp http = running.connect()) {
            http.post(VOICE, "Content-Length: 70000");
            assertProblem(http.read(), 401, "unauthorized");
            assertThat(running.journal.held()).isEmpty();
        }
    }

    @Test
    void diagnose_seesTheWholeRequestAndLetsNobodyIn() throws Exception {
        RunningReceiver.Settings settings = new RunningReceiver.Settings();
        settings.diagnose = true;
        settings.authenticators = List.of(new Scheme(true, false, UNKNOWN));
        try (RunningReceiver running = RunningReceiver.start(settings)) {
            assertProblem(running.post(VOICE, "one"), 401, "unauthorized");
            assertThat(settings.diagnosed).singleElement().satisfies(request -> assertThat(
                            request.body().orElseThrow().wire().toUtf8())
                    .isEqualTo("one"));
            assertThat(running.journal.held()).isEmpty();
            assertThat(running.journal.appends()).isEmpty();
        }
    }

    private static RunningReceiver start(Authenticator... authenticators) {
        RunningReceiver.Settings settings = new RunningReceiver.Settings();
        settings.onUnverified = OnUnverified.HOLD;
        settings.authenticators = List.of(authenticators);
        return RunningReceiver.start(settings);
    }

    private record Scheme(boolean canJudgeLater, boolean needsBody, AuthResult judgement) implements Authenticator {
        @Override
        public AuthResult authenticate(WebhookRequest request) {
            return judgement;
        }
    }
}
