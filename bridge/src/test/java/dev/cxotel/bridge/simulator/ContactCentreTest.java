package dev.cxotel.bridge.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.simulator.ContactCentre.Habits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ContactCentreTest {

    private static final Instant NOW = Instant.parse("2026-03-04T15:09:07.123Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final Habits PLAIN = new Habits(0, 0, 0, 0, Duration.ofMinutes(1), ZoneId.of("America/Denver"));
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void next_sameSeedAndTime_givesTheSameBytes() {
        assertThat(take(new ContactCentre(7, CLOCK, Habits.USUAL), 500))
                .isEqualTo(take(new ContactCentre(7, CLOCK, Habits.USUAL), 500))
                .isNotEqualTo(take(new ContactCentre(8, CLOCK, Habits.USUAL), 500));
    }

    @Test
    void next_voiceRecord_hasTheFieldsOfTheExampleInItsOrder() throws Exception {
        JsonNode record = JSON.readTree(
                new ContactCentre(1, CLOCK, PLAIN).next(EventType.VOICE_QUALITY).body());

        List<String> names = new ArrayList<>();
        record.fieldNames().forEachRemaining(names::add);
        assertThat(names).containsExactly(VOICE_FIELDS.split(" "));
        assertThat(record.path("ContactId").isIntegralNumber()).isTrue();
        assertThat(record.path("DisconnectReason").isTextual()).isTrue();
        assertThat(record.path("EndDateTime").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(Instant.parse(record.path("EndDateTime").asText())).isBefore(NOW);
    }

    @Test
    void next_scriptEvent_hasTheFieldsOfTheExampleInItsOrder() throws Exception {
        ContactCentre centre = new ContactCentre(1, CLOCK, PLAIN);
        Webhook webhook = centre.next(EventType.SCRIPT_API);
        JsonNode envelope = JSON.readTree(webhook.body());
        JsonNode entries = JSON.readTree(envelope.path("metadata").asText());

        assertThat(envelope.path("source").asText()).isEqualTo("NICE");
        assertThat(envelope.path("event").asText()).isEqualTo("SCRIPT_API_MONITORING ");
        assertThat(envelope.path("timestamp").asText()).isEqualTo("3/4/2026 08:09:07 AM");
        assertThat(entries).hasSameSizeAs(webhook.facts());
        List<String> names = new ArrayList<>();
        entries.get(0).fieldNames().forEachRemaining(names::add);
        assertThat(names).containsExactly(SCRIPT_FIELDS.split(" "));
        entries.get(0).forEach(value -> assertThat(value.isTextual()).isTrue());
        assertThat(entries.get(0).path("dateTime").asText()).matches("3/\\d/2026 \\d{1,2}:\\d\\d:\\d\\d [AP]M");
        assertThat(entries.get(0).path("responseTime").asText()).matches("\\d+\\.\\d{6}");
    }

    @Test
    void next_manyDistinctBodies_neverRepeatUnlessRedelivered() {
        ContactCentre centre = new ContactCentre(3, CLOCK, Habits.USUAL);
        Set<String> bodies = new HashSet<>();
        int redelivered = 0;
        for (Webhook webhook : take(centre, 5_000)) {
            if (webhook.redelivery()) {
                redelivered++;
                assertThat(bodies).contains(webhook.body());
            } else {
                assertThat(bodies.add(webhook.body()) || webhook.facts().isEmpty())
                        .isTrue();
            }
        }
        assertThat(redelivered).isBetween(50, 150);
    }

    @Test
    void next_awkward_hasTheFormsThatNicePrints() {
        Habits awkward = new Habits(0, 0, 1, 0, Duration.ofMinutes(1), ZoneId.of("UTC"));
        List<String> bodies = take(new ContactCentre(3, CLOCK, awkward), 2_000).stream()
                .map(Webhook::body)
                .toList();

        assertThat(bodies)
                .anyMatch(body ->
                        body.startsWith("{\\\"ContactId\\\":") && body.contains("\\\"DataSource\\\": \"WebRTC\","))
                .anyMatch(body -> body.startsWith("\"{\\\"ContactId\\\":"))
                .anyMatch(body -> body.startsWith("[{\"ContactId\":"))
                .anyMatch(body -> body.contains("\"metadata\":[{"))
                .anyMatch(body -> body.contains("\"metadata\":{"))
                .anyMatch(body ->
                        body.endsWith("}]\u201d }") && body.contains("https://callbackurl.com\",\\\"apiResponseCode"));
    }

    @Test
    void next_lossyMoment_lowersMosOfThatProviderOnly() {
        double lossy = meanMos(Duration.ZERO);
        double quiet = meanMos(Duration.ofSeconds(61));

        assertThat(lossy).isLessThan(quiet - 0.02);
    }

    @Test
    void next_late_endsHoursAgo() throws Exception {
        Habits late = new Habits(0, 1, 0, 0, Duration.ofMinutes(1), ZoneId.of("UTC"));
        JsonNode record = JSON.readTree(
                new ContactCentre(1, CLOCK, late).next(EventType.VOICE_QUALITY).body());

        assertThat(Instant.parse(record.path("EndDateTime").asText())).isBefore(NOW.minus(Duration.ofMinutes(89)));
    }

    @Test
    void next_usual_hasEveryKindOfEnd() {
        List<Fact> facts = take(new ContactCentre(5, CLOCK, Habits.USUAL), 8_000).stream()
                .flatMap(webhook -> webhook.facts().stream())
                .toList();

        assertThat(facts.stream().flatMap(fact -> fact.errorType().stream()))
                .contains("500", "404", "503", "cxone_internal", "no_response", "_OTHER", "sip_503");
        assertThat(facts)
                .anyMatch(fact -> fact instanceof Fact.Leg leg && leg.mos().isEmpty());
        assertThat(facts)
                .anyMatch(fact ->
                        fact instanceof Fact.Call call && call.duration().isEmpty());
        assertThat(facts).allSatisfy(fact -> {
            if (fact instanceof Fact.Leg leg) {
                leg.mos().ifPresent(mos -> assertThat(mos).isBetween(1.0, 4.5));
                leg.loss().ifPresent(loss -> assertThat(loss).isBetween(0.0, 0.5));
            }
        });
    }

    @Test
    void tally_redelivery_isNoNewEvent() {
        Tally tally = new Tally();
        Webhook first = new ContactCentre(1, CLOCK, PLAIN).next(EventType.VOICE_QUALITY);

        tally.acknowledged(first);
        tally.acknowledged(first.again());

        assertThat(tally.books().deliveries()).isEqualTo(2);
        assertThat(tally.books().repeatedDeliveries()).isEqualTo(1);
        assertThat(tally.books().records()).isEqualTo(first.facts().size());
        assertThat(tally.books().repeatedEvents()).isEqualTo(first.facts().size());
    }

    @Test
    void values_percentile_isTheNearestRank() {
        Values values = new Values();
        assertThat(values.percentile(0.5)).isEmpty();
        IntStream.rangeClosed(1, 200).map(i -> 201 - i).forEach(values::add);

        assertThat(values.percentile(0)).hasValue(1);
        assertThat(values.percentile(0.5)).hasValue(100);
        assertThat(values.percentile(0.95)).hasValue(190);
        assertThat(values.percentile(1)).hasValue(200);
        assertThat(values.sum()).isEqualTo(20_100);
    }

    @Test
    void rate_diurnal_isHighAtNoonAndLowAtNight() {
        Rate rate = Rate.diurnal(100, ZoneId.of("UTC"));

        assertThat(rate.perSecond(Instant.parse("2026-03-04T11:05:00Z"))).isGreaterThan(90);
        assertThat(rate.perSecond(Instant.parse("2026-03-04T03:05:00Z"))).isLessThan(5);
        assertThat(rate.perSecond(Instant.parse("2026-03-07T11:05:00Z"))).isLessThan(30);
        assertThat(rate.perSecond(Instant.parse("2026-03-04T11:25:00Z")))
                .isLessThan(rate.perSecond(Instant.parse("2026-03-04T11:05:00Z")));
    }

    private static double meanMos(Duration open) {
        Instant[] now = {NOW};
        ContactCentre centre = new ContactCentre(9, () -> now[0], PLAIN);
        now[0] = NOW.plus(open);
        return IntStream.range(0, 4_000)
                .mapToObj(i -> centre.next(EventType.VOICE_QUALITY).facts().getFirst())
                .map(Fact.Leg.class::cast)
                .flatMap(leg -> leg.mos().stream())
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
    }

    private static List<Webhook> take(ContactCentre centre, int count) {
        return IntStream.range(0, count).mapToObj(i -> centre.next()).toList();
    }

    private static final String VOICE_FIELDS =
            "ContactId DataSource MasterContactId BusinessUnit SkillId SkillName TeamId"
                    + " TeamName AgentId Agent DbKey StartDateTime EndDateTime From To Direction AvgJitter AvgPktLoss AvgMos"
                    + " AvgRFactor CallScore Poc LineType DisconnectReason Disposition Callduration Ringtime Disconnecttime Cluster"
                    + " SipResponseCode SipFailureCode SipIsDroppedCode SipAbandonedByOriginator AvgBitrate AvgRtt IspProvider"
                    + " CallSetupTime OperatingSystem OsVersion LocationCountry LocationCity SdkVersion Browser ConnectionType"
                    + " MediaTransport AgentConsoleType AgentConsoleVersion spearlineAnalysis";

    private static final String SCRIPT_FIELDS = "busNo messageId contactId masterContactId scriptId/version scriptName"
            + " actionId actionName actionLabel dateTime apiEndpoint apiResponseCode apiResponseMessage responseTime";
}
