package dev.cxotel.bridge.cli;

import dev.cxotel.bridge.config.BridgeConfig;
import dev.cxotel.bridge.config.SubscriptionConfig;
import dev.cxotel.bridge.event.Arrival;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Decoding;
import dev.cxotel.bridge.event.Event;
import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.event.Finding;
import dev.cxotel.bridge.event.Hash;
import dev.cxotel.bridge.otlp.OtlpJson;
import dev.cxotel.bridge.pipeline.MetricSnapshot;
import dev.cxotel.bridge.signal.Scope;
import dev.cxotel.bridge.signal.Slice;
import dev.cxotel.bridge.signal.Slices;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a body would become if it arrived now.
 *
 * @param requests OTLP/JSON, one request each; a signal without data has none
 * @param notes what a person should know, one line each
 * @param understood whether every part was
 */
record BodyTranslation(List<String> requests, List<String> notes, boolean understood) {

    static BodyTranslation of(
            Bytes body, Optional<EventType> subscribed, BridgeConfig config, List<Slice> slices, Instant now) {
        Slices decoder = new Slices(slices);
        return switch (decoder.decode(body)) {
            case Decoding.NotJson notJson ->
                new BodyTranslation(List.of(), List.of("not JSON: " + notJson.problem()), false);
            case Decoding.Decoded decoded ->
                new Collection(decoder, config, subscribed, body.sha256(), now).translate(decoded);
        };
    }

    /** The collecting side, for one body. */
    private static final class Collection {
        private final Slices slices;
        private final BridgeConfig config;
        private final Optional<EventType> subscribed;
        private final Hash bodyHash;
        private final Instant now;
        private final List<SpanData> spans = new ArrayList<>();
        private final List<LogRecordData> logs = new ArrayList<>();
        private final Set<String> notes = new LinkedHashSet<>();
        private final Set<Hash> contents = new HashSet<>();
        private final Map<Hash, Integer> revisions = new HashMap<>();

        Collection(Slices slices, BridgeConfig config, Optional<EventType> subscribed, Hash bodyHash, Instant now) {
            this.slices = slices;
            this.config = config;
            this.subscribed = subscribed;
            this.bodyHash = bodyHash;
            this.now = now;
        }

        BodyTranslation translate(Decoding.Decoded decoded) {
            decoded.findings().forEach(finding -> notes.add(text(finding)));
            decoded.unreadable()
                    .forEach(part -> notes.add(
                            "unreadable: part " + part.index() + ": " + part.reason() + ": " + part.detail()));
            List<MetricData> metrics;
            try (MetricSnapshot snapshot =
                    new MetricSnapshot(Scope.INFO, config.mapping().cardinalityLimit(), now)) {
                decoded.events().forEach(event -> add(event, snapshot));
                metrics = snapshot.collect(now);
            }
            if (decoded.events().isEmpty() && decoded.unreadable().isEmpty()) {
                notes.add("empty: the body holds no event");
            }
            List<String> requests = new ArrayList<>();
            if (!spans.isEmpty()) {
                requests.add(OtlpJson.spans(spans));
            }
            if (!logs.isEmpty()) {
                requests.add(OtlpJson.logs(logs));
            }
            if (!metrics.isEmpty()) {
                requests.add(OtlpJson.metrics(metrics));
            }
            return new BodyTranslation(
                    requests, List.copyOf(notes), decoded.unreadable().isEmpty());
        }

        private void add(Event event, MetricSnapshot metrics) {
            Slice slice = slices.forType(event.type()).orElseThrow();
            if (!contents.add(event.identity().content())) {
                notes.add("duplicate: part " + event.index() + " repeats an earlier one and is dropped");
                return;
            }
            if (subscribed.isPresent() && subscribed.get() != event.type()) {
                notes.add("misplaced: part " + event.index() + " is "
                        + event.type().configName() + " and taken as that");
            }
            int revision = revisions.merge(event.identity().key(), 0, (seen, first) -> seen + 1);
            Arrival arrival = new Arrival(subscription(event.type()), now, bodyHash, revision);
            slice.inspect(event, arrival).forEach(finding -> notes.add(text(finding)));
            slice.span(event, arrival).ifPresent(spans::add);
            slice.log(event, arrival).ifPresent(logs::add);
            metrics.record(slice.resource(event, arrival), slice.measurements(event, arrival));
        }

        /** The first subscription of the type that it came to. */
        private String subscription(EventType type) {
            return config.receiver().subscriptions().stream()
                    .filter(subscription -> subscription.type() == subscribed.orElse(type))
                    .map(SubscriptionConfig::name)
                    .findFirst()
                    .orElse("");
        }

        private static String text(Finding finding) {
            String kind = finding.kind().configName().replace('_', ' ');
            return kind
                    + (finding.field().isEmpty() ? "" : ": " + finding.field())
                    + (finding.dataSource().isEmpty() ? "" : " (data source " + finding.dataSource() + ")");
        }
    }
}
