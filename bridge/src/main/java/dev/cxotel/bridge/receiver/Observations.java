package dev.cxotel.bridge.receiver;

import static dev.cxotel.semconv.CxoneAttributes.CXONE_DATA_SOURCE;
import static dev.cxotel.semconv.CxotelAttributes.CXOTEL_EVENT_TYPE;
import static dev.cxotel.semconv.CxotelAttributes.CXOTEL_FIELD;
import static dev.cxotel.semconv.CxotelAttributes.CXOTEL_FINDING;
import static dev.cxotel.semconv.CxotelAttributes.CXOTEL_OUTCOME;
import static dev.cxotel.semconv.CxotelAttributes.CXOTEL_SUBSCRIPTION_NAME;

import dev.cxotel.bridge.config.SubscriptionConfig;
import dev.cxotel.bridge.event.Arrival;
import dev.cxotel.bridge.event.Decoding;
import dev.cxotel.bridge.event.Delivery;
import dev.cxotel.bridge.event.Event;
import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.event.Finding;
import dev.cxotel.bridge.journal.AppendResult;
import dev.cxotel.bridge.signal.Inspection;
import dev.cxotel.bridge.signal.Slice;
import dev.cxotel.bridge.telemetry.Telemetry;
import dev.cxotel.semconv.CxotelMetrics;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is noticed about deliveries once they are durable: what was found in them, how late they are, whether one came to
 * another type's path. Repeats are not looked at again; of a delivery of which only a part repeats, all events are,
 * since the journal counts the repeats and does not name them.
 */
final class Observations implements AutoCloseable {

    static final String MISPLACED = "misplaced";
    static final String LATE = "late";

    private final List<Slice> slices;
    private final Telemetry telemetry;
    private final Duration lateAfter;
    private final ZoneSuspects zones;
    private final ActivityWatch activities;
    private final SourceWatch sources;
    private final FieldNotices fields = new FieldNotices();
    private final Map<String, Instant> lastEvent = new ConcurrentHashMap<>();
    private final List<Telemetry.Registration> gauges;

    Observations(
            List<SubscriptionConfig> subscriptions,
            List<Slice> slices,
            Telemetry telemetry,
            Duration lateAfter,
            ZoneSuspects zones,
            ActivityWatch activities,
            SourceWatch sources,
            InstantSource clock) {
        this.slices = List.copyOf(slices);
        this.telemetry = telemetry;
        this.lateAfter = lateAfter;
        this.zones = zones;
        this.activities = activities;
        this.sources = sources;
        Instant start = clock.instant();
        subscriptions.forEach(subscription -> lastEvent.put(subscription.name(), start));
        gauges = List.of(
                telemetry.gauge(CxotelMetrics.CXOTEL_RECEIVER_IDLE, () -> idle(clock.instant())),
                telemetry.gauge(CxotelMetrics.CXOTEL_RECEIVER_TIME_ZONE_SUSPECT, () -> suspects(subscriptions)));
    }

    void appended(
            SubscriptionConfig subscription,
            Delivery delivery,
            Decoding.Decoded decoded,
            AppendResult.Appended appended) {
        count(subscription, decoded, appended);
        decoded.findings().forEach(finding -> count(subscription, finding));
        if (!decoded.events().isEmpty()) {
            lastEvent.put(subscription.name(), delivery.receivedAt());
        }
        if (appended.appended() > 0) {
            Arrival arrival = new Arrival(
                    subscription.name(), delivery.receivedAt(), delivery.body().sha256(), 0);
            decoded.events().forEach(event -> observe(subscription, event, arrival));
        }
    }

    @Override
    public void close() {
        gauges.forEach(Telemetry.Registration::close);
    }

    private void observe(SubscriptionConfig subscription, Event event, Arrival arrival) {
        if (event.type() != subscription.type()) {
            found(subscription, event.type(), MISPLACED, "", "");
        }
        for (Slice slice : slices) {
            if (slice.type() == event.type()) {
                Inspection inspection = slice.inspect(event, arrival);
                inspection.findings().forEach(finding -> count(subscription, finding));
                inspection
                        .sample()
                        .map(sources::observe)
                        .orElse(List.of())
                        .forEach(notice -> found(
                                subscription, event.type(), notice.finding(), notice.field(), notice.dataSource()));
                slice.activity(event, arrival)
                        .ifPresent(activity -> activities.heard(activity, subscription.name(), arrival.receivedAt()));
                slice.eventTime(event, arrival).ifPresent(nanos -> lag(subscription, event.type(), nanos, arrival));
            }
        }
    }

    private void lag(SubscriptionConfig subscription, EventType type, long eventNanos, Arrival arrival) {
        Instant eventTime = Instant.ofEpochSecond(0, eventNanos);
        Duration lag = Duration.between(eventTime, arrival.receivedAt());
        telemetry.record(
                CxotelMetrics.CXOTEL_RECEIVER_LAG,
                Math.max(0, lag.toMillis() / 1000.0),
                Attributes.of(CXOTEL_SUBSCRIPTION_NAME, subscription.name(), CXOTEL_EVENT_TYPE, type.configName()));
        if (lag.compareTo(lateAfter) > 0) {
            found(subscription, type, LATE, "", "");
        }
        if (type == EventType.SCRIPT_API) {
            zones.observe(subscription.name(), arrival.receivedAt(), lag);
        }
    }

    private void count(SubscriptionConfig subscription, Decoding.Decoded decoded, AppendResult.Appended appended) {
        EventType type = decoded.events().isEmpty()
                ? subscription.type()
                : decoded.events().getFirst().type();
        outcome(subscription, type, "appended", appended.appended());
        outcome(subscription, type, "duplicate", appended.duplicates());
        outcome(subscription, type, "revised", appended.revised());
        outcome(subscription, type, "similar", appended.similar());
        outcome(subscription, type, "unreadable", appended.unreadable());
    }

    private void outcome(SubscriptionConfig subscription, EventType type, String outcome, int count) {
        if (count > 0) {
            telemetry.add(
                    CxotelMetrics.CXOTEL_RECEIVER_EVENTS,
                    count,
                    Attributes.of(
                            CXOTEL_SUBSCRIPTION_NAME,
                            subscription.name(),
                            CXOTEL_EVENT_TYPE,
                            type.configName(),
                            CXOTEL_OUTCOME,
                            outcome));
        }
    }

    private void count(SubscriptionConfig subscription, Finding finding) {
        if (finding.kind() == Finding.Kind.TRUNCATED) {
            telemetry.add(CxotelMetrics.CXOTEL_LIMITS_TRUNCATED, 1, Attributes.of(CXOTEL_FIELD, finding.field()));
            return;
        }
        EventType type = finding.type().orElse(subscription.type());
        String field =
                finding.kind() == Finding.Kind.UNKNOWN_FIELD ? fields.notice(type, finding.field()) : finding.field();
        found(subscription, type, finding.kind().configName(), field, sources.label(finding.dataSource()));
    }

    private void found(
            SubscriptionConfig subscription, EventType type, String finding, String field, String dataSource) {
        AttributesBuilder attributes = Attributes.builder()
                .put(CXOTEL_SUBSCRIPTION_NAME, subscription.name())
                .put(CXOTEL_EVENT_TYPE, type.configName())
                .put(CXOTEL_FINDING, finding)
                .put(CXOTEL_FIELD, field);
        Optional.of(dataSource)
                .filter(name -> !name.isEmpty())
                .ifPresent(name -> attributes.put(CXONE_DATA_SOURCE, name));
        telemetry.add(CxotelMetrics.CXOTEL_RECEIVER_FINDINGS, 1, attributes.build());
    }

    private List<Telemetry.Reading> idle(Instant now) {
        return lastEvent.entrySet().stream()
                .map(last -> new Telemetry.Reading(
                        Math.max(0, Duration.between(last.getValue(), now).toMillis() / 1000.0),
                        Attributes.of(CXOTEL_SUBSCRIPTION_NAME, last.getKey())))
                .toList();
    }

    private List<Telemetry.Reading> suspects(List<SubscriptionConfig> subscriptions) {
        Map<String, String> advice = zones.advice();
        return subscriptions.stream()
                .map(SubscriptionConfig::name)
                .map(name -> new Telemetry.Reading(
                        advice.containsKey(name) ? 1 : 0, Attributes.of(CXOTEL_SUBSCRIPTION_NAME, name)))
                .toList();
    }
}
