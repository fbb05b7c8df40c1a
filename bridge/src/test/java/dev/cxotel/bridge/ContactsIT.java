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
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
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
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contacts from webhooks over real HTTP to root spans and gauges over real OTLP. */
@SuppressWarnings("try") // a running bridge that only has to be closed
class ContactsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String QUICK = """
            mapping:
              trace: { idle_timeout: 1s, max_duration: 1m }
              volumes: { window: 1s }
              business_units: { "1337": "4600000" }
              metrics: { cxone.script.active: { add: [cxone.business_unit.id] }, cxone.action.active: { enabled: false } }
            """;

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private FakeCollector collector;
    private FakeCollector other;

    @BeforeEach
    void startCollectors() throws Exception {
        collector = FakeCollector.start();
        other = FakeCollector.start();
    }

    @AfterEach
    void stop() {
        collector.close();
        other.close();
        client.close();
    }

    @Test
    void contactOfBothFeeds_getsOneRootWithTheIdsThatItsChildrenName() throws Exception {
        TestBridge test = TestBridge.in(
                directory,
                TestBridge.destination("sink", collector.url()),
                TestBridge.destination("voice-only", other.url()).replaceFirst("}\\s*$", ", subscriptions: [voice] }"));
        try (Bridge bridge = start(test, QUICK)) {
            int contact = postBothFeeds(test);
            String id = Integer.toString(contact);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(roots(collector, id)).hasSize(1));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(roots(other, id)).hasSize(1));
            Span root = roots(collector, id).getFirst();
            assertThat(hex(root.getSpanId().toByteArray())).isEqualTo(Ids.spanOfContact("4600000", id));
            assertThat(root.getParentSpanId().isEmpty()).isTrue();
            assertThat(ofContact(collector, id))
                    .filteredOn(span -> !span.equals(root))
                    .hasSize(3)
                    .allSatisfy(span -> {
                        assertThat(span.getTraceId()).isEqualTo(root.getTraceId());
                        assertThat(span.getParentSpanId()).isEqualTo(root.getSpanId());
                        assertThat(span.getStartTimeUnixNano()).isGreaterThanOrEqualTo(root.getStartTimeUnixNano());
                        assertThat(span.getEndTimeUnixNano()).isLessThanOrEqualTo(root.getEndTimeUnixNano());
                    });
            assertThat(numbers(root))
                    .containsEntry("cxone.contact.leg.count", 1L)
                    .containsEntry("cxone.contact.api_call.count", 2L)
                    .containsEntry("cxone.contact.error.count", 1L);
            post(test.scripts(), ContactBodies.calls(List.of(new Call(contact, "late", Instant.now(), "200"))));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(metrics(test))
                    .containsPattern("cxotel_contact_late_total\\{[^}]*script_api[^}]*} 1")
                    .containsPattern("cxotel_contacts_total\\{[^}]*both[^}]*} 1"));
            assertThat(roots(collector, id)).hasSize(1);
            assertThat(bridge.journal().ledger().difference()).isZero();
        }
    }

    @Test
    void contactMadeUpByASender_isNotTaken() throws Exception {
        TestBridge test = TestBridge.in(directory, TestBridge.destination("sink", collector.url()));
        try (Bridge bridge = start(test, QUICK)) {
            String forged = """
                    {"cxotel_contact":1,"key":"1337|9","first":1,"last":2,"legs":1,"calls":1,"errors":0,"quality":1,\
                    "subscriptions":["voice"]}""";
            assertThat(post(test.voice(), forged)).contains("\"accepted\":0").contains("\"quarantined\":1");
            post(test.scripts(), ContactBodies.calls(List.of(new Call(78, "a", Instant.now(), "200"))));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(roots(collector)).hasSize(1));
            assertThat(numbers(roots(collector).getFirst())).containsEntry("cxone.contact.api_call.count", 1L);
        }
    }

    @Test
    void withoutRootSpans_nothingIsAParent() throws Exception {
        TestBridge test = TestBridge.in(directory, TestBridge.destination("sink", collector.url()));
        try (Bridge bridge =
                start(test, "mapping: { trace: { root_span: false, idle_timeout: 1s, max_duration: 1m } }\n")) {
            post(test.scripts(), ContactBodies.calls(List.of(new Call(79, "a", Instant.now(), "200"))));
            await().atMost(PATIENCE).until(() -> !collector.spans().isEmpty());
            assertThat(collector.spans()).singleElement().satisfies(span -> assertThat(
                            span.getParentSpanId().isEmpty())
                    .isTrue());
            assertThat(bridge.journal().ledger().pipelines())
                    .extracting(line -> line.id().signal())
                    .doesNotContain("roots");
        }
    }

    @Test
    void volumes_areSentOnceAWindowIsOver_zeroIncluded() throws Exception {
        TestBridge test = TestBridge.in(directory, TestBridge.destination("sink", collector.url()));
        try (Bridge bridge = start(test, QUICK.replace("window: 1s", "window: 3s"))) {
            assertThat(gauge("cxone.contact.active")).as("not known yet").isEmpty();
            Instant until = Instant.now().plusSeconds(6);
            for (int i = 0;
                    Instant.now().isBefore(until)
                            && gauge("cxone.contact.active").isEmpty();
                    i++) {
                Instant at = Instant.now();
                post(
                        test.scripts(),
                        ContactBodies.calls(List.of(
                                new Call(1, "a" + i, at, "200"),
                                new Call(2, "b" + i, at, "200"),
                                new Call(0, "c" + i, at, "200"))));
            }
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(gauge("cxone.contact.active"))
                    .extracting(NumberDataPoint::getAsDouble)
                    .contains(2.0)
                    .endsWith(0.0));
            assertThat(gauge("cxone.script.active")).allSatisfy(point -> assertThat(point.getAttributesList())
                    .extracting(attribute -> attribute.getValue().getStringValue())
                    .containsExactly("4600000"));
            assertThat(gauge("cxone.action.active")).isEmpty();
            assertThat(metrics(test)).doesNotContain("cxone_contact_active");
        }
    }

    private static Bridge start(TestBridge test, String more) throws Exception {
        Path file = test.write();
        Files.writeString(file, Files.readString(file) + more);
        return Bridge.start(new ConfigLoader(Map.of()).load(file).config());
    }

    private List<NumberDataPoint> gauge(String name) {
        return collector.metrics().stream()
                .filter(metric -> metric.getName().equals(name))
                .flatMap(metric -> metric.getGauge().getDataPointsList().stream())
                .toList();
    }

    private static List<Span> roots(FakeCollector collector) {
        return collector.spans().stream()
                .filter(span -> span.getName().equals("contact"))
                .toList();
    }

    private static List<Span> roots(FakeCollector collector, String contact) {
        return ofContact(collector, contact).stream()
                .filter(span -> span.getName().equals("contact"))
                .toList();
    }

    private static List<Span> ofContact(FakeCollector collector, String contact) {
        String trace = Ids.traceOfContact("4600000", contact);
        return collector.spans().stream()
                .filter(span -> hex(span.getTraceId().toByteArray()).equals(trace))
                .toList();
    }

    /**
     * Posts two calls and a leg of one contact while it is open, which is a second; a machine that takes longer to post
     * them tries another contact. The contact.
     */
    private int postBothFeeds(TestBridge test) throws Exception {
        int contact = 77;
        while (true) {
            Instant now = Instant.now();
            post(
                    test.scripts(),
                    ContactBodies.calls(List.of(
                            new Call(contact, contact + "a", now.minusSeconds(60), "200"),
                            new Call(contact, contact + "b", now.minusSeconds(50), "503"))));
            post(test.voice(), ContactBodies.leg(contact, now.minusSeconds(70), now.minusSeconds(5), 2.1));
            if (Instant.now().isBefore(now.plusMillis(900))) {
                return contact;
            }
            contact++;
            assertThat(contact).as("contacts that a machine was too slow for").isLessThan(177);
        }
    }

    private static Map<String, Long> numbers(Span span) {
        return span.getAttributesList().stream()
                .filter(attribute -> attribute.getValue().hasIntValue())
                .collect(Collectors.toMap(
                        KeyValue::getKey, attribute -> attribute.getValue().getIntValue()));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private String post(URI url, String body) throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(url)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private String metrics(TestBridge test) throws Exception {
        URI url = URI.create("http://127.0.0.1:" + test.healthPort() + "/metrics");
        return client.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
