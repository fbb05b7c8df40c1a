package dev.cxotel.bridge;

import dev.cxotel.bridge.config.BridgeConfig;
import dev.cxotel.bridge.config.MappingConfig;
import dev.cxotel.bridge.config.SubscriptionConfig;
import dev.cxotel.bridge.event.Arrival;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Decoding;
import dev.cxotel.bridge.event.Event;
import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.event.Finding;
import dev.cxotel.bridge.event.Hash;
import dev.cxotel.bridge.event.Identity;
import dev.cxotel.bridge.event.Unreadable;
import dev.cxotel.bridge.mapping.Times;
import dev.cxotel.bridge.pipeline.fold.OneFold;
import dev.cxotel.bridge.signal.Slice;
import dev.cxotel.bridge.signal.Slices;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One body translated as the running bridge would, with nothing received, stored or sent. Repeats within the body are
 * left out and revisions numbered as the journal does it.
 */
public final class DryRun {

    /** There is no journal that would have an instance id. */
    private static final String INSTANCE_ID = "translate";

    private final BridgeConfig config;
    private final Slices slices;

    public DryRun(BridgeConfig config) {
        this.config = config;
        this.slices = new Slices(Parts.slices(config, INSTANCE_ID));
    }

    /**
     * What comes out, and what was noticed.
     *
     * @param understood whether the body was JSON and something in it, or nothing at all, was to be understood
     * @param notes one line each, without payload values but for the names of unknown fields
     */
    public record Result(
            boolean understood,
            List<SpanData> spans,
            List<MetricData> metrics,
            List<LogRecordData> logs,
            List<String> notes) {
        public Result {
            spans = List.copyOf(spans);
            metrics = List.copyOf(metrics);
            logs = List.copyOf(logs);
            notes = List.copyOf(notes);
        }
    }

    /**
     * Translates one body.
     *
     * @param type whose subscription the body came to; empty: each event came to one of its own type
     */
    public Result translate(Bytes body, Optional<EventType> type, Instant receivedAt) {
        return switch (slices.decode(body)) {
            case Decoding.NotJson notJson ->
                new Result(false, List.of(), List.of(), List.of(), List.of("not JSON: " + notJson.problem()));
            case Decoding.Decoded decoded -> {
                try (OneFold fold = new OneFold(config.mapping().cardinalityLimit(), receivedAt)) {
                    yield new Pass(body.sha256(), type, receivedAt, fold).over(decoded);
                }
            }
        };
    }

    /** One body's way through the slices. */
    private final class Pass {

        private final Hash body;
        private final Optional<EventType> type;
        private final Instant receivedAt;
        private final OneFold fold;
        private final List<SpanData> spans = new ArrayList<>();
        private final List<LogRecordData> logs = new ArrayList<>();
        private final Set<String> notes = new LinkedHashSet<>();
        private final Map<Hash, Set<Hash>> contents = new HashMap<>();

        Pass(Hash body, Optional<EventType> type, Instant receivedAt, OneFold fold) {
            this.body = body;
            this.type = type;
            this.receivedAt = receivedAt;
            this.fold = fold;
        }

        Result over(Decoding.Decoded decoded) {
            decoded.findings().forEach(finding -> note("body", finding));
            decoded.unreadable().forEach(this::note);
            decoded.events().forEach(this::add);
            boolean empty = decoded.events().isEmpty() && decoded.unreadable().isEmpty();
            if (empty) {
                notes.add("body: holds no event");
            }
            return new Result(empty || !decoded.events().isEmpty(), spans, fold.collect(), logs, List.copyOf(notes));
        }

        private void add(Event event) {
            String name = "event " + event.index() + " (" + event.type().configName() + ")";
            Set<Hash> known = contents.computeIfAbsent(event.identity().key(), key -> new LinkedHashSet<>());
            int before = known.size();
            if (!known.add(event.identity().content())) {
                notes.add(name + ": duplicate of an earlier event, left out");
                return;
            }
            boolean revision = event.identity().onChange() == Identity.OnChange.REVISION;
            if (before > 0) {
                notes.add(name + (revision ? ": revised, revision " + before : ": similar to an earlier event"));
            }
            Slice slice = slices.forType(event.type()).orElseThrow();
            Arrival arrival = new Arrival(subscription(event.type()), receivedAt, body, revision ? before : 0);
            if (type.isPresent() && type.get() != event.type()) {
                notes.add(name + ": misplaced, it came to a subscription of type "
                        + type.get().configName());
            }
            slice.inspect(event, arrival).findings().forEach(finding -> note(name, finding));
            noteLate(name, slice, event, arrival);
            slice.span(event, arrival).ifPresent(spans::add);
            slice.log(event, arrival).ifPresent(logs::add);
            fold.add(slice.resource(event, arrival), slice.measurements(event, arrival));
        }

        private void noteLate(String name, Slice slice, Event event, Arrival arrival) {
            MappingConfig.Late late = config.mapping().late();
            slice.eventTime(event, arrival)
                    .map(nanos -> Instant.ofEpochSecond(0, nanos))
                    .filter(time -> Times.late(time, receivedAt, late.lateAfter()))
                    .ifPresent(time -> notes.add(name + ": late, it happened at " + time
                            + (late.measured() ? "" : " and is left out of the metrics")));
        }

        private void note(String where, Finding finding) {
            String source = finding.dataSource().isEmpty() ? "" : " (DataSource " + finding.dataSource() + ")";
            notes.add(where + ": " + finding.kind().configName() + " " + finding.field() + source);
        }

        private void note(Unreadable part) {
            notes.add("part " + part.index() + ": unreadable, " + part.reason() + ": " + part.detail());
        }

        private String subscription(EventType own) {
            EventType wanted = type.orElse(own);
            return config.receiver().subscriptions().stream()
                    .filter(subscription -> subscription.type() == wanted)
                    .map(SubscriptionConfig::name)
                    .findFirst()
                    .orElse("translate");
        }
    }
}
