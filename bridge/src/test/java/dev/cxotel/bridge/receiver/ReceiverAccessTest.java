package dev.cxotel.bridge.receiver;

import static dev.cxotel.bridge.receiver.ReceiverAnswersTest.assertProblem;
import static dev.cxotel.bridge.receiver.RunningReceiver.VOICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.auth.AuthResult;
import dev.cxotel.bridge.auth.Authenticator;
import dev.cxotel.bridge.auth.WebhookRequest;
import dev.cxotel.bridge.config.AccessConfig;
import dev.cxotel.bridge.testing.RawHttp;
import dev.cxotel.semconv.CxotelAttributes;
import dev.cxotel.semconv.CxotelMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may send, and how often, over real connections; every attempt to get around it is refused and counted. */
class ReceiverAccessTest {

    private static final String CXONE = "198.51.100.7";

    @Test
    void foreignAddress_isRefusedBeforeTheBody() throws Exception {
        RunningReceiver.Settings settings = allowing(CXONE);
        try (RunningReceiver running = RunningReceiver.start(settings);
                RawHttp http = running.connect()) {
            http.post(VOICE, "Content-Length: 1000");
            assertProblem(http.read(), 403, "forbidden");
            assertThat(running.journal.counted("voice", "forbidden")).isEqualTo(1);
            assertThat(running.telemetry.sum(
                            CxotelMetrics.CXOTEL_RECEIVER_AUTH_FAILURES,
                            CxotelAttributes.CXOTEL_REASON,
                            "address_not_allowed"))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Forwarded: for=198.51.100.7",
                "X-Forwarded-For: 198.51.100.7",
                "X-Real-IP: 198.51.100.7",
                "True-Client-IP: 198.51.100.7",
                "Client-IP: 198.51.100.7",
                "Via: 1.1 198.51.100.7",
            })
    void untrustedPeer_whoSpoofsAHeader_staysOutside(String header) throws Exception {
        try (RunningReceiver running = RunningReceiver.start(allowing(CXONE))) {
            assertProblem(running.post(VOICE, "one", header), 403, "forbidden");
            assertThat(running.journal.appends()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: 198.51.100.7, 203.0.113.9",
                "X-Forwarded-For: 198.51.100.7, 203.0.113.9, 127.0.0.1",
                "X-Forwarded-For: 203.0.113.9 198.51.100.7",
                "X-Forwarded-For: 198.51.100.7x",
                "X-Forwarded-For: cxone.example.com",
                "Forwarded: for=198.51.100.7, for=203.0.113.9",
                "Forwarded: for=\"203.0.113.9, for=198.51.100.7\"",
                "Forwarded: for=_198.51.100.7",
                "Forwarded: for=203.0.113.9;for=198.51.100.7",
                "Forwarded: for=198.51.100.7\r\nX-Forwarded-For: 203.0.113.9",
                "X-Forwarded-For: 198.51.100.7\r\nForwarded: for=203.0.113.9",
                "X-Forwarded-For: 198.51.100.7\r\nX-Forwarded-For: 203.0.113.9",
                "X-Forwarded-For: 0306.063.0144.07",
                "X-Forwarded-For: ::ffff:203.0.113.9",
                "X-Real-IP: 198.51.100.7",
            })
    void clientOfATrustedProxy_whoSpoofsAHeader_staysOutside(String headers) throws Exception {
        RunningReceiver.Settings settings = allowing(CXONE);
        settings.trustedProxies = List.of("127.0.0.0/8");
        try (RunningReceiver running = RunningReceiver.start(settings)) {
            assertProblem(running.post(VOICE, "one", headers), 403, "forbidden");
            assertThat(running.journal.appends()).isEmpty();
        }
    }

    @Test
    void clientOfATrustedProxy_isLetIn() throws Exception {
        RunningReceiver.Settings settings = allowing("198.51.100.0/24");
        settings.trustedProxies = List.of("127.0.0.1");
        try (RunningReceiver running = RunningReceiver.start(settings)) {
            assertThat(running.post(VOICE, "one", "X-Forwarded-For: 203.0.113.9, 198.51.100.7")
                            .status())
                    .isEqualTo(200);
            assertThat(running.post(VOICE, "two", "Forwarded: for=\"198.51.100.8:443\", for=127.0.0.1")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void moreThanTheRate_is429AndSaysWhen() throws Exception {
        RunningReceiver.Settings settings = new RunningReceiver.Settings();
        settings.access = new AccessConfig(List.of(), Optional.of(1 / 60.0));
        try (RunningReceiver running = RunningReceiver.start(settings);
                RawHttp http = running.connect()) {
            long began = System.nanoTime();
            assertThat(running.post(VOICE, "one").status()).isEqualTo(200);
            http.post(VOICE, "Content-Length: 1000");
            RawHttp.Response answer = http.read();
            int passed =
                    Math.toIntExact(Duration.ofNanos(System.nanoTime() - began).toSeconds());
            assertProblem(answer, 429, "rate_limited");
            assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(59 - passed, 60);
            assertThat(running.journal.counted("voice", "rate_limited")).isEqualTo(1);
            assertThat(running.post("/hooks/a%20b", "other").status())
                    .as("another subscription has its own")
                    .isEqualTo(200);
        }
    }

    @Test
    void manyAtOnce_areLetInByTheRateAndNoMore() throws Exception {
        RunningReceiver.Settings settings = new RunningReceiver.Settings();
        settings.access = new AccessConfig(List.of(), Optional.of(0.001));
        try (RunningReceiver running = RunningReceiver.start(settings);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                String body = "line " + i;
                answers.add(threads.submit(() -> running.post(VOICE, body).status()));
            }
            int accepted = 0;
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isIn(200, 429);
                accepted += answer.get() == 200 ? 1 : 0;
            }
            assertThat(accepted).isEqualTo(1);
            assertThat(running.journal.counted("voice", "rate_limited")).isEqualTo(49);
        }
    }

    @Test
    void strangersFlood_usesNothingOfTheRateUp() throws Exception {
        RunningReceiver.Settings settings = new RunningReceiver.Settings();
        settings.access = new AccessConfig(List.of(), Optional.of(0.001));
        settings.authenticators = List.of(new Password());
        try (RunningReceiver running = RunningReceiver.start(settings)) {
            for (int i = 0; i < 20; i++) {
                assertProblem(running.post(VOICE, "flood"), 401, "unauthorized");
            }
            assertThat(running.post(VOICE, "one", "Password: right").status()).isEqualTo(200);
            assertProblem(running.post(VOICE, "two", "Password: right"), 429, "rate_limited");
        }
    }

    private static RunningReceiver.Settings allowing(String block) {
        RunningReceiver.Settings settings = new RunningReceiver.Settings();
        settings.access = new AccessConfig(List.of(block), Optional.empty());
        return settings;
    }

    private record Password() implements Authenticator {
        @Override
        public boolean needsBody() {
            return true;
        }

        @Override
        public AuthResult authenticate(WebhookRequest request) {
            return request.header("Password").equals(List.of("right"))
                    ? new AuthResult.Authenticated("acme")
                    : new AuthResult.Unauthorized("wrong_signature");
        }
    }
}
