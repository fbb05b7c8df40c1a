package dev.cxotel.bridge.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cxotel.bridge.backends.Panels.PanelQuery;
import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.simulator.ContactCentre;
import dev.cxotel.bridge.simulator.Fact;
import dev.cxotel.bridge.simulator.Load;
import dev.cxotel.bridge.simulator.Rate;
import dev.cxotel.bridge.simulator.WebhookClient;
import dev.cxotel.bridge.testing.BridgeProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
class RealBackendsIT {

    private static final Duration LOAD = Duration.ofSeconds(Long.getLong("cxotel.backends.seconds", 60));
    private static final String RANGE = "10m";

    @TempDir
    static Path directory;

    private static final Sent SENT = new Sent();
    private static Prometheus prometheus;
    private static Jaeger jaegerHttp;
    private static Jaeger jaegerGrpc;
    private static OtelCollector collector;
    private static BridgeProcess bridge;
    private static Instant asked;

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
        int receiver = Peer.freePort();
        int health = Peer.freePort();
        int admin = Peer.freePort();
        Path config = directory.resolve("cxotel.yaml");
        Files.writeString(config, config(receiver, health, admin));
        bridge = BridgeProcess.run(config, health, directory.resolve("bridge.log"), List.of(), Map.of());
        post(receiver);
        awaitAll();
        asked = Instant.now();
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
                .pollInterval(Duration.ofSeconds(1))
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
                                    .number("max(abs(cxotel_ledger_difference))", Instant.now())
                                    .orElse(Double.NaN))
                            .as("the ledger, which is read each minute")
                            .isZero();
                });
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
            ContactTraces.check(traces(jaeger).values());
        }
    }

    @Test
    void prometheus_volumes_haveArrived() throws Exception {
        for (String gauge : List.of("cxone_contact_active", "cxone_script_active", "cxone_action_active")) {
            assertThat(prometheus
                            .number("max(max_over_time(" + gauge + "[" + RANGE + "]))", asked)
                            .orElse(0))
                    .as(gauge)
                    .isPositive();
        }
        assertThat(prometheus.number("sum(cxotel_contacts_total)", asked).orElse(0))
                .as("contacts that closed")
                .isPositive();
    }

    @Test
    void prometheus_increaseOfASeries_isTheNumberItWasBornWithAndMore() throws Exception {
        Map<String, Double> sent =
                Sent.count(SENT.timedCalls(), call -> Optional.of("cxone_script_name=" + call.script()));
        Map<String, Double> counted = prometheus.query(
                "sum by (cxone_script_name) (increase(cxone_script_api_duration_seconds_count[" + RANGE + "]))", asked);
        assertThat(counted.keySet()).isEqualTo(sent.keySet());
        counted.forEach((script, count) -> assertThat(count)
                .as(script)
                .isCloseTo(of(sent, script), within(Math.max(0.4, of(sent, script) * 0.04))));
    }

    @Test
    void dashboards_everyQuery_answers() throws Exception {
        Set<String> silent = new TreeSet<>();
        for (PanelQuery query : Panels.all(RANGE)) {
            if (prometheus.query(query.text(), asked).isEmpty()) {
                silent.add(query.name());
            }
        }
        assertThat(silent)
                .as("queries without an answer: nothing was refused, and nobody speaks TLS")
                .containsExactly(
                        "cxotel bridge health: Refused webhooks by reason: A",
                        "cxotel bridge health: Time until a certificate expires: A");
    }

    @Test
    void dashboards_questionsWithKnownAnswers_areAnsweredRight() throws Exception {
        Map<String, Map<String, Double>> answers = new TreeMap<>();
        for (PanelQuery query : Panels.all(RANGE)) {
            answers.put(query.name(), prometheus.query(query.text(), asked));
        }
        List<Fact.Leg> legs = SENT.legs();
        List<Fact.Call> calls = SENT.timedCalls();
        String studio = "CXone Studio script APIs: ";
        String voice = "CXone voice quality: ";
        assertClose(of(answers, voice + "Call legs measured: A"), Map.of("", (double) legs.size()));
        assertClose(of(answers, studio + "API calls: A"), Map.of("", (double) calls.size()));
        assertThat(of(answers, studio + "Error rate: A").get(""))
                .isCloseTo(Sent.share(calls, call -> call.errorType().isPresent()), within(0.01));
        assertClose(
                of(answers, studio + "Most used actions: A"),
                Sent.count(calls, call -> Optional.of("cxone_action_name=" + call.action())));
        assertClose(of(answers, studio + "Errors by type: A"), Sent.count(calls, call -> call.errorType()
                .map(type -> "error_type=" + type)));
        assertClose(
                of(answers, "CXone calls: Busiest skills: A"),
                Sent.count(legs, leg -> Optional.of("cxone_skill_name=" + leg.skill())));
        double withMos = legs.stream().filter(leg -> leg.mos().isPresent()).count();
        assertThat(of(answers, voice + "Legs with a MOS: A").values().stream()
                        .mapToDouble(value -> value)
                        .sum())
                .isCloseTo(withMos, within(withMos * 0.04));
    }

    @Test
    void questions_inPromQl_areAnsweredRight() throws Exception {
        Map<String, Map<String, Double>> answers = new TreeMap<>();
        for (PanelQuery question : Panels.questions(RANGE)) {
            answers.put(question.name(), prometheus.query(question.text(), asked));
        }
        assertThat(answers).as("questions with PromQL").hasSize(12);
        assertThat(answers.values()).as("%s", answers).noneMatch(Map::isEmpty);
        List<Fact.Call> calls = SENT.timedCalls();
        List<Fact.Call> failed =
                calls.stream().filter(call -> call.errorType().isPresent()).toList();
        assertClose(of(answers, "How many API calls succeeded?"), Map.of("", (double) calls.size() - failed.size()));
        assertClose(of(answers, "How many API calls failed?"), Map.of("", (double) failed.size()));
        assertClose(of(answers, "Which errors are most frequent?"), Sent.count(failed, call -> call.errorType()
                .map(type -> "error_type=" + type)));
        assertClose(
                of(answers, "When did errors occur, and in which script?"),
                Sent.count(
                        failed,
                        call -> Optional.of("cxone_script_name=" + call.script() + ",error_type="
                                + call.errorType().orElseThrow())));
        double p95 = calls.stream()
                .mapToDouble(call -> call.duration().orElseThrow())
                .sorted()
                .skip((long) (calls.size() * 0.95))
                .findFirst()
                .orElseThrow();
        assertThat(of(answers, "How long do API calls take?").get(""))
                .as("within a bucket of the histogram")
                .isBetween(p95 / 2.5, p95 * 2.5);
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

    private static void assertClose(Map<String, Double> answer, Map<String, Double> expected) {
        assertThat(expected.keySet()).containsAll(answer.keySet());
        assertThat(answer.size()).isGreaterThanOrEqualTo(Math.min(10, expected.size()));
        answer.forEach((key, value) -> assertThat(value)
                .as(key)
                .isCloseTo(of(expected, key), within(Math.max(0.4, of(expected, key) * 0.04))));
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
