package dev.cxotel.bridge.pipeline;

import dev.cxotel.bridge.journal.Outcomes;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.otlp.ExportResult;
import dev.cxotel.bridge.telemetry.Telemetry;
import dev.cxotel.semconv.MetricDefinition;
import dev.cxotel.semconv.MetricDefinition.Instrument;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** What one pipeline counts about itself. */
final class PipelineReports {

    private static final AttributeKey<String> DESTINATION = AttributeKey.stringKey("cxotel.destination.name");
    private static final AttributeKey<String> SIGNAL = AttributeKey.stringKey("cxotel.signal");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("cxotel.outcome");
    private static final AttributeKey<String> REASON = AttributeKey.stringKey("cxotel.reason");
    private static final AttributeKey<String> RESULT = AttributeKey.stringKey("cxotel.result");
    private static final AttributeKey<String> METRIC = AttributeKey.stringKey("cxotel.metric.name");
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");

    private static final MetricDefinition EVENTS = definition("cxotel.pipeline.events", Instrument.COUNTER, "{event}");
    private static final MetricDefinition EXPORT_DURATION =
            definition("cxotel.pipeline.export.duration", Instrument.HISTOGRAM, "s");
    private static final MetricDefinition EXPORT_ITEMS =
            definition("cxotel.pipeline.export.items", Instrument.COUNTER, "{item}");
    private static final MetricDefinition RESTAMPED =
            definition("cxotel.pipeline.metrics.restamped", Instrument.COUNTER, "{event}");
    private static final MetricDefinition DROPPED =
            definition("cxotel.pipeline.metrics.dropped", Instrument.COUNTER, "{data_point}");
    private static final MetricDefinition OVERFLOW =
            definition("cxotel.series.overflow", Instrument.COUNTER, "{measurement}");

    static final MetricDefinition WAITING = definition("cxotel.pipeline.waiting", Instrument.GAUGE, "{event}");
    static final MetricDefinition OLDEST_AGE = definition("cxotel.pipeline.oldest.age", Instrument.GAUGE, "s");
    static final MetricDefinition RETRY_DELAY = definition("cxotel.pipeline.retry.delay", Instrument.GAUGE, "s");

    private final PipelineId id;
    private final Telemetry telemetry;
    private final InstantSource clock;

    PipelineReports(PipelineId id, Telemetry telemetry, InstantSource clock) {
        this.id = id;
        this.telemetry = telemetry;
        this.clock = clock;
    }

    /** Runs one export and counts it. */
    ExportResult timed(int items, Supplier<ExportResult> export) {
        long start = clock.millis();
        ExportResult result = export.get();
        double seconds = Duration.ofMillis(Math.max(0, clock.millis() - start)).toMillis() / 1000.0;
        AttributesBuilder attributes = attributes().put(RESULT, result.word());
        telemetry.add(EXPORT_ITEMS, items, attributes.build());
        if (result.status() != 0) {
            attributes.put(STATUS, (long) result.status());
        }
        telemetry.record(EXPORT_DURATION, seconds, attributes.build());
        return result;
    }

    void committed(Outcomes outcomes) {
        outcomes.counts().forEach((key, count) -> {
            AttributesBuilder attributes =
                    attributes().put(OUTCOME, key.outcome().configName());
            if (!key.reason().isEmpty()) {
                attributes.put(REASON, key.reason());
            }
            telemetry.add(EVENTS, count, attributes.build());
        });
    }

    void restamped(long events) {
        telemetry.add(RESTAMPED, events, Attributes.of(DESTINATION, id.destination()));
    }

    void dropped(String metric, long points) {
        telemetry.add(DROPPED, points, Attributes.of(DESTINATION, id.destination(), METRIC, metric));
    }

    void overflowed(String metric, long measurements) {
        telemetry.add(OVERFLOW, measurements, Attributes.of(DESTINATION, id.destination(), METRIC, metric));
    }

    /** The attributes that name a pipeline. */
    static AttributesBuilder of(PipelineId id) {
        return Attributes.builder().put(DESTINATION, id.destination()).put(SIGNAL, id.signal());
    }

    private AttributesBuilder attributes() {
        return of(id);
    }

    private static MetricDefinition definition(String name, Instrument instrument, String unit) {
        return new MetricDefinition(name, instrument, unit, "", List.of(), List.of(), List.of());
    }
}
