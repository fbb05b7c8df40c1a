package dev.cxotel.bridge.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cxotel.bridge.config.HealthConfig;
import dev.cxotel.bridge.testing.RawHttp;
import dev.cxotel.bridge.testing.RecordingJournal;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthServerTest {

    private final RecordingJournal journal = new RecordingJournal();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final AtomicBoolean brokenMetrics = new AtomicBoolean();

    @SuppressWarnings("NullAway.Init") // started before each test
    private HealthServer health;

    @BeforeEach
    void start() throws IOException {
        health = HealthServer.start(
                new HealthConfig("127.0.0.1", 0),
                new HealthServer.Sources(
                        journal,
                        stopping::get,
                        this::metrics,
                        "text/plain; version=0.0.4; charset=utf-8",
                        () -> Map.of("time_zone_suspect", "put it right")));
    }

    @AfterEach
    void stop() {
        health.stop();
    }

    @Test
    void live_isAlways200() {
        journal.unavailable("disk");
        assertThat(request("GET", "/health/live").status()).isEqualTo(200);
    }

    @Test
    void ready_saysWhatIsWaitingButStaysReady() throws Exception {
        RawHttp.Response response = request("GET", "/health/ready");

        assertThat(response.status()).isEqualTo(200);
        JsonNode page = new ObjectMapper().readTree(response.body());
        assertThat(page.path("status").textValue()).isEqualTo("ready");
        assertThat(page.path("pipelines").get(0).path("behind").intValue()).isEqualTo(5);
        assertThat(page.path("details").path("time_zone_suspect").textValue()).isEqualTo("put it right");
    }

    @Test
    void ready_is503WhenTheJournalCannotBeWritten() throws Exception {
        journal.unavailable("min_free_disk");

        RawHttp.Response response = request("GET", "/health/ready");
        assertThat(response.status()).isEqualTo(503);
        JsonNode page = new ObjectMapper().readTree(response.body());
        assertThat(page.path("journal").path("reason").textValue()).isEqualTo("min_free_disk");
    }

    @Test
    void ready_is503WhileStopping() {
        stopping.set(true);
        assertThat(request("GET", "/health/ready").status()).isEqualTo(503);
    }

    @Test
    void metrics_areServedAsPrometheusText() {
        RawHttp.Response response = request("GET", "/metrics");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Content-Type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(response.body()).isEqualTo("up 1\n");
    }

    @Test
    void everythingElse_isAProblem() throws Exception {
        ReceiverAnswersTest.assertProblem(request("GET", "/"), 404, "not_found");
        ReceiverAnswersTest.assertProblem(request("GET", "/health"), 404, "not_found");
        RawHttp.Response post = request("POST", "/health/live");
        ReceiverAnswersTest.assertProblem(post, 405, "method_not_allowed");
        assertThat(post.header("Allow")).isEqualTo("GET, HEAD");
        brokenMetrics.set(true);
        ReceiverAnswersTest.assertProblem(request("GET", "/metrics"), 500, "internal_error");
    }

    @Test
    void takenAddress_isSaid() {
        assertThatIOException()
                .isThrownBy(() -> HealthServer.start(
                        new HealthConfig("127.0.0.1", health.port()),
                        new HealthServer.Sources(journal, () -> false, () -> "", "text/plain", Map::of)))
                .withMessageContaining("127.0.0.1:" + health.port())
                .withMessageContaining("in use");
    }

    @Test
    void head_hasNoBody() {
        try (RawHttp http = RawHttp.connect(health.port())) {
            String request = " /health/ready HTTP/1.1\r\nHost: x\r\n\r\n";
            assertThat(http.send("HEAD" + request).readHead().status()).isEqualTo(200);
            assertThat(http.send("GET" + request).read().status()).isEqualTo(200);
        }
    }

    private RawHttp.Response request(String method, String path) {
        try (RawHttp http = RawHttp.connect(health.port())) {
            return http.send(method + " " + path + " HTTP/1.1\r\nHost: pod:8089\r\n\r\n")
                    .read();
        }
    }

    private String metrics() {
        if (brokenMetrics.get()) {
            throw new IllegalStateException("a bug");
        }
        return "up 1\n";
    }
}
