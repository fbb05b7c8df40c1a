package dev.cxotel.bridge.pipeline.metrics;

import dev.cxotel.bridge.journal.Cursor;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.journal.Page;
import dev.cxotel.bridge.journal.StoredEvent;
import dev.cxotel.bridge.journal.Window;
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
import java.util.List;
import java.util.Optional;

/**
 * The work of a metrics pipeline of delta temporality. An export is a function of the cursor, the window and the events
 * between them; the window is durable before the first attempt. So a retry and a restart send equal points with equal
 * times, which a backend that keys on them counts once. (The exemplars of exponential histograms are the exception: the
 * SDK chooses them by chance.)
 */
public final class DeltaPipeline implements Work {

    /** How much younger than the backend's limit a point must be when it is sent. */
    private static final Duration MARGIN = Duration.ofMinutes(10);

    private final Cursor cursor;
    private final Translator<Measured> translator;
    private final MetricsTarget target;
    private final MetricPages pages;
    private final Patience patience;
    private final PipelineReports reports;
    private final Committer committer;
    private final InstantSource clock;
    private final Instant born;
    private final SeriesNotices notices;
    private final BatchSize size;

    /** A pipeline that goes on where the cursor stands, with the window that is pending there. */
    public DeltaPipeline(
            Cursor cursor,
            Translator<Measured> translator,
            MetricsTarget target,
            Patience patience,
            PipelineReports reports,
            InstantSource clock) {
        this.cursor = cursor;
        this.translator = translator;
        this.target = target;
        this.size = new BatchSize(target.items());
        this.pages = new MetricPages(cursor, target.interval(), target.spacing(), clock, patience.stop());
        this.patience = patience;
        this.reports = reports;
        this.committer = new Committer(cursor, patience, reports);
        this.clock = clock;
        this.born = now();
        this.notices = new SeriesNotices(reports.destination(), target.meters().cardinalityLimit());
    }

    @Override
    public boolean round() throws InterruptedException, JournalException {
        boolean stopping = patience.stop().isRequested();
        Optional<Window> pending = cursor.pendingWindow();
        Page page = pending.isPresent() ? cursor.pollTo(pending.get().to()) : pages.next();
        if (page.to() == page.from()) {
            return !stopping;
        }
        Ends ends = new Ends();
        List<StoredEvent> events = new ArrayList<>();
        List<Measured> measured = translate(page, events, ends);
        if (measured.isEmpty()) {
            return committer.commit(ends.commit(page, pending));
        }
        Window window = pending.isPresent() ? stillGood(pending.get(), measured.size()) : reserved(page);
        return export(page, measured, events, window, ends);
    }

    private boolean export(Page page, List<Measured> measured, List<StoredEvent> events, Window first, Ends ends)
            throws InterruptedException, JournalException {
        Window window = first;
        List<MetricData> metrics = fold(measured, window);
        int most = size.items(); // the same for all attempts: what is settled is counted in requests
        MetricExport export = export(metrics, most, MetricExport.Settled.NOTHING);
        for (Optional<Trouble> trouble = export.attempt(); trouble.isPresent(); trouble = export.attempt()) {
            if (!patience.await(trouble.get())) {
                return false;
            }
            Window younger = restampedIfOld(window, measured.size());
            if (!younger.equals(window)) {
                window = younger;
                metrics = fold(measured, window);
                export = export(metrics, most, export.settled());
            }
        }
        ends.end(events, export.outcome(), export.reason());
        notices.look(metrics);
        reportOverflow(metrics);
        return committer.commit(ends.commit(page, Optional.of(window)));
    }

    private MetricExport export(List<MetricData> metrics, int most, MetricExport.Settled settled) {
        return new MetricExport(target.exporter(), patience, reports, size, target.requests(metrics, most), settled);
    }

    private List<Measured> translate(Page page, List<StoredEvent> events, Ends ends) {
        List<Measured> measured = new ArrayList<>();
        for (StoredEvent event : page.events()) {
            switch (translator.translate(event)) {
                case Translation.Ready<Measured> ready -> {
                    events.add(event);
                    measured.add(ready.item());
                }
                case Translation.Skipped<Measured> skipped -> ends.end(event, Outcome.SKIPPED, skipped.reason());
                case Translation.Broken<Measured> broken -> ends.end(event, Outcome.DROPPED, broken.reason());
            }
        }
        return measured;
    }

    private List<MetricData> fold(List<Measured> measured, Window window) {
        try (Fold fold = new Fold(target.meters(), window.start())) {
            measured.forEach(fold::record);
            return fold.collect(window.end());
        }
    }

    private Window reserved(Page page) throws InterruptedException, JournalException {
        Instant start = cursor.lastWindow().map(Window::end).orElse(born);
        Instant earliest = start.plus(spacing());
        Duration wait = now().until(earliest);
        patience.stop().await(wait.compareTo(spacing()) < 0 ? wait : spacing());
        Window window = new Window(page.to(), start, later(now(), earliest), target.translation());
        cursor.reserve(window);
        return window;
    }

    /** With a new time, reserved, when the backend would refuse the old one for its age. */
    private Window restampedIfOld(Window window, int events) throws JournalException {
        Instant now = now();
        if (target.maxAge().isEmpty() || now.minus(young(target.maxAge().get())).isBefore(window.end())) {
            return window;
        }
        return restamped(window, now, events);
    }

    /**
     * A window that was reserved before the start. When the translation has changed since, its points are others than
     * those that may have been accepted, and under the same times a backend would mix the two.
     */
    private Window stillGood(Window window, int events) throws JournalException {
        boolean changed =
                !window.translation().isEmpty() && !window.translation().equals(target.translation());
        return changed
                ? restamped(window, later(now(), window.end().plus(spacing())), events)
                : restampedIfOld(window, events);
    }

    private Window restamped(Window window, Instant end, int events) throws JournalException {
        Window younger = new Window(window.to(), window.start(), end, target.translation());
        cursor.reserve(younger);
        reports.restamped(events);
        return younger;
    }

    private static Duration young(Duration maxAge) {
        return maxAge.compareTo(MARGIN.multipliedBy(2)) > 0 ? maxAge.minus(MARGIN) : maxAge.dividedBy(2);
    }

    private void reportOverflow(List<MetricData> metrics) {
        for (MetricData metric : metrics) {
            for (PointData point : metric.getData().getPoints()) {
                if (Series.of(metric, point).isOverflow()) {
                    reports.overflowed(metric.getName(), Series.measurements(point));
                }
            }
        }
    }

    private Duration spacing() {
        return target.spacing().isPositive() ? target.spacing() : Duration.ofMillis(1);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** In milliseconds: backends keep no finer time, and equal points need equal times. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
