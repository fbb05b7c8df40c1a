package dev.cxotel.bridge.pipeline;

import dev.cxotel.bridge.config.DestinationConfig;
import dev.cxotel.bridge.config.DestinationConfig.Temporality;
import dev.cxotel.bridge.event.Arrival;
import dev.cxotel.bridge.event.Event;
import dev.cxotel.bridge.journal.Cursor;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.late.AgeRule;
import dev.cxotel.bridge.late.LogAge;
import dev.cxotel.bridge.late.SpanAge;
import dev.cxotel.bridge.otlp.Destination;
import dev.cxotel.bridge.otlp.dialect.Dialect;
import dev.cxotel.bridge.pipeline.fold.Measured;
import dev.cxotel.bridge.pipeline.fold.MeterSettings;
import dev.cxotel.bridge.pipeline.metrics.CumulativePipeline;
import dev.cxotel.bridge.pipeline.metrics.DeltaPipeline;
import dev.cxotel.bridge.pipeline.metrics.MetricsTarget;
import dev.cxotel.bridge.pipeline.patience.Patience;
import dev.cxotel.bridge.pipeline.patience.PipelineState;
import dev.cxotel.bridge.pipeline.work.Exporter;
import dev.cxotel.bridge.pipeline.work.PipelineReports;
import dev.cxotel.bridge.pipeline.work.Translator;
import dev.cxotel.bridge.pipeline.work.Work;
import dev.cxotel.bridge.signal.Measurement;
import dev.cxotel.bridge.signal.Signal;
import dev.cxotel.bridge.signal.Slice;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All pipelines of the bridge: one for each signal that each destination takes. */
public final class Pipelines {

    private static final Logger log = LoggerFactory.getLogger(Pipelines.class);

    /** The reader that makes the contacts' root spans; it has a cursor and a line in the ledger like any pipeline. */
    static final PipelineId CONTACTS = new PipelineId("contacts", "roots");

    private static final int MOST_ITEMS = 512;
    private static final long MOST_BYTES = 1 << 20;

    /** Where a pipeline's cursor comes from. */
    private interface Cursors {
        Cursor open(PipelineId id, Destination destination) throws JournalException;
    }

    private final List<Pipeline> pipelines;
    private final PipelineGauges gauges;
    private final PipelineSettings settings;

    private Pipelines(List<Pipeline> pipelines, PipelineGauges gauges, PipelineSettings settings) {
        this.pipelines = List.copyOf(pipelines);
        this.gauges = gauges;
        this.settings = settings;
    }

    /**
     * Opens the cursors, and removes those of pipelines that are no more: what waited for them is said and forgotten. A
     * new pipeline begins where its destination says. The destinations stay the caller's, who closes them after the
     * pipelines have stopped.
     *
     * @param roots empty: contacts get no root spans
     */
    public static Pipelines create(
            List<Destination> destinations, Journal journal, PipelineSettings settings, Optional<ContactRoots> roots)
            throws JournalException {
        Pipelines pipelines = open(
                destinations,
                (id, destination) -> journal.cursor(
                        id, destination.config().fromOldest() ? Journal.Start.OLDEST_RETAINED : Journal.Start.NOW),
                journal,
                settings,
                roots);
        Set<PipelineId> ids = pipelines.pipelines.stream().map(Pipeline::id).collect(Collectors.toSet());
        journal.retainPipelines(ids).forEach(log::warn);
        return pipelines;
    }

    /**
     * Pipelines for a look at what arrives, where no destination is configured: they begin now, keep no cursor and stand
     * in no ledger. The cursors of pipelines that are no more are removed. The contacts are kept as ever.
     */
    public static Pipelines tail(
            Destination preview, Journal journal, PipelineSettings settings, Optional<ContactRoots> roots)
            throws JournalException {
        Set<PipelineId> kept = roots.isPresent() ? Set.of(CONTACTS) : Set.of();
        journal.retainPipelines(kept).forEach(log::warn);
        return open(List.of(preview), (id, destination) -> journal.tail(id), journal, settings, roots);
    }

    private static Pipelines open(
            List<Destination> destinations,
            Cursors cursors,
            Journal journal,
            PipelineSettings settings,
            Optional<ContactRoots> roots)
            throws JournalException {
        List<Pipeline> pipelines = new ArrayList<>();
        if (roots.isPresent()) {
            pipelines.add(contacts(journal.cursor(CONTACTS, Journal.Start.NOW), journal, settings, roots.get()));
        }
        for (Destination destination : destinations) {
            for (Signal signal : Signal.values()) {
                if (destination.takes(signal)) {
                    PipelineId id = new PipelineId(destination.config().name(), signal.configName());
                    pipelines.add(pipeline(destination, signal, cursors.open(id, destination), settings));
                }
            }
        }
        return new Pipelines(
                pipelines, new PipelineGauges(journal, pipelines, destinations, settings.telemetry()), settings);
    }

    public void start() {
        pipelines.forEach(Pipeline::start);
    }

    /** Delivers what waits for at most {@code timeout}; the journal keeps the rest for the next start. */
    public void stop(Duration timeout) {
        Instant deadline = settings.clock().instant().plus(timeout);
        pipelines.forEach(Pipeline::requestStop);
        pipelines.forEach(pipeline -> pipeline.awaitStop(deadline));
        gauges.close();
    }

    /** What each is doing, for health and for the page. */
    public List<PipelineState> states() {
        return pipelines.stream().map(Pipeline::state).toList();
    }

    private static Patience patience(Cursor cursor, PipelineSettings settings) {
        return new Patience(cursor.id(), settings.random(), settings.clock(), settings.sleeper());
    }

    private static Pipeline contacts(Cursor cursor, Journal journal, PipelineSettings settings, ContactRoots roots) {
        Patience patience = patience(cursor, settings);
        return new PipelineLoop(
                cursor.id(), contactWork(cursor, journal, patience, settings, roots), patience, settings.clock());
    }

    static Work contactWork(
            Cursor cursor, Journal journal, Patience patience, PipelineSettings settings, ContactRoots roots) {
        return new ContactWork(
                cursor,
                new Translator<>(
                        settings.decoder(),
                        settings.slices(),
                        Set.of(),
                        "contact",
                        (slice, event, arrival) -> Optional.of(slice.activity(event, arrival))),
                journal.contacts(),
                roots,
                patience,
                new PipelineReports(cursor.id(), settings.telemetry(), settings.clock()),
                new ContactReports(settings.telemetry()),
                settings.clock());
    }

    private static Pipeline pipeline(Destination destination, Signal signal, Cursor cursor, PipelineSettings settings) {
        Patience patience = patience(cursor, settings);
        Work work = work(destination, signal, cursor, patience, settings);
        return new PipelineLoop(cursor.id(), work, patience, settings.clock());
    }

    static Work work(
            Destination destination, Signal signal, Cursor cursor, Patience patience, PipelineSettings settings) {
        PipelineReports reports = new PipelineReports(cursor.id(), settings.telemetry(), settings.clock());
        Dialect dialect = new Dialect(destination.config().style(), reports::truncated);
        return switch (signal) {
            case TRACES ->
                batch(
                        destination.config(),
                        cursor,
                        translator(destination, signal, settings, (slice, event, arrival) -> slice.span(event, arrival)
                                .map(dialect::span)),
                        spanAge(destination, settings),
                        destination::exportSpans,
                        patience,
                        reports,
                        settings);
            case LOGS ->
                batch(
                        destination.config(),
                        cursor,
                        translator(destination, signal, settings, (slice, event, arrival) -> slice.log(event, arrival)
                                .map(dialect::log)),
                        logAge(destination.config().style(), settings),
                        destination::exportLogs,
                        patience,
                        reports,
                        settings);
            case METRICS -> metrics(destination, dialect, cursor, patience, reports, settings);
        };
    }

    private static <T> Work batch(
            DestinationConfig config,
            Cursor cursor,
            Translator<T> translator,
            AgeRule<T> age,
            Exporter<T> exporter,
            Patience patience,
            PipelineReports reports,
            PipelineSettings settings) {
        var limits = new BatchPipeline.Limits(
                Math.clamp(config.maxRequestItems(), 1, MOST_ITEMS),
                Math.min(MOST_BYTES, config.maxRequestBytes()),
                config.batchDelay());
        return new BatchPipeline<>(cursor, translator, age, exporter, limits, patience, reports, settings.clock());
    }

    private static AgeRule<SpanData> spanAge(Destination destination, PipelineSettings settings) {
        Optional<Duration> limit = destination.config().style().maxSpanAge();
        return limit.isEmpty()
                ? AgeRule.none()
                : new SpanAge(
                        destination.config().name(), limit.get(), destination.takes(Signal.LOGS), settings.clock());
    }

    private static AgeRule<LogRecordData> logAge(DestinationConfig.Style style, PipelineSettings settings) {
        return style.maxLogAge().isEmpty()
                ? AgeRule.none()
                : new LogAge(style.maxLogAge().get(), style.lateLogs(), settings.clock());
    }

    private static Work metrics(
            Destination destination,
            Dialect dialect,
            Cursor cursor,
            Patience patience,
            PipelineReports reports,
            PipelineSettings settings) {
        DestinationConfig config = destination.config();
        var meters = new MeterSettings(
                settings.scope(), destination.temporality(), destination.aggregation(), settings.cardinalityLimit());
        var target = new MetricsTarget(
                destination::exportMetrics,
                meters,
                Math.max(1, config.maxRequestItems()),
                config.maxRequestBytes(),
                config.metricInterval(),
                config.minPointSpacing(),
                config.maxMetricAge(),
                settings.translation().isEmpty() ? "" : settings.translation() + " " + config.histogram());
        var translator = translator(
                destination,
                Signal.METRICS,
                settings,
                (slice, event, arrival) -> measured(slice, event, arrival, dialect));
        return config.temporality() == Temporality.DELTA
                ? new DeltaPipeline(cursor, translator, target, patience, reports, settings.clock())
                : new CumulativePipeline(cursor, translator, target, patience, reports, settings.clock());
    }

    private static Optional<Measured> measured(Slice slice, Event event, Arrival arrival, Dialect dialect) {
        List<Measurement> measurements = slice.measurements(event, arrival);
        if (measurements.isEmpty()) {
            return Optional.empty();
        }
        Resource resource = slice.resource(event, arrival);
        return Optional.of(new Measured(
                resource,
                measurements.stream()
                        .map(measurement -> dialect.measurement(measurement, resource))
                        .toList()));
    }

    private static <T> Translator<T> translator(
            Destination destination, Signal signal, PipelineSettings settings, Translator.Mapping<T> mapping) {
        return new Translator<>(
                settings.decoder(),
                settings.slices(),
                destination.config().subscriptions(),
                signal.configName(),
                mapping);
    }
}
