package dev.cxotel.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cxotel.bridge.config.load.ConfigLoader;
import dev.cxotel.bridge.testing.FakeCollector;
import dev.cxotel.bridge.testing.NumberedCalls;
import dev.cxotel.bridge.testing.TestBridge;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator can see of a payload that is not as expected, over real HTTP. */
@SuppressWarnings("try") // a running bridge that only has to be closed
class ObservationsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private FakeCollector collector;

    @BeforeEach
    void startCollector() throws Exception {
        collector = FakeCollector.start();
    }

    @AfterEach
    void stop() {
        collector.close();
        client.close();
    }

    @Test
    void twentyEventsInAnotherZone_areReportedWithTheLineToPut() throws Exception {
        TestBridge test = TestBridge.in(directory, TestBridge.destination("sink", collector.url()));
        try (Bridge bridge = start(test, "")) {
            for (int i = 0; i < 19; i++) {
                post(test.scripts(), NumberedCalls.body(i, Instant.now().minus(Duration.ofHours(6))));
            }
            assertThat(metric(test, "cxotel_receiver_time_zone_suspect", "scripts"))
                    .isZero();
            post(test.scripts(), NumberedCalls.body(19, Instant.now().minus(Duration.ofHours(6))));
            assertThat(metric(test, "cxotel_receiver_time_zone_suspect", "scripts"))
                    .isOne();
            assertThat(get(test.healthPort(), "/health/ready")).contains("time_zone: \\\"-06:00\\\"");
            assertThat(get(test.healthPort(), "/metrics"))
                    .containsPattern("cxotel_receiver_lag_seconds_bucket\\{[^}]*scripts[^}]*le=\"28800.0\"[^}]*} 20")
                    .containsPattern("cxotel_receiver_lag_seconds_bucket\\{[^}]*scripts[^}]*le=\"14400.0\"[^}]*} 0");
        }
    }

    @Test
    void oddRecord_isCountedByWhatIsOddAboutIt() throws Exception {
        TestBridge test = TestBridge.in(directory, TestBridge.destination("sink", collector.url()));
        String odd = """
                {"ContactId":1,"BusinessUnit":2,"DataSource":"probe","StartDateTime":"2024-01-01T00:00:00Z",\
                "EndDateTime":"2024-01-01T00:00:10Z","AvgMos":9.7,"AvgRtt":0,"Callduration":500,"New Field":"private",\
                "SkillName":"%s"}""".formatted("x".repeat(5000));
        try (Bridge bridge = start(test, "")) {
            post(test.scripts(), "\"" + odd.replace("\"", "\\\"") + "\"");
            assertThat(finding(test, "misplaced", "")).isOne();
            assertThat(finding(test, "late", "")).isOne();
            assertThat(finding(test, "unknown_field", "New Field")).isOne();
            assertThat(finding(test, "missing", "AvgRtt")).isOne();
            assertThat(finding(test, "suspect", "Callduration")).isOne();
            assertThat(finding(test, "repaired", "json_in_string")).isOne();
            assertThat(metric(test, "cxotel_limits_truncated", "cxone.skill.name"))
                    .isOne();
        }
    }

    @Test
    void unknownFields_withValues_areOneAttribute() throws Exception {
        TestBridge test = TestBridge.in(directory, TestBridge.destination("sink", collector.url()));
        try (Bridge bridge = start(test, "mapping: { unknown_fields: values }\n")) {
            post(test.voice(), "{\"ContactId\":1,\"AvgMos\":4,\"New\":{\"a\":[1,\"mail me@example.com\"]}}");
            await().atMost(PATIENCE).until(() -> !collector.spans().isEmpty());
            assertThat(collector.spans().getFirst().getAttributesList())
                    .filteredOn(attribute -> attribute.getKey().equals("cxone.unmapped"))
                    .extracting(KeyValue::getValue)
                    .extracting(value -> value.getStringValue())
                    .containsExactly("{\"New\":{\"a\":[1,\"mail [email]\"]}}");
        }
    }

    @Test
    void wrongUnits_areCountedByFieldAndDataSource() throws Exception {
        TestBridge test = TestBridge.in(directory, TestBridge.destination("sink", collector.url()));
        try (Bridge bridge = start(test, "mapping: { data_sources: { known: { jitter: ms } } }\n")) {
            post(test.voice(), record(0, "probe", "\"AvgJitter\":30000,\"AvgBitrate\":0"));
            post(test.voice(), record(1, "known", "\"AvgPktLoss\":0.02"));
            post(
                    test.scripts(),
                    NumberedCalls.body(1, Instant.now())
                            .replaceFirst("responseTime([\\\\\"]+): ?[\\\\\"]*[0-9.]+[\\\\\"]*", "responseTime$1:350"));
            assertThat(source(test, "suspect", "AvgJitter", "probe")).isOne();
            assertThat(source(test, "missing", "AvgBitrate", "probe")).isOne();
            assertThat(source(test, "unknown_data_source", "DataSource", "probe"))
                    .isOne();
            assertThat(source(test, "unknown_data_source", "DataSource", "known"))
                    .isZero();
            assertThat(finding(test, "suspect", "responseTime")).isOne();
            for (int i = 2; i < 201; i++) {
                post(test.voice(), record(i, "ratios", "\"AvgPktLoss\":0.02"));
            }
            assertThat(source(test, "unit_suspect", "AvgPktLoss", "ratios"))
                    .as("199 losses")
                    .isZero();
            post(test.voice(), record(201, "ratios", "\"AvgPktLoss\":0.02"));
            assertThat(source(test, "unit_suspect", "AvgPktLoss", "ratios"))
                    .as("200 losses")
                    .isOne();
            assertThat(metric(test, "cxotel_receiver_idle", "voice")).isBetween(0.0, 60.0);
        }
    }

    @Test
    void countlessUnknownFields_areCountedTogetherAfterAHundred() throws Exception {
        TestBridge test = TestBridge.in(directory, TestBridge.destination("sink", collector.url()));
        try (Bridge bridge = start(test, "")) {
            for (int i = 0; i < 130; i++) {
                post(test.voice(), record(i, "probe", "\"AvgMos\":4,\"Made Up " + i + "\":1"));
            }
            assertThat(finding(test, "unknown_field", "_other")).isEqualTo(30);
            assertThat(finding(test, "unknown_field", "Made Up [0-9]+")).isEqualTo(100);
        }
    }

    private static String record(int contact, String source, String figures) {
        return "{\"ContactId\":%d,\"BusinessUnit\":2,\"DataSource\":\"%s\",%s}".formatted(contact + 1, source, figures);
    }

    private double source(TestBridge test, String kind, String field, String source) throws Exception {
        return metric(
                test,
                "cxotel_receiver_findings",
                "cxone_data_source=\"" + source + "[^}]*cxotel_field=\"" + field + "\"[^}]*cxotel_finding=\"" + kind
                        + "\"");
    }

    private static Bridge start(TestBridge test, String more) throws Exception {
        Path file = test.write();
        Files.writeString(file, Files.readString(file) + more);
        return Bridge.start(new ConfigLoader(Map.of()).load(file).config());
    }

    private double finding(TestBridge test, String kind, String field) throws Exception {
        return metric(
                test, "cxotel_receiver_findings", "cxotel_field=\"" + field + "\"[^}]*cxotel_finding=\"" + kind + "\"");
    }

    /** The value of the sample of {@code name} whose labels contain {@code label}; 0 when there is none. */
    private double metric(TestBridge test, String name, String label) throws Exception {
        Pattern sample = Pattern.compile("^" + name + "[a-z_]*\\{[^}]*" + label + "[^}]*} ([0-9.eE+-]+)");
        return get(test.healthPort(), "/metrics")
                .lines()
                .map(sample::matcher)
                .filter(match -> match.find())
                .mapToDouble(match -> Double.parseDouble(match.group(1)))
                .sum();
    }

    private void post(URI url, String body) throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(url)
                        .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).contains("\"accepted\":1");
    }

    private String get(int port, String path) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
