package dev.cxotel.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cxotel.bridge.config.load.ConfigLoader;
import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.signal.Signal;
import dev.cxotel.bridge.testing.CountedPoints;
import dev.cxotel.bridge.testing.FakeCollector;
import dev.cxotel.bridge.testing.NumberedCalls;
import dev.cxotel.bridge.testing.TestBridge;
import dev.cxotel.bridge.testing.books.Books;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks over real HTTP in, OTLP over real HTTP out, everything in between as the program composes it. */
class EndToEndIT {

    private static final String DURATION = "cxone.script.api.duration";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String VOICE = """
            {"ContactId":8675309,"DataSource":"SBC EXMS","MasterContactId":86753099,"BusinessUnit":1337,"SkillId":4,\
            "SkillName":"Mysteries Report","AgentId":1174,"Agent":"Sherlock Holmes",\
            "StartDateTime":"2026-03-26T13:57:41.727Z","EndDateTime":"2026-03-26T13:57:47.009Z","From":"+18018675309",\
            "To":"1174","AvgJitter":12.5,"AvgPktLoss":0.5,"AvgMos":4.31,"LineType":"webRTC","LocationCountry":"England"}""";

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private FakeCollector collector;

    @BeforeEach
    void startCollector() throws IOException {
        collector = FakeCollector.start();
    }

    @AfterEach
    void stop() {
        collector.close();
        client.close();
    }

    @Test
    void bothPayloads_becomeSpansMetricsAndLogs() throws Exception {
        TestBridge test = TestBridge.in(directory, TestBridge.destination("sink", collector.url()));
        try (Bridge bridge = start(test)) {
            assertThat(post(test.voice(), VOICE)).isEqualTo("{\"accepted\":1,\"duplicates\":0,\"quarantined\":0}");
            assertThat(post(test.scripts(), NumberedCalls.body(1, Instant.now())))
                    .isEqualTo("{\"accepted\":1,\"duplicates\":0,\"quarantined\":0}");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(collector.spans().stream().map(Span::getName))
                            .containsExactlyInAnyOrder("call leg", "Snippet sub_webservice"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(collector.metrics().stream().map(metric -> metric.getName()))
                            .contains("cxone.voice.mos", "cxone.voice.jitter", "cxone.voice.records", DURATION));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(collector.logs().stream().map(record -> record.getEventName()))
                            .containsExactly("cxone.voice.quality"));
            assertClosed(bridge);
        }
        assertThat(allThatLeft()).doesNotContain("Sherlock").doesNotContain("8018675309");
    }

    @Test
    void noDestination_isKeptInThePreviewWhichNoLedgerKnows() throws Exception {
        TestBridge test = TestBridge.in(directory);
        try (Bridge bridge = start(test)) {
            post(test.voice(), VOICE);
            post(test.scripts(), NumberedCalls.body(1, Instant.now()));
            URI preview = URI.create("http://127.0.0.1:" + bridge.adminPort() + "/api/v1/preview");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            client.send(HttpRequest.newBuilder(preview).build(), HttpResponse.BodyHandlers.ofString())
                                    .body())
                    .contains("\"spans\":2")
                    .contains("\"logs\":1"));
            assertThat(bridge.journal().ledger().pipelines())
                    .extracting(line -> line.id().toString())
                    .containsExactly("contacts/roots");
            assertClosed(bridge, Map.of());
        }
    }

    @Test
    void redelivery_isCountedAndNotSentAgain() throws Exception {
        TestBridge test = TestBridge.in(directory, TestBridge.destination("sink", collector.url()));
        String body = NumberedCalls.body(7, Instant.now());
        try (Bridge bridge = start(test)) {
            assertThat(post(test.scripts(), body)).contains("\"accepted\":1");
            assertThat(post(test.scripts(), body)).isEqualTo("{\"accepted\":0,\"duplicates\":1,\"quarantined\":0}");
            await().atMost(PATIENCE).until(() -> !collector.spans().isEmpty());
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(CountedPoints.count(collector.metrics(), DURATION))
                    .isEqualTo(1));
            assertThat(collector.spans()).hasSize(1);
            assertThat(bridge.journal().ledger().subscriptions())
                    .filteredOn(line -> line.subscription().equals("scripts"))
                    .singleElement()
                    .satisfies(line -> {
                        assertThat(line.deliveries()).isEqualTo(2);
                        assertThat(line.duplicate()).isEqualTo(1);
                        assertThat(line.appended()).isEqualTo(1);
                    });
            assertClosed(bridge);
        }
    }

    @Test
    void entriesSentAgainInAnotherOrder_areNoneNew() throws Exception {
        TestBridge test = TestBridge.in(directory, TestBridge.destination("sink", collector.url()));
        String one = "{\"busNo\":\"1\",\"messageId\":\"a\",\"actionName\":\"A\"}";
        String two = "{\"busNo\":\"1\",\"messageId\":\"b\",\"actionName\":\"A\"}";
        String customer = "{\"ContactId\":1,\"AvgMos\":4,\"From\":\"1\",\"To\":\"2\"}";
        String agent = "{\"ContactId\":1,\"AvgMos\":4,\"From\":\"2\",\"To\":\"1\"}";
        try (Bridge bridge = start(test)) {
            assertThat(post(test.scripts(), "{\"metadata\":[" + one + "," + two + "]}"))
                    .contains("\"accepted\":2");
            assertThat(post(test.scripts(), "{\"metadata\":[" + two + "," + one + "]}"))
                    .isEqualTo("{\"accepted\":0,\"duplicates\":2,\"quarantined\":0}");
            assertThat(post(test.voice(), "[" + customer + "," + agent + "]")).contains("\"accepted\":2");
            assertThat(post(test.voice(), "[" + agent + "," + customer + "]"))
                    .isEqualTo("{\"accepted\":0,\"duplicates\":2,\"quarantined\":0}");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(collector.spans()).hasSize(4));
            assertClosed(bridge);
        }
    }

    @Test
    void troubledBackend_isRetriedUntilItAccepts() throws Exception {
        collector.next(
                Signal.TRACES,
                FakeCollector.status(503),
                FakeCollector.status(429, "Retry-After", "1"),
                FakeCollector.status(502));
        TestBridge test = TestBridge.in(directory, TestBridge.deltaDestination("sink", collector.url()));
        try (Bridge bridge = start(test);
                NumberedCalls calls = new NumberedCalls(test.scripts())) {
            calls.postNew(25);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(collector.spanIds()).isEqualTo(calls.spanIds()));
            assertThat(collector.requests(Signal.TRACES)).hasSizeGreaterThanOrEqualTo(4);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(CountedPoints.count(collector.metrics(), DURATION))
                    .isEqualTo(25));
            assertClosed(bridge);
        }
    }

    @Test
    void deadDestination_delaysNobodyAndCatchesUpAfterARestart() throws Exception {
        FakeCollector dead = FakeCollector.start();
        for (Signal signal : Signal.values()) {
            dead.always(signal, request -> FakeCollector.status(503));
        }
        TestBridge test = TestBridge.in(
                directory,
                TestBridge.destination("alive", collector.url()),
                TestBridge.deltaDestination("dead", dead.url()));
        try (NumberedCalls calls = new NumberedCalls(test.scripts())) {
            try (Bridge bridge = start(test)) {
                calls.postNew(40);
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(collector.spanIds()).isEqualTo(calls.spanIds()));
                assertThat(dead.spans()).isEmpty();
                assertThat(waiting(bridge, "dead")).isEqualTo(40);
                assertClosed(bridge, Map.of("alive", List.of(collector), "dead", List.of(dead)));
            }
            for (Signal signal : Signal.values()) {
                dead.always(signal, request -> FakeCollector.status(200));
            }
            try (Bridge bridge = start(test)) {
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(dead.spanIds()).isEqualTo(calls.spanIds()));
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(CountedPoints.count(dead.metrics(), DURATION))
                        .isEqualTo(40));
                await().atMost(PATIENCE).until(() -> waiting(bridge, "dead") == 0);
                assertClosed(bridge, Map.of("alive", List.of(collector), "dead", List.of(dead)));
            }
            assertThat(collector.spans()).as("the living one got nothing twice").hasSize(40);
        } finally {
            dead.close();
        }
    }

    @Test
    void apply_swapsTheDestinationAndLosesNothing() throws Exception {
        FakeCollector second = FakeCollector.start();
        TestBridge test = TestBridge.in(directory, TestBridge.destination("sink", collector.url()));
        try (Bridge bridge = start(test);
                NumberedCalls calls = new NumberedCalls(test.scripts())) {
            calls.postNew(5);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(collector.spanIds()).hasSize(5));
            TestBridge moved = test.withDestinations(TestBridge.destination("sink", second.url()));
            bridge.apply(new ConfigLoader(Map.of()).load(moved.write()).config());
            calls.postNew(5);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(second.spanIds()).hasSize(5));
            Set<String> both = new HashSet<>(collector.spanIds());
            both.addAll(second.spanIds());
            assertThat(both).isEqualTo(calls.spanIds());
            assertClosed(bridge, Map.of("sink", List.of(collector, second)));
        } finally {
            second.close();
        }
    }

    private Bridge start(TestBridge test) throws Exception {
        return Bridge.start(new ConfigLoader(Map.of()).load(test.write()).config());
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

    private static long waiting(Bridge bridge, String destination) throws Exception {
        return bridge.journal().ledger().pipelines().stream()
                .filter(line -> line.id().destination().equals(destination))
                .mapToLong(Ledger.PipelineLine::waiting)
                .max()
                .orElseThrow();
    }

    /** The ledger closes, and agrees with what the backends stored and with the rows. */
    private void assertClosed(Bridge bridge, Map<String, List<FakeCollector>> backends) throws Exception {
        assertThat(bridge.journal().ledger().pipelines())
                .allSatisfy(line -> assertThat(line.outcomes().counts().keySet())
                        .extracting(key -> key.outcome())
                        .doesNotContain(Outcome.QUARANTINED, Outcome.DROPPED, Outcome.EXPIRED));
        await().atMost(PATIENCE).untilAsserted(() -> {
            Books books = new Books();
            backends.forEach((name, collectors) -> collectors.forEach(backend -> books.stored(name, backend)));
            assertThat(books.disagreements(bridge.journal().ledger(), directory.resolve("data")))
                    .isEmpty();
        });
    }

    private void assertClosed(Bridge bridge) throws Exception {
        assertClosed(bridge, Map.of("sink", List.of(collector)));
    }

    /** Everything that any request carried, unescaped. */
    private String allThatLeft() {
        StringBuilder all = new StringBuilder();
        for (Signal signal : Signal.values()) {
            List<FakeCollector.Request> requests = collector.requests(signal);
            requests.forEach(request -> all.append(new String(request.body(), UTF_8)));
        }
        return all.toString();
    }
}
