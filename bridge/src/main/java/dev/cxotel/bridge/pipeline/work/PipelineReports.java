package dev.cxotel.bridge.pipeline.work;

import dev.cxotel.bridge.journal.Outcomes;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.otlp.answer.ExportResult;
import dev.cxotel.bridge.telemetry.Telemetry;
import dev.cxotel.semconv.CxotelAttributes;
import dev.cxotel.semconv.CxotelMetrics;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.semconv.HttpAttributes;
import java.time.InstantSource;
import java.util.function.Supplier;

/** What one pipeline counts about itself. */
public final class PipelineReports {

    private final PipelineId id;
    private final Telemetry telemetry;
    private final InstantSource clock;

    /** @param clock measures the exports */
    public PipelineReports(PipelineId id, Telemetry telemetry, InstantSource clock) {
        this.id = id;
        this.telemetry = telemetry;
        this.clock = clock;
    }

    /** The destination's name. */
    public String destination() {
        return id.destination();
    }

    /** Runs one export and counts it. */
    public ExportResult timed(int items, Supplier<ExportResult> export) {
        long start = clock.millis();
        ExportResult result = export.get();
        double seconds = Math.max(0, clock.millis() - start) / 1000.0;
        AttributesBuilder attributes = attributes().put(CxotelAttributes.CXOTEL_RESULT, result.word());
        telemetry.add(CxotelMetrics.CXOTEL_PIPELINE_EXPORT_ITEMS, items, attributes.build());
        if (result.status() != 0) {
            attributes.put(HttpAttributes.HTTP_RESPONSE_STATUS_CODE, (long) result.status());
        }
        telemetry.record(CxotelMetrics.CXOTEL_PIPELINE_EXPORT_DURATION, seconds, attributes.build());
        return result;
    }

    /** Events have ended, and the journal knows. */
    void committed(Outcomes outcomes) {
        outcomes.counts().forEach((key, count) -> {
            AttributesBuilder attributes = attributes()
                    .put(CxotelAttributes.CXOTEL_OUTCOME, key.outcome().configName());
            if (!key.reason().isEmpty()) {
                attributes.put(CxotelAttributes.CXOTEL_REASON, key.reason());
            }
            telemetry.add(CxotelMetrics.CXOTEL_PIPELINE_EVENTS, count, attributes.build());
        });
    }

    /** Events of a window of delta points that was given a new time. */
    public void restamped(long events) {
        telemetry.add(
                CxotelMetrics.CXOTEL_PIPELINE_METRICS_RESTAMPED,
                events,
                Attributes.of(CxotelAttributes.CXOTEL_DESTINATION_NAME, id.destination()));
    }

    /**
     * Points were refused for good.
     *
     * @param metric empty when it is not known which
     */
    public void dropped(String metric, long points) {
        telemetry.add(
                CxotelMetrics.CXOTEL_PIPELINE_METRICS_DROPPED,
                points,
                Attributes.of(
                        CxotelAttributes.CXOTEL_DESTINATION_NAME,
                        id.destination(),
                        CxotelAttributes.CXOTEL_METRIC_NAME,
                        metric));
    }

    /** An attribute was cut or dropped at a limit of the destination's. */
    public void truncated(String attribute) {
        telemetry.add(
                CxotelMetrics.CXOTEL_LIMITS_TRUNCATED,
                1,
                Attributes.of(
                        CxotelAttributes.CXOTEL_FIELD,
                        attribute,
                        CxotelAttributes.CXOTEL_DESTINATION_NAME,
                        id.destination()));
    }

    /** Measurements went into the overflow series of a metric. */
    public void overflowed(String metric, long measurements) {
        telemetry.add(
                CxotelMetrics.CXOTEL_SERIES_OVERFLOW,
                measurements,
                Attributes.of(
                        CxotelAttributes.CXOTEL_DESTINATION_NAME,
                        id.destination(),
                        CxotelAttributes.CXOTEL_METRIC_NAME,
                        metric));
    }

    /** The attributes that name a pipeline. */
    public static AttributesBuilder of(PipelineId id) {
        return Attributes.builder()
                .put(CxotelAttributes.CXOTEL_DESTINATION_NAME, id.destination())
                .put(CxotelAttributes.CXOTEL_SIGNAL, id.signal());
    }

    private AttributesBuilder attributes() {
        return of(id);
    }
}
