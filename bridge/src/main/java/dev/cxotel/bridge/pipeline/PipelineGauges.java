package dev.cxotel.bridge.pipeline;

import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.JournalStatus.PipelineStatus;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.otlp.Destination;
import dev.cxotel.bridge.pipeline.work.PipelineReports;
import dev.cxotel.bridge.telemetry.Telemetry;
import dev.cxotel.bridge.telemetry.Telemetry.Reading;
import dev.cxotel.bridge.telemetry.Telemetry.Registration;
import dev.cxotel.semconv.CxotelAttributes;
import dev.cxotel.semconv.CxotelMetrics;
import io.opentelemetry.api.common.Attributes;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What the pipelines show at each collection of the bridge's own metrics. */
final class PipelineGauges implements AutoCloseable {

    private static final double NANOS = Duration.ofSeconds(1).toNanos();

    private final Journal journal;
    private final List<Pipeline> pipelines;
    private final List<Registration> registrations;

    PipelineGauges(Journal journal, List<Pipeline> pipelines, List<Destination> destinations, Telemetry telemetry) {
        this.journal = journal;
        this.pipelines = List.copyOf(pipelines);
        this.registrations = List.of(
                telemetry.gauge(CxotelMetrics.CXOTEL_PIPELINE_WAITING, () -> backlog(PipelineStatus::behind)),
                telemetry.gauge(
                        CxotelMetrics.CXOTEL_PIPELINE_OLDEST_AGE, () -> backlog(PipelineStatus::oldestWaitingSeconds)),
                telemetry.gauge(CxotelMetrics.CXOTEL_PIPELINE_RETRY_DELAY, this::delays),
                telemetry.gauge(CxotelMetrics.CXOTEL_PIPELINE_CLOCK_SKEW, () -> clocks(destinations)));
    }

    @Override
    public void close() {
        registrations.forEach(Registration::close);
    }

    private List<Reading> backlog(ToDoubleFunction<PipelineStatus> value) {
        return journal.status().pipelines().stream()
                .map(status -> new Reading(value.applyAsDouble(status), attributes(status.id())))
                .toList();
    }

    private List<Reading> delays() {
        return pipelines.stream()
                .map(pipeline -> new Reading(pipeline.state().delay().toNanos() / NANOS, attributes(pipeline.id())))
                .toList();
    }

    private static List<Reading> clocks(List<Destination> destinations) {
        return destinations.stream()
                .flatMap(destination -> destination.clockAhead().stream()
                        .map(ahead -> new Reading(
                                ahead.toNanos() / NANOS,
                                Attributes.of(
                                        CxotelAttributes.CXOTEL_DESTINATION_NAME,
                                        destination.config().name()))))
                .toList();
    }

    private static Attributes attributes(PipelineId id) {
        return PipelineReports.of(id).build();
    }
}
