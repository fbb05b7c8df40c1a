package dev.cxotel.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cxotel.bridge.cli.Cxotel;
import dev.cxotel.bridge.cli.JournalBooks;
import dev.cxotel.bridge.cli.Seams;
import dev.cxotel.bridge.config.load.ConfigLoader;
import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.signal.Signal;
import dev.cxotel.bridge.testing.BridgeProcess;
import dev.cxotel.bridge.testing.CountedPoints;
import dev.cxotel.bridge.testing.FakeCollector;
import dev.cxotel.bridge.testing.TestBridge;
import dev.cxotel.bridge.testing.books.Books;
import dev.cxotel.bridge.testing.torture.NumberedEvents;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Exactly once as far as OTLP permits it: what is delivered again, by whom, and what a backend sees of it. */
class ExactlyOnceIT {

    private static final String DURATION = "cxone.script.api.duration";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MOST_EVENTS_OF_AN_EXPORT = 20_000;

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private FakeCollector sink;

    @BeforeEach
    void startSink() throws Exception {
        sink = FakeCollector.start();
    }

    @AfterEach
    void close() {
        sink.close();
        client.close();
    }

    @Test
    void redelivery_afterARestart_isNoneNew() throws Exception {
        TestBridge test = TestBridge.in(directory, TestBridge.destination("sink", sink.url()));
        String body = NumberedEvents.batch(1, 3);
        try (Bridge bridge = start(test)) {
            assertThat(post(test.scripts(), body)).isEqualTo(receipt(3, 0));
            await().atMost(PATIENCE).until(() -> sink.spans().size() == 3);
            assertThat(bridge.receiverPort()).isPositive();
        }
        try (Bridge bridge = start(test)) {
            assertThat(post(test.scripts(), body)).isEqualTo(receipt(0, 3));
            assertThat(post(test.scripts(), NumberedEvents.batch(3, 2))).isEqualTo(receipt(1, 1));
            await().atMost(PATIENCE).until(() -> sink.spans().size() == 4);
            await().atMost(PATIENCE).until(() -> CountedPoints.count(sink.metrics(), DURATION) == 4);
            assertThat(sink.spanIds()).hasSize(4);
            assertThat(appended(bridge)).isEqualTo(4);
        }
    }

    @Test
    void redelivery_inTheSameMoment_isStoredOnce() throws Exception {
        TestBridge test = TestBridge.in(directory, TestBridge.destination("sink", sink.url()));
        try (Bridge bridge = start(test)) {
            List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 40)
                    .mapToObj(i -> client.sendAsync(
                            request(test.scripts(), NumberedEvents.batch(1, 5)), HttpResponse.BodyHandlers.ofString()))
                    .toList();
            List<String> receipts =
                    answers.stream().map(answer -> answer.join().body()).toList();
            assertThat(receipts).containsOnlyOnce(receipt(5, 0));
            assertThat(receipts).filteredOn(receipt(0, 5)::equals).hasSize(39);
            await().atMost(PATIENCE).until(() -> sink.spans().size() == 5);
            assertThat(appended(bridge)).isEqualTo(5);
        }
    }

    @Test
    void redelivery_inOneBody_isStoredOnce() throws Exception {
        TestBridge test = TestBridge.in(directory, TestBridge.destination("sink", sink.url()));
        String record = "{\"ContactId\":1,\"AvgMos\":4,\"EndDateTime\":\"2026-03-26T13:57:47Z\"}";
        try (Bridge bridge = start(test)) {
            assertThat(post(test.voice(), "[" + record + "," + record + "]")).isEqualTo(receipt(1, 1));
            await().atMost(PATIENCE).until(() -> sink.spans().size() == 1);
            assertThat(appended(bridge)).isEqualTo(1);
        }
    }

    /** The backend has stored a request; the bridge dies before it learns of it, and sends it again after its restart. */
    @ParameterizedTest
    @EnumSource(
            value = Signal.class,
            names = {"TRACES", "LOGS"})
    void crash_betweenExportAndCommit_repeatsEqualIds(Signal signal) throws Exception {
        TestBridge test = TestBridge.in(directory, TestBridge.destination("sink", sink.url()));
        CompletableFuture<BridgeProcess> first = new CompletableFuture<>();
        killOnce(sink, signal, first);
        BridgeProcess running = run(test);
        post(test.scripts(), NumberedEvents.batch(5, 1));
        first.complete(running);
        await().atMost(PATIENCE).until(() -> sink.stored(signal).size() == 1);
        try (BridgeProcess second = run(test)) {
            await().atMost(PATIENCE).until(() -> sink.stored(signal).size() == 2);
            List<String> items = sink.stored(signal).stream()
                    .flatMap(request -> signal == Signal.TRACES
                            ? request.spans().stream().map(Object::toString)
                            : request.logs().stream().map(Object::toString))
                    .toList();
            assertThat(items).as(second.output()).hasSize(2);
            assertThat(Set.copyOf(items))
                    .as("the same span or log record, to the byte")
                    .hasSize(1);
        }
    }

    /** By the commands, beside the running bridge: what a backend stored already, and what it had refused. */
    @Test
    void replay_repeatsEqualIdsAndCountsMetricsOnlyWhenAsked() throws Exception {
        TestBridge test = TestBridge.in(directory, TestBridge.destination("sink", sink.url()));
        try (Bridge bridge = start(test)) {
            sink.always(Signal.TRACES, request -> FakeCollector.status(400));
            post(test.scripts(), NumberedEvents.batch(1, 1));
            await().atMost(PATIENCE).until(() -> bridge.journal().status().quarantined() == 1);
            sink.always(Signal.TRACES, request -> FakeCollector.status(200));
            post(test.scripts(), NumberedEvents.batch(2, 9));
            await().atMost(PATIENCE).until(() -> sink.spans().size() == 9 && counted() == 10);
            int logs = sink.logs().size();
            command(test, "quarantine", "replay", "--all");
            await().atMost(PATIENCE).until(() -> sink.spans().size() == 10);
            assertThat(sink.spanIds()).hasSize(10);

            replay(test, "traces,logs");
            await().atMost(PATIENCE).until(() -> sink.spans().size() == 20);
            await().atMost(PATIENCE).until(() -> sink.logs().size() == 2 * logs);
            awaitNothingWaits(bridge);
            assertThat(sink.spanIds()).hasSize(10);
            assertThat(Set.copyOf(sink.logs())).as("equal to the byte").hasSize(logs);
            assertThat(logs).isPositive();
            assertThat(counted()).as("metrics are left out").isEqualTo(10);

            replay(test, "metrics");
            await().atMost(PATIENCE).until(() -> counted() == 20);
            awaitNothingWaits(bridge);
            assertThat(sink.spans()).hasSize(20);
            assertThat(appended(bridge)).isEqualTo(10);
            String pipeline = Books.pipeline("sink", Signal.METRICS);
            assertThat(new Books()
                            .door("scripts", "appended", 10)
                            .outOfQuarantine(1)
                            .offered(pipeline, 20)
                            .ended(pipeline, Outcome.EXPORTED, 20)
                            .disagreements(bridge.journal().ledger(), directory.resolve("data")))
                    .isEmpty();
        }
    }

    private long counted() {
        return CountedPoints.count(sink.metrics(), DURATION);
    }

    private static void awaitNothingWaits(Bridge bridge) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(bridge.journal().ledger().pipelines())
                        .allSatisfy(line -> assertThat(line.waiting()).isZero()));
    }

    private void replay(TestBridge test, String signals) {
        command(
                test,
                "replay",
                "--from=2020-01-01T00:00:00Z",
                "--to=2040-01-01T00:00:00Z",
                "--destination=sink",
                "--signals=" + signals);
    }

    private void command(TestBridge test, String... arguments) {
        StringWriter out = new StringWriter();
        Seams seams = new Seams(
                Map.of(),
                Bridge::start,
                new JournalBooks(InstantSource.system()),
                new Operator(InstantSource.system()),
                logging -> {},
                stop -> {});
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", test.directory().resolve("cxotel.yaml").toString()));
        PrintWriter printer = new PrintWriter(out);
        assertThat(Cxotel.execute(seams, printer, printer, all.toArray(String[]::new)))
                .as(out.toString())
                .isZero();
    }

    /**
     * The bound of what a crash can double: the events of one export, at most 20 000, and only where a backend does not
     * overwrite points that agree in series and times. Both temporalities have a backlog of more than one export.
     */
    @Test
    void crash_betweenMetricExportAndCommit_doublesOneExportAtMost() throws Exception {
        int events = MOST_EVENTS_OF_AN_EXPORT + 5_000;
        try (FakeCollector delta = FakeCollector.start()) {
            for (FakeCollector backend : List.of(sink, delta)) {
                backend.always(Signal.METRICS, request -> FakeCollector.status(503));
            }
            TestBridge test =
                    TestBridge.in(directory, metricsOnly("cumulative", sink.url()), metricsOnly("delta", delta.url()));
            try (Bridge bridge = start(test)) {
                for (int first = 1; first < events; first += 1000) {
                    post(test.scripts(), NumberedEvents.batch(first, 1000));
                }
                assertThat(appended(bridge)).isEqualTo(events);
            }
            for (FakeCollector backend : List.of(sink, delta)) {
                CompletableFuture<BridgeProcess> victim = new CompletableFuture<>();
                killOnce(backend, Signal.METRICS, victim);
                victim.complete(run(test));
                await().atMost(PATIENCE).until(() -> CountedPoints.count(backend.metrics(), DURATION) > 0);
                await().atMost(PATIENCE).until(() -> !victim.join().isAlive());
            }
            try (BridgeProcess survivor = run(test)) {
                for (FakeCollector backend : List.of(sink, delta)) {
                    await().atMost(PATIENCE).until(() -> CountedPoints.count(backend.metrics(), DURATION) >= events);
                }
                assertThat(survivor.stop()).isZero();
                checkDoubled(sink, delta, events);
                assertThat(sink.metrics()).noneMatch(metric -> metric.getName().startsWith("otel.sdk."));
            }
        }
    }

    private static void checkDoubled(FakeCollector cumulative, FakeCollector delta, int events) {
        assertThat(CountedPoints.count(cumulative.metrics(), DURATION) - events)
                .as("doubled, cumulative, by two crashes")
                .isPositive()
                .isLessThanOrEqualTo(2L * MOST_EVENTS_OF_AN_EXPORT);
        assertThat(CountedPoints.count(delta.metrics(), DURATION) - events)
                .as("doubled, delta, where points are added")
                .isPositive()
                .isLessThanOrEqualTo(2L * MOST_EVENTS_OF_AN_EXPORT);
        assertThat(CountedPoints.countOverwriting(delta.metrics(), DURATION))
                .as("delta, where points overwrite")
                .isEqualTo(events);
        assertThat(CountedPoints.largest(delta.metrics(), DURATION)).isLessThanOrEqualTo(MOST_EVENTS_OF_AN_EXPORT);
    }

    private static String metricsOnly(String temporality, URI url) {
        return "{ name: %1$s, endpoint: \"%2$s\", temporality: %1$s, signals: [metrics], metric_interval: 200ms, self_telemetry: false }"
                .formatted(temporality, url);
    }

    /** The next request of the signal is stored, then the bridge is killed, then nobody reads the answer. */
    private static void killOnce(FakeCollector backend, Signal signal, CompletableFuture<BridgeProcess> bridge) {
        AtomicInteger left = new AtomicInteger(1);
        backend.always(signal, request -> {
            if (signal == Signal.METRICS
                    && request.metrics().stream()
                            .noneMatch(metric -> metric.getName().equals(DURATION))) {
                return FakeCollector.status(200);
            }
            if (left.getAndDecrement() == 1) {
                bridge.join().kill();
            }
            return FakeCollector.status(200);
        });
    }

    private BridgeProcess run(TestBridge test) throws Exception {
        return BridgeProcess.run(test.write(), test.healthPort(), directory.resolve("bridge.log"), List.of(), Map.of());
    }

    private static Bridge start(TestBridge test) throws Exception {
        return Bridge.start(new ConfigLoader(Map.of()).load(test.write()).config());
    }

    private static long appended(Bridge bridge) throws Exception {
        Ledger ledger = bridge.journal().ledger();
        assertThat(ledger.difference()).as(ledger.toString()).isZero();
        return ledger.subscriptions().stream()
                .mapToLong(Ledger.SubscriptionLine::appended)
                .sum();
    }

    private String post(URI url, String body) throws Exception {
        HttpResponse<String> answer = client.send(request(url, body), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static HttpRequest request(URI url, String body) {
        return HttpRequest.newBuilder(url)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static String receipt(int accepted, int duplicates) {
        return "{\"accepted\":%d,\"duplicates\":%d,\"quarantined\":0}".formatted(accepted, duplicates);
    }
}
