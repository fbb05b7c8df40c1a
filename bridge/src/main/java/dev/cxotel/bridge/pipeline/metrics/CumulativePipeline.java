package dev.cxotel.bridge.pipeline.metrics;

import dev.cxotel.bridge.journal.Cursor;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.journal.Page;
import dev.cxotel.bridge.journal.StoredEvent;
import dev.cxotel.bridge.otlp.dialect.Points;
import dev.cxotel.bridge.pipeline.fold.Fold;
import dev.cxotel.bridge.pipeline.fold.Measured;
import dev.cxotel.bridge.pipeline.patience.Patience;
import dev.cxotel.bridge.pipeline.patience.Trouble;
import dev.cxotel.bridge.pipeline.work.BatchSize;
import dev.cxotel.bridge.pipeline.work.Committer;
import dev.cxotel.bridge.pipeline.work.Ends;
import dev.cxotel.bridge.pipeline.work.PipelineReports;
import dev.cxotel.bridge.pipeline.work.Translation;
import dev.cxotel.bridge.pipeline.work.Translator;
import dev.cxotel.bridge.pipeline.work.Work;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The work of a metrics pipeline of cumulative temporality. The sums live as long as the process. What could not be
 * delivered is discarded, for the next collection holds it too; the cursor moves to the last event folded into the
 * collection that was accepted. Every interval sends the sums, changed or not, as an SDK does.
 */
public final class CumulativePipeline implements Work {

    private final Translator<Measured> translator;
    private final MetricsTarget target;
    private final MetricPages pages;
    private final Patience patience;
    private final PipelineReports reports;
    private final Committer committer;
    private final InstantSource clock;
    private final Fold fold;
    private final SeriesNotices notices;
    private final BatchSize size;

    /** The series that the destination has, with the measurements in their last point. */
    private final Map<Series, Long> known = new HashMap<>();

    /** The events after the cursor that are in the sums. */
    private final Set<Long> folded = new HashSet<>();

    /** The ends of those after the cursor that are not. */
    private final Ends ends = new Ends();

    private Instant time;
    private boolean again;

    /** A pipeline whose sums begin now, at zero. */
    public CumulativePipeline(
            Cursor cursor,
            Translator<Measured> translator,
            MetricsTarget target,
            Patience patience,
            PipelineReports reports,
            InstantSource clock) {
        this.translator = translator;
        this.target = target;
        this.size = new BatchSize(target.items());
        this.pages = new MetricPages(cursor, target.interval(), target.spacing(), clock, patience.stop());
        this.patience = patience;
        this.reports = reports;
        this.committer = new Committer(cursor, patience, reports);
        this.clock = clock;
        this.time = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        this.fold = new Fold(target.meters(), time);
        this.notices = new SeriesNotices(reports.destination(), target.meters().cardinalityLimit());
    }

    @Override
    public boolean round() throws InterruptedException, JournalException {
        boolean stopping = patience.stop().isRequested();
        Page page = again ? pages.read() : pages.next();
        again = false;
        if (page.isEmpty() && folded.isEmpty() && (stopping || fold.isEmpty())) {
            return !stopping;
        }
        fold(page);
        if (!fold.isEmpty()) {
            List<MetricData> collected = fold.collect(tick(Duration.ofMillis(1)));
            notices.look(collected);
            List<List<MetricData>> requests = target.requests(withZeroPoints(collected), size.items());
            MetricExport export = new MetricExport(
                    target.exporter(), patience, reports, size, requests, MetricExport.Settled.NOTHING);
            Optional<Trouble> trouble = export.attempt();
            requests.subList(0, export.settled().requests()).forEach(this::remember);
            if (trouble.isPresent()) {
                again = true;
                return patience.await(trouble.get());
            }
            endFolded(page, export);
        }
        return commit(page);
    }

    @Override
    public void end() {
        fold.close();
    }

    private void fold(Page page) {
        fold.setTime(tick(Duration.ZERO));
        for (StoredEvent event : page.events()) {
            if (folded.contains(event.seq()) || ends.has(event)) {
                continue;
            }
            switch (translator.translate(event)) {
                case Translation.Ready<Measured> ready -> {
                    fold.record(ready.item());
                    folded.add(event.seq());
                }
                case Translation.Skipped<Measured> skipped -> ends.end(event, Outcome.SKIPPED, skipped.reason());
                case Translation.Broken<Measured> broken -> ends.end(event, Outcome.DROPPED, broken.reason());
            }
        }
    }

    private void endFolded(Page page, MetricExport export) {
        page.events().stream()
                .filter(event -> folded.contains(event.seq()))
                .forEach(event -> ends.end(event, export.outcome(), export.reason()));
    }

    private boolean commit(Page page) throws InterruptedException {
        boolean committed = page.to() == page.from() || committer.commit(ends.commit(page, Optional.empty()));
        if (committed) {
            ends.clear();
            folded.clear();
        }
        return committed;
    }

    /** Before each metric with series that are new to the destination, the same metric with their zero points. */
    private List<MetricData> withZeroPoints(List<MetricData> collected) {
        List<MetricData> metrics = new ArrayList<>();
        for (MetricData metric : collected) {
            List<PointData> zeros = metric.getData().getPoints().stream()
                    .filter(point -> !known.containsKey(Series.of(metric, point)))
                    .flatMap(point -> Series.zero(metric, point).stream())
                    .toList();
            if (!zeros.isEmpty()) {
                metrics.add(Points.of(metric, zeros));
            }
            metrics.add(metric);
        }
        return metrics;
    }

    private void remember(List<MetricData> request) {
        for (MetricData metric : request) {
            for (PointData point : metric.getData().getPoints()) {
                Series series = Series.of(metric, point);
                long measurements = Series.measurements(point);
                Long before = known.put(series, measurements);
                if (series.isOverflow() && measurements > (before == null ? 0 : before)) {
                    reports.overflowed(metric.getName(), measurements - (before == null ? 0 : before));
                }
            }
        }
    }

    /** The present, but never before what was shown last: a series that begins now begins after the last collection. */
    private Instant tick(Duration least) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant earliest = time.plus(least);
        time = now.isAfter(earliest) ? now : earliest;
        return time;
    }
}
