package dev.cxotel.bridge.pipeline;

import dev.cxotel.bridge.journal.Commit;
import dev.cxotel.bridge.journal.Cursor;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.journal.Outcomes;
import dev.cxotel.bridge.journal.Page;
import dev.cxotel.bridge.journal.StoredEvent;
import dev.cxotel.bridge.late.AgeRule;
import dev.cxotel.bridge.otlp.answer.ExportResult;
import dev.cxotel.bridge.pipeline.patience.Patience;
import dev.cxotel.bridge.pipeline.patience.Trouble;
import dev.cxotel.bridge.pipeline.work.BatchSize;
import dev.cxotel.bridge.pipeline.work.Committer;
import dev.cxotel.bridge.pipeline.work.Ends;
import dev.cxotel.bridge.pipeline.work.Exporter;
import dev.cxotel.bridge.pipeline.work.PipelineReports;
import dev.cxotel.bridge.pipeline.work.Translation;
import dev.cxotel.bridge.pipeline.work.Translator;
import dev.cxotel.bridge.pipeline.work.Work;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The work of a pipeline of spans or log records: a page of events becomes a request, and the cursor moves when the
 * destination has taken it. In order; the same batch is sent until it is taken.
 */
final class BatchPipeline<T> implements Work {

    /**
     * The bounds of a request.
     *
     * @param items most items
     * @param bytes most bytes of bodies
     * @param delay the least distance of two requests that are not full; hence an event's longest wait
     */
    record Limits(int items, long bytes, Duration delay) {}

    /**
     * An event and what is sent of it.
     *
     * @param made what the slice made of it
     * @param sent what is sent: the same, or what stands for it because of its age
     * @param reason why it is not the same; empty when it is
     */
    private record Item<T>(StoredEvent event, T made, T sent, String reason) {}

    private final Cursor cursor;
    private final Translator<T> translator;
    private final AgeRule<T> age;
    private final Exporter<T> exporter;
    private final Limits limits;
    private final BatchSize size;
    private final Patience patience;
    private final PipelineReports reports;
    private final Committer committer;
    private final InstantSource clock;
    private Instant due;

    BatchPipeline(
            Cursor cursor,
            Translator<T> translator,
            AgeRule<T> age,
            Exporter<T> exporter,
            Limits limits,
            Patience patience,
            PipelineReports reports,
            InstantSource clock) {
        this.cursor = cursor;
        this.translator = translator;
        this.exporter = exporter;
        this.age = age;
        this.limits = limits;
        this.size = new BatchSize(limits.items());
        this.patience = patience;
        this.reports = reports;
        this.committer = new Committer(cursor, patience, reports);
        this.clock = clock;
        this.due = clock.instant();
    }

    @Override
    public boolean round() throws InterruptedException, JournalException {
        boolean stopping = patience.stop().isRequested();
        Page page = page();
        if (page.isEmpty()) {
            return (page.to() == page.from() || committer.commit(Commit.of(page, Outcomes.NONE))) && !stopping;
        }
        Ends ends = new Ends();
        List<Item<T>> items = translate(page, ends);
        boolean delivered = deliver(items, ends);
        Page ended = ends.ended(page);
        boolean committed = ended.to() == ended.from() || committer.commit(ends.commit(ended, Optional.empty()));
        return delivered && committed;
    }

    /** At once after a pause; else when the batch is full or its delay is over. */
    private Page page() throws InterruptedException, JournalException {
        Page page = cursor.poll(size.items(), limits.bytes(), Work.IDLE);
        Duration wait = clock.instant().until(due);
        if (!page.isEmpty() && !page.isFull() && wait.isPositive()) {
            patience.stop().await(wait.compareTo(limits.delay()) < 0 ? wait : limits.delay());
            page = cursor.poll(size.items(), limits.bytes(), Duration.ZERO);
        }
        if (!page.isEmpty()) {
            due = clock.instant().plus(limits.delay());
        }
        return page;
    }

    private List<Item<T>> translate(Page page, Ends ends) {
        List<Item<T>> items = new ArrayList<>();
        for (StoredEvent event : page.events()) {
            switch (translator.translate(event)) {
                case Translation.Ready<T> ready -> items.add(new Item<>(event, ready.item(), ready.item(), ""));
                case Translation.Skipped<T> skipped -> ends.end(event, Outcome.SKIPPED, skipped.reason());
                case Translation.Broken<T> broken -> ends.quarantine(event, broken.reason(), broken.detail());
            }
        }
        return items;
    }

    /** Sends the items until each has ended; false when the pipeline is to stop before that. */
    private boolean deliver(List<Item<T>> waiting, Ends ends) throws InterruptedException {
        for (List<Item<T>> items = aged(waiting, ends); !items.isEmpty(); items = aged(items, ends)) {
            List<T> batch = items.stream().map(Item::sent).toList();
            ExportResult result = reports.timed(items.size(), () -> exporter.export(batch));
            switch (result) {
                case ExportResult.Accepted accepted -> {
                    accepted(items, accepted, ends);
                    return true;
                }
                case ExportResult.Retryable retryable -> {
                    if (!patience.await(Trouble.of(retryable))) {
                        return false;
                    }
                }
                case ExportResult.Unauthorized unauthorized -> {
                    if (!patience.await(Trouble.of(unauthorized))) {
                        return false;
                    }
                }
                case ExportResult.Misdirected misdirected -> {
                    if (!patience.await(Trouble.of(misdirected))) {
                        return false;
                    }
                }
                case ExportResult.TooLarge tooLarge -> {
                    size.tooLarge(items.size());
                    return split(items, ends, "too_large", tooLarge.status(), tooLarge.message(), true);
                }
                case ExportResult.TakenInPart taken -> {
                    takenInPart(items, taken, ends);
                    return true;
                }
                case ExportResult.Refused refused -> {
                    return split(items, ends, "refused", refused.status(), refused.message(), refused.divisible());
                }
            }
        }
        return true;
    }

    /** Those that can still be sent; the others have ended. */
    private List<Item<T>> aged(List<Item<T>> items, Ends ends) {
        List<Item<T>> young = new ArrayList<>();
        for (Item<T> item : items) {
            switch (age.judge(item.event(), item.made())) {
                case AgeRule.Way.Send<T> send ->
                    young.add(new Item<>(item.event(), item.made(), send.item(), send.reason()));
                case AgeRule.Way.Skip<T> skip -> ends.skip(item.event(), skip.reason(), skip.instead());
            }
        }
        return young;
    }

    private void accepted(List<Item<T>> items, ExportResult.Accepted accepted, Ends ends) {
        int rejected = (int) Math.min(accepted.rejected(), items.size());
        for (int i = 0; i < items.size(); i++) {
            ends.end(
                    items.get(i).event(),
                    i < rejected ? Outcome.REJECTED : Outcome.EXPORTED,
                    i < rejected ? "" : items.get(i).reason());
        }
        size.accepted(items.size());
        patience.accepted(rejected, items.size(), accepted.message());
    }

    /** A batch of one that was refused in part was refused. */
    private void takenInPart(List<Item<T>> items, ExportResult.TakenInPart taken, Ends ends) {
        String message = ExportResult.answer(taken.status(), taken.message());
        if (items.size() == 1) {
            patience.refused(1, message, "it is in quarantine, with the reason");
            ends.quarantine(items.getFirst().event(), "refused", message);
            return;
        }
        patience.refused(items.size(), message, "it stores the good ones of them; they count as exported in part");
        items.forEach(item -> ends.end(item.event(), Outcome.EXPORTED_IN_PART, "bad_request"));
    }

    private boolean split(List<Item<T>> items, Ends ends, String reason, int status, String message, boolean divisible)
            throws InterruptedException {
        if (divisible && items.size() > 1) {
            int middle = items.size() / 2;
            return deliver(items.subList(0, middle), ends) && deliver(items.subList(middle, items.size()), ends);
        }
        String detail = ExportResult.answer(status, message);
        patience.refused(items.size(), detail, "they are in quarantine, with the reason");
        items.forEach(item -> ends.quarantine(item.event(), reason, detail));
        return true;
    }
}
