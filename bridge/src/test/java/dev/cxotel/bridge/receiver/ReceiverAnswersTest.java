package dev.cxotel.bridge.receiver;

import static dev.cxotel.bridge.receiver.RunningReceiver.VOICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cxotel.bridge.testing.RawHttp;
import dev.cxotel.semconv.CoreAttributes;
import dev.cxotel.semconv.CxotelAttributes;
import dev.cxotel.semconv.CxotelMetrics;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The table of answers, row by row, over real sockets. */
class ReceiverAnswersTest {

    private final RunningReceiver running = RunningReceiver.start();

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void post_isStoredAndReceipted() {
        RawHttp.Response response = running.post(VOICE, "one\ntwo\n?three");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        assertThat(response.body()).isEqualTo("{\"accepted\":2,\"duplicates\":0,\"quarantined\":1}");
        assertThat(running.journal.appends()).singleElement().satisfies(append -> {
            assertThat(append.delivery().subscription()).isEqualTo("voice");
            assertThat(append.delivery().receivedAt()).isEqualTo(RunningReceiver.NOW);
            assertThat(append.delivery().body().toUtf8()).isEqualTo("one\ntwo\n?three");
        });
        assertThat(running.telemetry.sum(
                        CxotelMetrics.CXOTEL_RECEIVER_DELIVERIES, CxotelAttributes.CXOTEL_ANSWER, "accepted"))
                .isEqualTo(1);
        assertThat(running.telemetry.points(CxotelMetrics.CXOTEL_RECEIVER_REQUEST_DURATION))
                .hasSize(1);
        assertThat(running.journal.counts("voice")).isEmpty();
    }

    @Test
    void post_repeated_isADuplicate() {
        running.post(VOICE, "one");

        assertThat(running.post(VOICE, "one\ntwo").body())
                .isEqualTo("{\"accepted\":1,\"duplicates\":1,\"quarantined\":0}");
    }

    @Test
    void emptyBody_isAConnectionTest() {
        RawHttp.Response response = running.post(VOICE, "");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"accepted\":0,\"duplicates\":0,\"quarantined\":0}");
        assertThat(running.journal.appends()).isEmpty();
        assertThat(running.journal.counted("voice", "empty")).isEqualTo(1);
    }

    @Test
    void notJson_is400AndKept() throws Exception {
        RawHttp.Response response = running.post(VOICE, "!secret");

        assertProblem(response, 400, "not_json");
        assertThat(response.body()).doesNotContain("secret");
        assertThat(running.journal.refused()).singleElement().satisfies(refused -> {
            assertThat(refused.reason()).isEqualTo("not_json");
            assertThat(refused.delivery().body().toUtf8()).isEqualTo("!secret");
        });
        assertThat(running.journal.counted("voice", "not_json")).isEqualTo(1);
    }

    @Test
    void decoderBug_isStoredAndQuarantined() {
        RawHttp.Response response = running.post(VOICE, "* secret");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"accepted\":0,\"duplicates\":0,\"quarantined\":1}");
        assertThat(running.journal.appends().getFirst().unreadable())
                .singleElement()
                .satisfies(part -> {
                    assertThat(part.index()).isZero();
                    assertThat(part.reason()).isEqualTo("decoder_bug");
                    assertThat(part.detail()).doesNotContain("secret");
                });
    }

    @Test
    void journalUnavailable_is503WithItsReason() throws Exception {
        running.journal.unavailable("min_free_disk");

        RawHttp.Response response = running.post(VOICE, "one");

        assertProblem(response, 503, "min_free_disk");
        assertThat(response.header("Retry-After")).isEqualTo("30");
        assertThat(running.journal.counted("voice", "min_free_disk")).isEqualTo(1);
    }

    @Test
    void bugBehindTheDoor_is500WithAnIncident() throws Exception {
        running.journal.breakDown();

        RawHttp.Response response = running.post(VOICE, "one");

        assertProblem(response, 500, "internal_error");
        assertThat(response.body()).containsPattern("incident [0-9a-f]{12}").doesNotContain("secret");
        assertThat(running.journal.counted("voice", "internal_error")).isEqualTo(1);
    }

    @Test
    void unknownPath_is404CountedByTelemetryOnly() throws Exception {
        assertProblem(running.post("/v1/nobody", "one"), 404, "not_found");

        assertThat(running.telemetry.sum(
                        CxotelMetrics.CXOTEL_RECEIVER_DELIVERIES, CoreAttributes.HTTP_RESPONSE_STATUS_CODE, 404L))
                .isEqualTo(1);
        assertThat(running.journal.counts("voice")).isEmpty();
    }

    @Test
    void trailingSlash_isAnotherPath() throws Exception {
        assertProblem(running.post(VOICE + "/", "one"), 404, "not_found");
    }

    @Test
    void queryString_isIgnoredByTheWalk() {
        assertThat(running.post(VOICE + "?signature=a%2Fb&x", "one").status()).isEqualTo(200);
    }

    @Test
    void percentEncodedPath_isDecoded() {
        assertThat(running.post("/hooks/a%20b", "one").status()).isEqualTo(200);
        assertThat(running.post("/v1/voice%2Dquality", "one").status()).isEqualTo(200);
    }

    @Test
    void contentType_isNeverAReason() {
        assertThat(running.post(VOICE, "one", "Content-Type: image/png").status())
                .isEqualTo(200);
        assertThat(running.post(VOICE, "two", "Content-Type: \u0001;;;").status())
                .as("not even a broken one, as far as the server lets it through")
                .isIn(200, 400);
    }

    @Test
    void probe_isAnsweredWithAllow() throws Exception {
        try (RawHttp http = running.connect()) {
            RawHttp.Response get =
                    http.send("GET " + VOICE + " HTTP/1.1\r\nHost: x\r\n\r\n").read();
            assertProblem(get, 405, "probe");
            assertThat(get.header("Allow")).isEqualTo("POST");

            RawHttp.Response head =
                    http.send("HEAD " + VOICE + " HTTP/1.1\r\nHost: x\r\n\r\n").readHead();
            assertThat(head.status()).isEqualTo(405);
            assertThat(head.header("Allow")).isEqualTo("POST");

            assertThat(http.post(VOICE, "Content-Length: 3").send("one").read().status())
                    .as("the connection goes on")
                    .isEqualTo(200);
        }
        assertThat(running.journal.counts("voice")).isEqualTo(Map.of("probe", 2L));
    }

    @Test
    void otherMethods_are405() throws Exception {
        for (String method : new String[] {"PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"}) {
            try (RawHttp http = running.connect()) {
                RawHttp.Response response = http.send(method + " " + VOICE + " HTTP/1.1\r\nHost: x\r\n\r\n")
                        .read();
                assertProblem(response, 405, "method_not_allowed");
                assertThat(response.header("Allow")).isEqualTo("POST");
            }
        }
        assertThat(running.journal.counted("voice", "method_not_allowed")).isEqualTo(6);
    }

    @Test
    void unknownEncoding_is415WithWhatIsUnderstood() throws Exception {
        RawHttp.Response response = running.post(VOICE, "one", "Content-Encoding: br");

        assertProblem(response, 415, "content_encoding");
        assertThat(response.header("Accept-Encoding")).isEqualTo("gzip, identity");
    }

    @Test
    void keepAlive_servesManyRequests() {
        try (RawHttp http = running.connect()) {
            for (int i = 0; i < 50; i++) {
                String body = "line " + i;
                assertThat(http.post(VOICE, "Content-Length: " + body.length())
                                .send(body)
                                .read()
                                .status())
                        .isEqualTo(200);
            }
        }
        assertThat(running.journal.appends()).hasSize(50);
    }

    @Test
    void connectionClose_isHonoured() {
        try (RawHttp http = running.connect()) {
            RawHttp.Response response = http.post(VOICE, "Connection: close", "Content-Length: 3")
                    .send("one")
                    .read();
            assertThat(response.status()).isEqualTo(200);
            assertThat(http.isClosedByPeer()).isTrue();
        }
    }

    static void assertProblem(RawHttp.Response response, int status, String reason) throws Exception {
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
        var problem = new ObjectMapper().readTree(response.body());
        assertThat(problem.path("type").textValue()).isEqualTo("urn:cxotel:problem:" + reason);
        assertThat(problem.path("status").intValue()).isEqualTo(status);
        assertThat(problem.path("title").textValue()).isNotBlank();
        assertThat(problem.path("detail").textValue()).isNotBlank();
    }
}
