package dev.cxotel.bridge.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cxotel.bridge.Bridge;
import dev.cxotel.bridge.backends.Panels.PanelQuery;
import dev.cxotel.bridge.config.load.ConfigLoader;
import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.journal.Outcomes;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.simulator.ContactCentre;
import dev.cxotel.bridge.simulator.ContactCentre.Habits;
import dev.cxotel.bridge.simulator.Fact;
import dev.cxotel.bridge.simulator.Load;
import dev.cxotel.bridge.simulator.Rate;
import dev.cxotel.bridge.simulator.WebhookClient;
import dev.cxotel.bridge.testing.TestBridge;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The preset {@code loki} before a real Loki: what the boards' log panels ask it is answered with what was sent. */
class LokiIT {

    private static final int WEBHOOKS = 400;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Habits MANY_ARE_LATE =
            new Habits(0.05, 0.1, 0.06, 0.04, Duration.ofMinutes(5), ZoneId.of("UTC"));
    private static final String LEGS = "CXone calls: Latest records: A";
    private static final String ERRORS = "CXone Studio script APIs: Error messages: A";

    @TempDir
    static Path shared;

    @TempDir
    Path directory;

    private static Loki loki;

    @BeforeAll
    static void start() throws Exception {
        Optional<Path> program = Peer.binary("LOKI");
        assumeTrue(program.isPresent(), "skipped, because $LOKI names no program; .ci/build-peers builds it");
        loki = Loki.start(program.orElseThrow(), shared);
    }

    @AfterAll
    static void stop() {
        if (loki != null) {
            loki.close();
        }
    }

    @Test
    void panelsAndQuestions_inLogQl_areAnsweredWithExactlyWhatWasSent() throws Exception {
        TestBridge test = TestBridge.in(directory, destination("mine"));
        Sent sent = new Sent();
        try (Bridge bridge =
                Bridge.start(new ConfigLoader(Map.of()).load(test.write()).config())) {
            post(test, sent);
            List<Fact.Call> failed = sent.calls().stream()
                    .filter(call -> call.errorType().isPresent())
                    .toList();
            int records = sent.legs().size() + failed.size();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(exported(bridge, "") + exported(bridge, "restamped"))
                            .isEqualTo(records));
            assertThat(exported(bridge, "restamped")).as("late ones").isPositive();
            assertThat(Panels.logs()).extracting(PanelQuery::name).containsExactlyInAnyOrder(LEGS, ERRORS);
            for (PanelQuery panel : Panels.logs()) {
                List<Loki.Line> lines = loki.lines("mine", panel.text());
                if (panel.name().equals(LEGS)) {
                    assertThat(lines.stream().map(LokiIT::leg).toList())
                            .containsExactlyInAnyOrderElementsOf(
                                    sent.legs().stream().map(LokiIT::leg).toList());
                } else {
                    assertErrors(lines, failed);
                }
            }
            assertThat(Panels.logQuestions()).hasSize(1);
            assertErrors(loki.lines("mine", Panels.logQuestions().getFirst().text()), failed);
        }
    }

    /** One of five is older than the tenant may send: Loki answers 400 and keeps the other four. */
    @Test
    void badRequest_ofALateRecordAmongGoodOnes_storesTheGoodOnes() throws Exception {
        TestBridge test = TestBridge.in(directory, destination("strict"));
        try (Bridge bridge = Bridge.start(
                        new ConfigLoader(Map.of()).load(test.write()).config());
                HttpClient client = HttpClient.newHttpClient()) {
            Instant now = Instant.now();
            List<String> legs = new ArrayList<>();
            for (int minutes : new int[] {1, 2, 50, 3, 4}) {
                legs.add(leg(minutes, now.minus(minutes, ChronoUnit.MINUTES)));
            }
            client.send(
                    HttpRequest.newBuilder(test.voice())
                            .POST(HttpRequest.BodyPublishers.ofString("[" + String.join(",", legs) + "]"))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(outcomes(bridge))
                    .isEqualTo(Outcomes.NONE.plus(Outcome.EXPORTED_IN_PART, "bad_request", 5)));
            assertThat(loki.lines("strict", "{service_name=\"cxone-voice\"}"))
                    .extracting(line -> line.field("cxone_contact_id"))
                    .containsExactlyInAnyOrder("1", "2", "3", "4");
        }
    }

    private static String destination(String tenant) {
        return "{ preset: loki, endpoint: \"%s\", headers: { %s: %s } }"
                .formatted(loki.endpoint(), Loki.TENANT, tenant);
    }

    private static void post(TestBridge test, Sent sent) throws InterruptedException {
        ContactCentre centre = new ContactCentre(11, InstantSource.system(), MANY_ARE_LATE);
        AtomicInteger left = new AtomicInteger(WEBHOOKS);
        try (WebhookClient client = new WebhookClient(
                Map.of(EventType.VOICE_QUALITY, test.voice(), EventType.SCRIPT_API, test.scripts()),
                WebhookClient.Signature.NONE,
                Duration.ofSeconds(10))) {
            new Load(client, Rate.fixed(400), 16, true, InstantSource.system())
                    .run(
                            () -> left.getAndDecrement() > 0 ? Optional.of(centre.next()) : Optional.empty(),
                            sent,
                            () -> false);
        }
    }

    private static Outcomes outcomes(Bridge bridge) throws Exception {
        return bridge.journal().ledger().pipelines().stream()
                .filter(line -> line.id().equals(new PipelineId("loki", "logs")))
                .map(Ledger.PipelineLine::outcomes)
                .findFirst()
                .orElseThrow();
    }

    private static long exported(Bridge bridge, String reason) throws Exception {
        return outcomes(bridge).counts().getOrDefault(new Outcomes.Key(Outcome.EXPORTED, reason), 0L);
    }

    private static void assertErrors(List<Loki.Line> lines, List<Fact.Call> failed) {
        assertThat(lines.stream()
                        .map(line -> String.join(
                                "|",
                                line.field("cxone_contact_master_id"),
                                line.field("cxone_script_name"),
                                line.field("cxone_action_name"),
                                line.field("error_type")))
                        .toList())
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(failed.stream()
                        .map(call -> String.join(
                                "|",
                                Long.toString(call.contact()),
                                call.script(),
                                call.action(),
                                call.errorType().orElseThrow()))
                        .toList());
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.field("trace_id")).hasSize(32);
            assertThat(line.field("span_id")).hasSize(16);
        });
    }

    private static String leg(Fact.Leg leg) {
        return String.join(
                "|",
                Long.toString(leg.contact()),
                leg.skill(),
                leg.mos().map(String::valueOf).orElse(""));
    }

    private static String leg(Loki.Line line) {
        return String.join(
                "|",
                line.field("cxone_contact_master_id"),
                line.field("cxone_skill_name"),
                line.field("cxone_voice_mos"));
    }

    private static String leg(long contact, Instant end) {
        return """
                {"ContactId":%d,"MasterContactId":%d,"DataSource":"SBC EXMS","BusinessUnit":1337,"AvgMos":4.31,\
                "StartDateTime":"%s","EndDateTime":"%s","From":"1","To":"2"}""".formatted(contact, contact, end.minusSeconds(20), end);
    }
}
