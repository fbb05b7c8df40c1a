package dev.cxotel.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cxotel.bridge.config.load.ConfigLoader;
import dev.cxotel.bridge.event.Ids;
import dev.cxotel.bridge.testing.ContactBodies;
import dev.cxotel.bridge.testing.ContactBodies.Call;
import dev.cxotel.bridge.testing.FakeCollector;
import dev.cxotel.bridge.testing.TestBridge;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a preset changes in the whole bridge, over real HTTP. */
@SuppressWarnings("try") // a running bridge that only has to be closed
class PresetsIT {

    /** A contact that is too old when it arrives is not closed early; on a slow machine those with more time still are. */
    private static final List<Integer> SECONDS_TO_GO = List.of(2, 10, 30);

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    @Test
    void backendThatTakesNoOldSpans_contactIsClosedWhileItsRootIsYoungEnough() throws Exception {
        try (FakeCollector collector = FakeCollector.start()) {
            TestBridge test = TestBridge.in(
                    directory, "{ preset: new_relic, endpoint: \"" + collector.url() + "\", headers: { api-key: x } }");
            try (Bridge bridge = start(test, "mapping: { trace: { idle_timeout: 40s } }\n")) {
                post(test.scripts(), ContactBodies.calls(List.of(new Call(1, "young", Instant.now(), "200"))));
                // New Relic takes spans of 55 min; less a quarter of an hour, a contact closes 40 min after its start.
                Instant begun = Instant.now().minus(Duration.ofMinutes(40));
                for (int later : SECONDS_TO_GO) {
                    Call call = new Call(later, "old-" + later, begun.plusSeconds(later), "200");
                    post(test.scripts(), ContactBodies.calls(List.of(call)));
                }
                await().atMost(PATIENCE).until(() -> !contacts(collector).isEmpty());
                assertThat(contacts(collector))
                        .as("the young one was heard of first, and by idle_timeout would close first")
                        .first()
                        .extracting(PresetsIT::traceId)
                        .isIn(SECONDS_TO_GO.stream()
                                .map(later -> Ids.traceOfContact("1337", later.toString()))
                                .toList());
            }
        }
    }

    @Test
    void datadog_everyPointSaysWhichReplicaSentIt() throws Exception {
        try (FakeCollector collector = FakeCollector.start()) {
            TestBridge test = TestBridge.in(
                    directory,
                    "{ preset: datadog, endpoint: \"" + collector.url()
                            + "\", headers: { dd-api-key: x }, metric_interval: 200ms }");
            String instance;
            try (Bridge bridge = start(test, "mapping: { volumes: { window: 1s } }\n")) {
                instance = bridge.journal().instanceId();
                post(test.scripts(), ContactBodies.calls(List.of(new Call(5, "a", Instant.now(), "200"))));
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(collector.metrics())
                        .extracting(Metric::getName)
                        .contains(
                                "cxone.script.api.duration",
                                "cxone.contact.active",
                                "cxotel.receiver.deliveries",
                                "cxotel.pipeline.export.duration"));
            }
            assertThat(collector.metrics()).allSatisfy(metric -> assertThat(attributes(metric))
                    .as(metric.getName())
                    .isNotEmpty()
                    .allSatisfy(point -> assertThat(point)
                            .filteredOn(one -> one.getKey().equals("service.instance.id"))
                            .extracting(one -> one.getValue().getStringValue())
                            .containsExactly(instance)));
        }
    }

    private static List<List<KeyValue>> attributes(Metric metric) {
        return Stream.of(
                        metric.getSum().getDataPointsList().stream().map(point -> point.getAttributesList()),
                        metric.getGauge().getDataPointsList().stream().map(point -> point.getAttributesList()),
                        metric.getHistogram().getDataPointsList().stream().map(point -> point.getAttributesList()))
                .flatMap(points -> points)
                .toList();
    }

    private static List<Span> contacts(FakeCollector collector) {
        return collector.spans().stream()
                .filter(span -> span.getName().equals("contact"))
                .toList();
    }

    private static String traceId(Span span) {
        return HexFormat.of().formatHex(span.getTraceId().toByteArray());
    }

    private static Bridge start(TestBridge test, String more) throws Exception {
        Path file = test.write();
        Files.writeString(file, Files.readString(file) + more);
        return Bridge.start(new ConfigLoader(Map.of()).load(file).config());
    }

    private static void post(URI url, String body) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(url)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }
}
