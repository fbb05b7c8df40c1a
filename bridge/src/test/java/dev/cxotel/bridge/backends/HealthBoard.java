package dev.cxotel.bridge.backends;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.simulator.Fact;
import dev.cxotel.semconv.CxotelMetrics;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * What the panels on the bridge's health must answer when the load is over: counts from what was sent and from the ledger,
 * bounds of times from what the clients measured.
 *
 * @param answers by panel and letter, as asked at {@code at}
 */
record HealthBoard(Map<String, Map<String, Double>> answers, Sent sent, Ledger ledger, Instant at) {

    static final String BOARD = "cxotel bridge health: ";

    /** Panels that must be empty, since none of this happened. */
    private static final List<String> SILENT = List.of(
            "Requests that could not be authenticated: A",
            "Deliveries held: A",
            "Refused TLS handshakes: A",
            "Keys and certificates that cannot be read: A",
            "Keys and certificates that cannot be read: B",
            "Time until a certificate expires: A",
            "Metric points refused for good: A",
            "Measurements beyond the series limit: A",
            "Dropped from quarantine unseen: A",
            "Errors of the journal: A");

    private static final DateTimeFormatter SCRIPT_TIME =
            DateTimeFormatter.ofPattern("M/d/uuuu h:mm:ss a", Locale.US).withZone(ZoneOffset.UTC);

    private static final Set<String> DESTINATIONS =
            Set.of("prometheus", "jaeger-http", "jaeger-grpc", "collector-http", "collector-grpc");

    void check() {
        Set<String> checked = new HashSet<>(SILENT);
        SILENT.forEach(panel -> assertThat(of(panel)).as(panel).isEmpty());
        Map<String, Map<String, Double>> exact = exact();
        checked.addAll(exact.keySet());
        exact.forEach((panel, expected) -> Answers.assertSame(panel, of(panel), expected));
        checked.addAll(times());
        checked.addAll(gauges());
        checked.addAll(contacts());
        checked.addAll(findings());
        checked.addAll(lag());
        assertThat(answers.keySet())
                .as("panels that are compared")
                .containsExactlyInAnyOrderElementsOf(
                        checked.stream().map(panel -> BOARD + panel).toList());
    }

    private Map<String, Map<String, Double>> exact() {
        Map<String, Map<String, Double>> exact = new TreeMap<>();
        String voice = ",cxotel_subscription_name=voice";
        String scripts = ",cxotel_subscription_name=scripts";
        exact.put(
                "Webhooks by answer: A",
                Map.of(
                        "cxotel_answer=accepted" + voice,
                        accepted(EventType.VOICE_QUALITY, Strangers.UNREADABLE),
                        "cxotel_answer=accepted" + scripts,
                        accepted(EventType.SCRIPT_API, 0),
                        "cxotel_answer=empty" + voice,
                        (double) Strangers.EMPTY,
                        "cxotel_answer=refused" + voice,
                        (double) Strangers.NOT_JSON,
                        "cxotel_answer=refused" + scripts,
                        (double) Strangers.UNKNOWN_ENCODING,
                        "cxotel_answer=refused",
                        (double) Strangers.WRONG_PATH));
        exact.put(
                "Refused webhooks by reason: A",
                Map.of(
                        "cxotel_reason=not_json", (double) Strangers.NOT_JSON,
                        "cxotel_reason=content_encoding", (double) Strangers.UNKNOWN_ENCODING,
                        "cxotel_reason=not_found", (double) Strangers.WRONG_PATH));
        exact.put("Events at the door: A", events());
        exact.put(
                "Cut connections: A",
                Map.of(
                        "cxotel_reason=silent", (double) Strangers.SILENT_CONNECTIONS,
                        "cxotel_reason=slow_head", (double) Strangers.SLOW_HEADS));
        exact.put("How events ended: A", ends());
        exact.put("In quarantine: A", Map.of("", (double) Strangers.UNREADABLE + Strangers.NOT_JSON));
        exact.put("Lost by the journal: A", Map.of("", 0.0));
        exact.put("Ledger difference: A", Map.of("", 0.0));
        assertThat(ledger.difference()).as(ledger.toString()).isZero();
        return exact;
    }

    /** As the ledger has them, which knows also what a client sent again because it had got no answer. */
    private Map<String, Double> events() {
        Map<String, Double> events = new TreeMap<>();
        for (EventType type : List.of(EventType.VOICE_QUALITY, EventType.SCRIPT_API)) {
            String of = "cxotel_event_type=" + type.configName() + ",cxotel_outcome=";
            Ledger.SubscriptionLine line = line(type);
            Map<String, Long> counts = Map.of(
                    "appended", line.appended(),
                    "duplicate", line.duplicate(),
                    "unreadable", line.unreadable(),
                    "revised", line.revised(),
                    "similar", line.similar());
            counts.forEach((outcome, count) -> {
                if (count > 0) {
                    events.put(of + outcome, (double) count);
                }
            });
            double unanswered = sent.unanswered(type).stream()
                    .mapToDouble(webhook -> webhook.facts().size())
                    .sum();
            assertThat((double) line.appended())
                    .as("appended, %s", line)
                    .isBetween(facts(type, false), facts(type, false) + unanswered);
            assertThat((double) line.duplicate())
                    .as("duplicates, %s", line)
                    .isBetween(facts(type, true), facts(type, true) + unanswered);
        }
        Map<String, Double> messages = Sent.count(sent.calls(), call -> call.text("messageId"));
        double revised = messages.values().stream().filter(times -> times > 1).count();
        assertThat((double) line(EventType.SCRIPT_API).revised()).isEqualTo(revised);
        return events;
    }

    private double facts(EventType type, boolean repeat) {
        return sent.deliveries(type).stream()
                .filter(delivery -> delivery.repeat() == repeat)
                .mapToDouble(delivery -> delivery.webhook().facts().size())
                .sum();
    }

    private double accepted(EventType type, int others) {
        double accepted = line(type).accepted();
        double known = sent.deliveries(type).size() + others;
        assertThat(accepted)
                .as("accepted, %s", line(type))
                .isBetween(known, known + sent.unanswered(type).size());
        return accepted;
    }

    private Ledger.SubscriptionLine line(EventType type) {
        String name = type == EventType.VOICE_QUALITY ? "voice" : "scripts";
        return ledger.subscriptions().stream()
                .filter(line -> line.subscription().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** As the ledger has it. */
    private Map<String, Double> ends() {
        Map<String, Double> ends = new TreeMap<>();
        for (Ledger.PipelineLine line : ledger.pipelines()) {
            line.outcomes()
                    .counts()
                    .forEach((key, count) -> ends.merge(
                            "cxotel_destination_name=" + line.id().destination() + ",cxotel_outcome="
                                    + key.outcome().configName(),
                            (double) count,
                            Double::sum));
        }
        return ends;
    }

    /** No client waited less than the bridge measured, and every event was received between request and answer. */
    private List<String> times() {
        Buckets outside = Buckets.of(
                CxotelMetrics.CXOTEL_RECEIVER_REQUEST_DURATION,
                sent.deliveries().stream()
                        .map(delivery -> delivery.took().toNanos() / 1e9)
                        .toList());
        assertThat(of("Time to answer: A").get("")).isPositive().isLessThanOrEqualTo(outside.above(0.5));
        assertThat(of("Time to answer: B").get("")).isPositive().isLessThanOrEqualTo(outside.above(0.99));
        assertThat(of("Time of a group commit: A").get(""))
                .as("a part of the time to answer")
                .isPositive()
                .isLessThanOrEqualTo(outside.above(1));
        assertThat(of("Time of export requests: A").keySet()).isEqualTo(labels("cxotel_destination_name"));
        assertThat(of("Time of export requests: A").values())
                .allSatisfy(seconds -> assertThat(seconds).isPositive().isLessThan(10));
        Map<String, Double> requests = new TreeMap<>(of("Export requests by result: A"));
        assertThat(requests.keySet())
                .as("nothing was refused; on a busy machine a request may have been made twice")
                .allMatch(labels ->
                        labels.endsWith(",cxotel_result=accepted") || labels.endsWith(",cxotel_result=retryable"));
        requests.keySet().removeIf(labels -> labels.endsWith(",cxotel_result=retryable"));
        assertThat(requests).hasSize(DESTINATIONS.size());
        requests.values().forEach(count -> assertThat(count).isPositive());
        return List.of(
                "Time to answer: A",
                "Time to answer: B",
                "Time of a group commit: A",
                "Time of export requests: A",
                "Export requests by result: A");
    }

    private List<String> gauges() {
        for (String panel :
                List.of("Waiting events: A", "Oldest waiting event: A", "Wait before the next attempt: A")) {
            assertThat(of(panel).keySet()).as(panel).allMatch(labels -> labels.contains(",cxotel_signal="));
            assertThat(of(panel).keySet().stream()
                            .map(labels -> labels.substring(0, labels.indexOf(',')))
                            .collect(Collectors.toSet()))
                    .as(panel)
                    .containsAll(labels("cxotel_destination_name"));
            assertThat(of(panel).values()).as(panel).containsOnly(0.0);
        }
        for (String panel : List.of("Clock of the destination: A", "Clock of the destination: B")) {
            assertThat(of(panel).keySet()).as(panel).contains("cxotel_destination_name=jaeger-http");
            assertThat(of(panel).values())
                    .as("one machine, and a clock that tells seconds")
                    .allSatisfy(seconds -> assertThat(seconds).isBetween(-1.0, 1.0));
        }
        assertThat(of("Use of the journal: A").get("")).isPositive().isLessThan(0.01);
        Map<String, Double> idle = of("Time since the last event: A");
        assertIdle(Objects.requireNonNull(idle.get("cxotel_subscription_name=voice")), EventType.VOICE_QUALITY);
        assertIdle(Objects.requireNonNull(idle.get("cxotel_subscription_name=scripts")), EventType.SCRIPT_API);
        return List.of(
                "Waiting events: A",
                "Oldest waiting event: A",
                "Wait before the next attempt: A",
                "Clock of the destination: A",
                "Clock of the destination: B",
                "Use of the journal: A",
                "Time since the last event: A");
    }

    private void assertIdle(double idle, EventType type) {
        Instant last = sent.deliveries(type).stream()
                .map(Sent.Delivery::at)
                .max(Instant::compareTo)
                .orElseThrow();
        double known = Duration.between(last, at).toMillis() / 1000.0;
        assertThat(idle).as("since the last %s", type).isBetween(known - 0.1, known + 5);
    }

    private List<String> contacts() {
        Set<String> voice = ids(sent.legs());
        Set<String> scripts = ids(sent.calls());
        Set<String> all = new HashSet<>(voice);
        all.addAll(scripts);
        Map<String, Double> feeds = of("Contacts by feed: A");
        assertThat(DoubleStream.of(feeds.values().stream()
                                .mapToDouble(value -> value)
                                .toArray())
                        .sum())
                .as("each contact once: %s", feeds)
                .isEqualTo(all.size());
        voice.retainAll(scripts);
        assertThat(feeds.getOrDefault("cxotel_contact_types=both", 0.0))
                .as("contacts that were told of by both feeds")
                .isPositive()
                .isLessThanOrEqualTo(voice.size());
        return List.of("Contacts by feed: A");
    }

    /** Written sentinels, and calls whose answer was still to come; how bodies were wrapped the facts do not tell. */
    private List<String> findings() {
        double missing = 0;
        for (Fact.Leg leg : sent.legs()) {
            missing += leg.text("AvgRtt")
                            .filter(text -> Double.parseDouble(text) == 0)
                            .isPresent()
                    ? 1
                    : 0;
            missing += leg.text("AvgBitrate")
                            .filter(text -> Double.parseDouble(text) == 0)
                            .isPresent()
                    ? 1
                    : 0;
            missing += leg.text("AvgMos")
                            .filter(text -> Double.parseDouble(text) > 5)
                            .isPresent()
                    ? 1
                    : 0;
        }
        double withoutCode = sent.calls().stream()
                .filter(call -> call.text("apiResponseCode").orElse("").isEmpty())
                .count();
        assertThat(of("Findings: A"))
                .containsEntry("cxotel_finding=missing", missing)
                .containsEntry("cxotel_finding=no_code", withoutCode);
        return List.of("Findings: A");
    }

    /** An event was received between the request and the answer; the lag is told to a bucket. */
    private List<String> lag() {
        Map<String, Double> median = of("Lag of events: A");
        Map<String, Double> high = of("Lag of events: B");
        for (EventType type : List.of(EventType.VOICE_QUALITY, EventType.SCRIPT_API)) {
            List<Double> least = new ArrayList<>();
            List<Double> most = new ArrayList<>();
            for (Sent.Delivery delivery : sent.deliveries(type)) {
                if (!delivery.repeat()) {
                    delivery.webhook().facts().stream().map(HealthBoard::end).forEach(end -> {
                        double lag = Duration.between(end, delivery.at()).toMillis() / 1000.0;
                        least.add(lag - delivery.took().toMillis() / 1000.0 - 0.01);
                        most.add(lag);
                    });
                }
            }
            String labels = "cxotel_event_type=" + type.configName();
            Buckets from = Buckets.of(CxotelMetrics.CXOTEL_RECEIVER_LAG, least);
            Buckets to = Buckets.of(CxotelMetrics.CXOTEL_RECEIVER_LAG, most);
            assertThat(median.get(labels)).as("median lag, %s", type).isBetween(from.below(0.5), to.above(0.5));
            assertThat(high.get(labels)).as("95 %% of lags, %s", type).isBetween(from.below(0.95), to.above(0.95));
        }
        return List.of("Lag of events: A", "Lag of events: B");
    }

    private static Instant end(Fact fact) {
        return switch (fact) {
            case Fact.Leg leg -> Instant.parse(leg.text("EndDateTime").orElseThrow());
            case Fact.Call call -> SCRIPT_TIME.parse(call.text("dateTime").orElseThrow(), Instant::from);
        };
    }

    private static Set<String> ids(List<? extends Fact> facts) {
        return facts.stream()
                .map(fact -> String.valueOf(fact.contact()))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Set<String> labels(String label) {
        return DESTINATIONS.stream().map(name -> label + "=" + name).collect(Collectors.toSet());
    }

    private Map<String, Double> of(String panel) {
        return Optional.ofNullable(answers.get(BOARD + panel))
                .orElseThrow(() -> new AssertionError("no panel " + panel));
    }
}
