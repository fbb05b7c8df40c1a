package dev.cxotel.bridge.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cxotel.bridge.backends.Panels.PanelQuery;
import dev.cxotel.bridge.console.AdminAnswer;
import dev.cxotel.bridge.console.AdminClient;
import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.simulator.ContactCentre;
import dev.cxotel.bridge.simulator.Load;
import dev.cxotel.bridge.simulator.Rate;
import dev.cxotel.bridge.simulator.WebhookClient;
import dev.cxotel.bridge.testing.Alone;
import dev.cxotel.bridge.testing.BridgeProcess;
import dev.cxotel.bridge.testing.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A simulated contact centre posts to the real program, which exports to a real Prometheus, a real Jaeger and a real
 * Collector; what these answer through their own APIs is compared with what was sent.
 */
@Alone
class RealBackendsIT {

    private static final Duration LOAD = Duration.ofSeconds(Long.getLong("cxotel.backends.seconds", 60));
    private static final String RANGE = "10m";
    private static final Duration VOLUMES_WINDOW = Duration.ofSeconds(10);

    @TempDir
    static Path directory;

    private static final Sent SENT = new Sent();
    private static Prometheus prometheus;
    private static Jaeger jaegerHttp;
    private static Jaeger jaegerGrpc;
    private static OtelCollector collector;
    private static BridgeProcess bridge;

    /** When the load was over. */
    private static Instant loaded;

    /** When all was known: the time of a point of every series of CXone's, and of the bridge's own. */
    private static Instant data;

    private static Instant own;
    private static Ledger ledger;

    @BeforeAll
    static void load() throws Exception {
        Map<String, Path> programs = new HashMap<>();
        for (String variable : List.of("PROMETHEUS", "JAEGER", "OTELCOL")) {
            Optional<Path> program = Peer.binary(variable);
            assumeTrue(
                    program.isPresent(),
                    "skipped, because $" + variable + " names no program; .ci/build-peers builds it");
            programs.put(variable, program.get());
        }
        prometheus = Prometheus.start(of(programs, "PROMETHEUS"), directory.resolve("prometheus"));
        jaegerHttp = Jaeger.start(of(programs, "JAEGER"), directory.resolve("jaeger-http"));
        jaegerGrpc = Jaeger.start(of(programs, "JAEGER"), directory.resolve("jaeger-grpc"));
        collector = OtelCollector.start(of(programs, "OTELCOL"), directory.resolve("collector"));
        int receiver = Ports.free();
        int health = Ports.free();
        int admin = Ports.free();
        Path config = directory.resolve("cxotel.yaml");
        Files.writeString(config, config(receiver, health, admin));
        bridge = BridgeProcess.run(config, health, directory.resolve("bridge.log"), List.of(), Map.of());
        Strangers strangers = Strangers.at(receiver);
        post(receiver);
        loaded = Instant.now();
        strangers.close();
        awaitAll();
        Instant settled = Instant.now();
        data = awaitPoint("cxone_script_api_duration_seconds_count", settled);
        own = awaitPoint("cxotel_receiver_deliveries_total", settled);
        ledger = ledger();
    }

    @AfterAll
    static void stop() {
        for (AutoCloseable each : new AutoCloseable[] {bridge, prometheus, jaegerHttp, jaegerGrpc, collector}) {
            try {
                if (each != null) {
                    each.close();
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static String config(int receiver, int health, int admin) {
        return """
                cxotel: 1
                receiver: { host: 127.0.0.1, port: %d }
                health: { host: 127.0.0.1, port: %d }
                admin: { host: 127.0.0.1, port: %d }
                journal: { directory: "%s" }
                mapping:
                  trace: { idle_timeout: 5s }
                  volumes: { window: 10s }
                  metrics:
                    cxone.voice.mos: { add: [cxone.network.isp.name, user_agent.name] }
                    cxone.voice.records: { add: [cxone.call.disconnect.reason] }
                destinations:
                  - { preset: prometheus, endpoint: "%s", metric_interval: 1s, self_telemetry: true }
                  - { name: jaeger-http, preset: jaeger, endpoint: "%s" }
                  - { name: jaeger-grpc, preset: jaeger, endpoint: "%s", protocol: grpc }
                  - { name: collector-http, endpoint: "%s", metric_interval: 1s }
                  - { name: collector-grpc, signals: [logs], endpoint: "%s", protocol: grpc }
                """.formatted(
                        receiver,
                        health,
                        admin,
                        directory.resolve("journal"),
                        prometheus.endpoint(),
                        jaegerHttp.http(),
                        jaegerGrpc.grpc(),
                        collector.http(),
                        collector.grpc());
    }

    private static void post(int receiver) throws InterruptedException {
        URI base = URI.create("http://127.0.0.1:" + receiver);
        Map<EventType, URI> urls = Map.of(
                EventType.VOICE_QUALITY, base.resolve("/v1/voice-quality"),
                EventType.SCRIPT_API, base.resolve("/v1/script-api"));
        ContactCentre centre = new ContactCentre(7, InstantSource.system(), ContactCentre.Habits.USUAL);
        long end = System.nanoTime() + LOAD.toNanos();
        try (WebhookClient client = new WebhookClient(urls, WebhookClient.Signature.NONE, Duration.ofSeconds(10))) {
            new Load(client, Rate.fixed(30), 16, true, InstantSource.system())
                    .run(() -> Optional.of(centre.next()), SENT, () -> System.nanoTime() >= end);
        }
    }

    /** Waits until every contact was closed and every pipeline has nothing left. */
    private static void awaitAll() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(250))
                .untilAsserted(() -> {
                    assertThat(roots(jaegerHttp)).isNotEmpty().hasSameSizeAs(traceIds(jaegerHttp));
                    assertThat(traceIds(jaegerGrpc)).isEqualTo(traceIds(jaegerHttp));
                    assertThat(prometheus
                                    .number("sum(cxone_script_api_duration_seconds_count)", Instant.now())
                                    .orElse(0))
                            .isEqualTo(SENT.timedCalls().size());
                    assertThat(prometheus
                                    .number("sum(cxone_voice_records_total)", Instant.now())
                                    .orElse(0))
                            .isEqualTo(SENT.legs().size());
                    assertThat(prometheus
                                    .number("max(cxotel_pipeline_waiting)", Instant.now())
                                    .orElse(Double.NaN))
                            .isZero();
                    assertThat(prometheus
                                    .number("max(abs(cxotel_ledger_difference))", Instant.now())
                                    .orElse(Double.NaN))
                            .as("the ledger, which is read each minute")
                            .isZero();
                });
    }

    /** The time of a point after nothing changed any more. */
    private static Instant awaitPoint(String selector, Instant from) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(250))
                .until(() -> prometheus.newest(selector, Instant.now()), point -> point.isAfter(from));
    }

    private static Ledger ledger() throws IOException, InterruptedException {
        try (AdminClient admin = new AdminClient(directory.resolve("journal"))) {
            AdminAnswer answer = admin.get("ledger");
            assertThat(answer).isInstanceOf(AdminAnswer.Ok.class);
            return AdminClient.ledger((AdminAnswer.Ok) answer);
        }
    }

    @Test
    void jaeger_overHttpAndGrpc_hasOneTracePerContactWithItsRoot() throws Exception {
        for (Jaeger jaeger : List.of(jaegerHttp, jaegerGrpc)) {
            assertThat(jaeger.services()).contains("cxone-voice", "cxone-studio", "cxone-contact");
            int legs = 0;
            int calls = 0;
            for (JsonNode trace : traces(jaeger).values()) {
                Set<String> spans = new HashSet<>();
                Set<String> roots = new HashSet<>();
                for (JsonNode span : trace.path("spans")) {
                    spans.add(span.path("spanID").asText());
                    if (span.path("operationName").asText().equals("contact")) {
                        roots.add(span.path("spanID").asText());
                    }
                }
                for (JsonNode span : trace.path("spans")) {
                    String service = trace.path("processes")
                            .path(span.path("processID").asText())
                            .path("serviceName")
                            .asText();
                    legs += service.equals("cxone-voice") ? 1 : 0;
                    calls += service.equals("cxone-studio") ? 1 : 0;
                    for (JsonNode reference : span.path("references")) {
                        assertThat(roots).contains(reference.path("spanID").asText());
                    }
                }
                assertThat(roots).hasSizeLessThanOrEqualTo(1);
                assertThat(spans)
                        .as("no span twice")
                        .hasSize(trace.path("spans").size());
            }
            assertThat(legs).isEqualTo(SENT.legs().size());
            assertThat(calls).isEqualTo(SENT.calls().size());
        }
    }

    /** The id of each trace is the documented one of its contact, and its root counts what is in it. */
    @Test
    void jaeger_rootOfEachContact_isFoundByItsIdAndCountsItsChildren() throws Exception {
        for (Jaeger jaeger : List.of(jaegerHttp, jaegerGrpc)) {
            assertThat(ContactTraces.check(traces(jaeger).values()))
                    .as("later than the contact's end, as the ledger has it")
                    .isEqualTo(late());
        }
    }

    private static long late() {
        return ledger.pipelines().stream()
                .filter(line -> line.id().signal().equals("roots"))
                .flatMap(line -> line.outcomes().counts().entrySet().stream())
                .filter(entry -> entry.getKey().reason().equals("late"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    @Test
    void prometheus_contactsThatClosed_areCounted() throws Exception {
        assertThat(prometheus.number("sum(cxotel_contacts_total)", own).orElse(0))
                .isPositive();
    }

    /** Nothing is left to Prometheus' extrapolation: each series began with 0, and has a point at the very time asked. */
    @Test
    void dashboards_ofWhatCxoneSends_answerWhatWasSent() throws Exception {
        Map<String, Map<String, Double>> expected = DataBoards.answers(SENT);
        Set<String> compared = new TreeSet<>(Volumes.panels().keySet());
        compared.addAll(expected.keySet());
        List<PanelQuery> queries = new ArrayList<>(DataBoards.of(Panels.all(RANGE)));
        queries.addAll(Panels.questions(RANGE));
        assertThat(queries).extracting(PanelQuery::name).containsExactlyInAnyOrderElementsOf(compared);
        for (PanelQuery query : queries) {
            if (expected.containsKey(query.name())) {
                Map<String, Double> answer = prometheus.query(query.text(), data);
                boolean shown = query.text().contains("topk(") || query.text().contains("bottomk(");
                if (shown) {
                    Answers.assertTop(
                            query.name(),
                            answer,
                            of(expected, query.name()),
                            !query.text().contains("bottomk("));
                } else {
                    Answers.assertSame(query.name(), answer, of(expected, query.name()));
                }
            }
        }
    }

    @Test
    void dashboards_ofWhatIsActive_answerAsAtTheEndOfTheLoad() throws Exception {
        Volumes volumes = new Volumes(SENT, prometheus.newest("cxone_contact_active", loaded), VOLUMES_WINDOW);
        assertThat(volumes.at()).isAfter(loaded.minusSeconds(5));
        List<PanelQuery> queries = new ArrayList<>(Panels.all(RANGE));
        queries.addAll(Panels.questions(RANGE));
        for (PanelQuery query : queries) {
            if (Volumes.panels().containsKey(query.name())) {
                volumes.check(
                        query.name(), of(Volumes.panels(), query.name()), prometheus.query(query.text(), volumes.at()));
            }
        }
    }

    @Test
    void dashboards_ofTheBridgesHealth_answerWhatIsKnown() throws Exception {
        Map<String, Map<String, Double>> answers = new TreeMap<>();
        for (PanelQuery query : Panels.all(RANGE)) {
            if (!DataBoards.has(query.name())) {
                answers.put(query.name(), prometheus.query(query.text(), own));
            }
        }
        new HealthBoard(answers, SENT, ledger, own).check();
    }

    @Test
    void collector_prometheusExporter_showsTheSameNames() throws Exception {
        String page = collector.prometheusPage();
        assertThat(page)
                .contains("cxone_voice_mos_bucket{")
                .contains("cxone_script_api_duration_seconds_count{")
                .contains("cxone_voice_records_total{")
                .contains("cxone_voice_bitrate_bit_per_second_sum{");
    }

    @Test
    void collector_overHttpAndGrpc_receivesEachLogRecordOnce() throws Exception {
        Map<String, Integer> records = new HashMap<>();
        for (JsonNode request : collector.received()) {
            request.findValues("logRecords")
                    .forEach(list -> list.forEach(record -> {
                        String key = record.path("spanId").asText()
                                + record.path("eventName").asText();
                        records.merge(key, 1, Integer::sum);
                    }));
        }
        long errors = SENT.calls().stream()
                .filter(call -> call.errorType().isPresent())
                .count();
        assertThat(records).hasSize((int) (errors + SENT.legs().size()));
        assertThat(new TreeSet<>(records.values()))
                .as("once over HTTP and once over gRPC")
                .containsExactly(2);
    }

    private static Map<String, JsonNode> traces(Jaeger jaeger) throws IOException, InterruptedException {
        Map<String, JsonNode> traces = new TreeMap<>();
        for (String service : jaeger.services()) {
            jaeger.traces(service, 100_000)
                    .forEach(trace -> traces.put(trace.path("traceID").asText(), trace));
        }
        return traces;
    }

    private static Set<String> traceIds(Jaeger jaeger) throws IOException, InterruptedException {
        return traces(jaeger).keySet();
    }

    private static Set<String> roots(Jaeger jaeger) throws IOException, InterruptedException {
        Set<String> roots = new TreeSet<>();
        jaeger.traces("cxone-contact", 100_000)
                .forEach(trace -> roots.add(trace.path("traceID").asText()));
        return roots;
    }

    /** What the map has for the key; a test that asks for what is not there fails. */
    private static <V> V of(Map<String, V> map, String key) {
        return Objects.requireNonNull(map.get(key), key);
    }
}
