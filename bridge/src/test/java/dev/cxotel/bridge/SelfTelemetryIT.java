package dev.cxotel.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cxotel.bridge.config.load.ConfigLoader;
import dev.cxotel.bridge.signal.Signal;
import dev.cxotel.bridge.testing.ContactBodies;
import dev.cxotel.bridge.testing.ContactBodies.Call;
import dev.cxotel.bridge.testing.FakeCollector;
import dev.cxotel.bridge.testing.TestBridge;
import dev.cxotel.semconv.CxotelMetrics;
import dev.cxotel.semconv.MetricDefinition;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every metric of the bridge's own, driven by what it is about, on {@code /metrics} and in a backend. */
@SuppressWarnings("try") // a running bridge that only has to be closed
class SelfTelemetryIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What takes more than webhooks and an odd backend, and the test that drives it. */
    private static final Map<MetricDefinition, String> ELSEWHERE = Map.ofEntries(
            Map.entry(CxotelMetrics.CXOTEL_DOCTOR_TESTS, "cli/look/DoctorCommandIT"),
            Map.entry(CxotelMetrics.CXOTEL_JOURNAL_ERRORS, "journal/sqlite/DiskFullTest"),
            Map.entry(CxotelMetrics.CXOTEL_PIPELINE_METRICS_RESTAMPED, "pipeline/metrics/DeltaPipelineTest"),
            Map.entry(CxotelMetrics.CXOTEL_CERTIFICATE_TIME_LEFT, "receiver/ReceiverMutualTlsTest"),
            Map.entry(CxotelMetrics.CXOTEL_RECEIVER_HANDSHAKES_REFUSED, "receiver/RunningTls"),
            Map.entry(CxotelMetrics.CXOTEL_RECEIVER_HANDSHAKE_DURATION, "receiver/ReceiverMutualTlsTest"),
            Map.entry(CxotelMetrics.CXOTEL_RECEIVER_CERTIFICATE_RELOADS, "receiver/ReceiverMutualTlsTest"),
            Map.entry(
                    CxotelMetrics.CXOTEL_RECEIVER_CERTIFICATE_HEADERS_IGNORED,
                    "receiver/ReceiverCertificateHeaderTest"),
            Map.entry(CxotelMetrics.CXOTEL_RECEIVER_KEY_FAILURES, "auth/signature/key/KeyStoreTest"),
            Map.entry(CxotelMetrics.CXOTEL_JOURNAL_QUARANTINE_DROPPED, "journal/sqlite/OperationsTest"),
            Map.entry(CxotelMetrics.CXOTEL_RECEIVER_CONNECTIONS_CUT, "receiver/ReceiverPatienceTest"));

    private static final String SUBSCRIPTIONS = """
            stop_timeout: 5s, subscriptions: [
              { name: voice, type: voice_quality, path: /v1/voice-quality },
              { name: scripts, type: script_api, path: /v1/script-api },
              { name: signed, type: voice_quality, path: /signed, on_unverified: hold,
                auth: { signature: { scheme: nice_expert, keys: [ { version: "1", secret: 0123456789abcdef } ] } } } ] }""";

    private static final String MAPPING = """
            mapping:
              trace: { idle_timeout: 1s, max_duration: 1m }
              cardinality_limit: 2
            """;

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private FakeCollector sink;
    private FakeCollector picky;

    @BeforeEach
    void startCollectors() throws Exception {
        sink = FakeCollector.start();
        picky = FakeCollector.start();
    }

    @AfterEach
    void stop() {
        sink.close();
        picky.close();
        client.close();
    }

    @Test
    void everyMetric_isOnThePageAndInTheBackend() throws Exception {
        sink.always(Signal.TRACES, request -> FakeCollector.status(200, "Date", fiveMinutesAhead()));
        picky.always(Signal.METRICS, request -> FakeCollector.status(400));
        TestBridge test = TestBridge.in(
                directory,
                TestBridge.destination("sink", sink.url()).replaceFirst("}\\s*$", ", self_telemetry: true }"),
                TestBridge.destination("picky", picky.url()));
        Set<String> wanted = CxotelMetrics.ALL.stream()
                .filter(metric -> !ELSEWHERE.containsKey(metric))
                .map(MetricDefinition::name)
                .collect(Collectors.toCollection(TreeSet::new));
        try (Bridge bridge = start(test)) {
            drive(test);
            await().atMost(PATIENCE).untilAsserted(() -> {
                String page = get(test, "/metrics").body();
                assertThat(wanted).filteredOn(name -> !shows(page, name)).isEmpty();
            });
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(wanted)
                    .isSubsetOf(sink.metrics().stream().map(Metric::getName).collect(Collectors.toSet())));
            assertThat(get(test, "/metrics").body())
                    .containsPattern("cxotel_pipeline_clock_skew_seconds\\{[^}]*sink[^}]*} (2[6-9][0-9]|30[0-9])\\.");
        }
    }

    @Test
    void whatIsDrivenElsewhere_isDrivenThere() throws Exception {
        for (Map.Entry<MetricDefinition, String> entry : ELSEWHERE.entrySet()) {
            Path test = Path.of("src/test/java/dev/cxotel/bridge", entry.getValue() + ".java");
            String name = entry.getKey().name();
            assertThat(Files.readString(test))
                    .as(test.toString())
                    .containsPattern(name.toUpperCase(java.util.Locale.ROOT).replace('.', '_') + "|"
                            + Pattern.quote(name) + "|" + name.replace('.', '_'));
        }
    }

    @Test
    void backendInTrouble_isADetailAndNotUnready() throws Exception {
        sink.close();
        TestBridge test = TestBridge.in(directory, TestBridge.destination("sink", sink.url()));
        try (Bridge bridge = start(test)) {
            post(test.voice(), ContactBodies.leg(1, Instant.now().minusSeconds(9), Instant.now(), 4));
            await().atMost(PATIENCE).untilAsserted(() -> {
                HttpResponse<String> ready = get(test, "/health/ready");
                assertThat(ready.body()).contains("\"pipeline sink/traces\":\"retrying: ");
                assertThat(ready.statusCode()).isEqualTo(200);
            });
            assertThat(get(test, "/health/live").statusCode()).isEqualTo(200);
        }
    }

    /** Contacts of both feeds that close, a late one, too many series, a long text, odd fields, a bad signature, no JSON. */
    private void drive(TestBridge test) throws Exception {
        Instant now = Instant.now();
        post(test.voice(), ContactBodies.leg(1, now.minusSeconds(60), now, 4.1));
        post(
                test.voice(),
                ContactBodies.leg(2, now.minusSeconds(60), now, 2.1)
                        .replaceFirst("}$", ",\"New\":1,\"SkillName\":\"" + "x".repeat(5000) + "\"}"));
        post(
                test.scripts(),
                ContactBodies.calls(List.of(
                        new Call(1, "a", now.minusSeconds(9), "200"),
                        new Call(1, "b", now.minusSeconds(8), "503"),
                        new Call(3, "c", now.minusSeconds(7), "404"))));
        post(test.scripts(), "<soap/>");
        post(URI.create("http://127.0.0.1:" + test.receiverPort() + "/signed"), "{\"ContactId\":1,\"AvgMos\":4}");
        await().atMost(PATIENCE).until(() -> sink.spans().stream()
                .anyMatch(span -> span.getName().equals("contact")));
        post(test.scripts(), ContactBodies.calls(List.of(new Call(1, "d", now, "200"))));
    }

    private static String fiveMinutesAhead() {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plus(Duration.ofMinutes(5)).atOffset(ZoneOffset.UTC));
    }

    private static boolean shows(String page, String name) {
        return Pattern.compile(
                        "^" + name.replace('.', '_') + "(_(seconds|bytes|ratio|total|count))*[{ ]", Pattern.MULTILINE)
                .matcher(page)
                .find();
    }

    private static Bridge start(TestBridge test) throws Exception {
        Path file = test.write();
        Files.writeString(file, Files.readString(file).replace("stop_timeout: 5s }", SUBSCRIPTIONS) + MAPPING);
        return Bridge.start(new ConfigLoader(Map.of()).load(file).config());
    }

    private void post(URI url, String body) throws Exception {
        int status = client.send(
                        HttpRequest.newBuilder(url)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
        assertThat(status).isLessThan(500);
    }

    private HttpResponse<String> get(TestBridge test, String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + test.healthPort() + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
