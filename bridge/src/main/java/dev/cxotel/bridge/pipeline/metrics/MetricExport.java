package dev.cxotel.bridge.pipeline.metrics;

import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.otlp.answer.ExportResult;
import dev.cxotel.bridge.pipeline.patience.Patience;
import dev.cxotel.bridge.pipeline.patience.Trouble;
import dev.cxotel.bridge.pipeline.work.BatchSize;
import dev.cxotel.bridge.pipeline.work.Exporter;
import dev.cxotel.bridge.pipeline.work.PipelineReports;
import io.opentelemetry.sdk.metrics.data.MetricData;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * One collection of metrics on its way: its requests in order, and what became of them. A refused request is split by
 * metric name, a too large one into halves; a metric that is refused alone is dropped and counted.
 */
final class MetricExport {

    private final Exporter<MetricData> exporter;
    private final Patience patience;
    private final PipelineReports reports;
    private final BatchSize size;
    private final List<List<MetricData>> requests;
    private final Deque<List<MetricData>> parts = new ArrayDeque<>();
    private int next;
    private long accepted;
    private long rejected;
    private long refused;

    /**
     * @param size told what the backend calls too large
     * @param settled requests that an earlier export of the same events has settled; they are not sent again
     */
    MetricExport(
            Exporter<MetricData> exporter,
            Patience patience,
            PipelineReports reports,
            BatchSize size,
            List<List<MetricData>> requests,
            Settled settled) {
        this.exporter = exporter;
        this.patience = patience;
        this.reports = reports;
        this.size = size;
        this.requests = requests;
        this.next = Math.min(settled.requests(), requests.size());
        this.accepted = settled.accepted();
        this.rejected = settled.rejected();
        this.refused = settled.refused();
    }

    /** How far an export came, in requests and points. */
    record Settled(int requests, long accepted, long rejected, long refused) {
        static final Settled NOTHING = new Settled(0, 0, 0, 0);
    }

    /** Sends what is not yet settled; empty when everything is, else what stopped it. */
    Optional<Trouble> attempt() {
        while (true) {
            if (parts.isEmpty()) {
                if (next == requests.size()) {
                    return Optional.empty();
                }
                parts.push(requests.get(next));
                next++;
            }
            List<MetricData> part = parts.element();
            int points = Requests.points(part);
            switch (reports.timed(points, () -> exporter.export(part))) {
                case ExportResult.Accepted result -> {
                    parts.remove();
                    size.accepted(points);
                    long lost = Math.min(result.rejected(), points);
                    accepted += points - lost;
                    rejected += lost;
                    if (lost > 0) {
                        reports.dropped("", lost);
                    }
                    patience.accepted(lost, points, result.message());
                }
                case ExportResult.Retryable result -> {
                    return Optional.of(Trouble.of(result));
                }
                case ExportResult.Unauthorized result -> {
                    return Optional.of(Trouble.of(result));
                }
                case ExportResult.Misdirected result -> {
                    return Optional.of(Trouble.of(result));
                }
                case ExportResult.TakenInPart result -> takenInPart(points, result);
                case ExportResult.TooLarge result -> {
                    size.tooLarge(points);
                    split(part, Requests.halves(part), result.status(), result.message());
                }
                case ExportResult.Refused result ->
                    split(
                            part,
                            result.divisible() ? Requests.byName(part) : List.of(),
                            result.status(),
                            result.message());
            }
        }
    }

    /** What is settled, in whole requests: a request of which only parts are is not. */
    Settled settled() {
        return new Settled(parts.isEmpty() ? next : next - 1, accepted, rejected, refused);
    }

    /** How the measured events ended. */
    Outcome outcome() {
        if (rejected + refused == 0) {
            return Outcome.EXPORTED;
        }
        if (accepted > 0) {
            return Outcome.EXPORTED_IN_PART;
        }
        return refused > 0 ? Outcome.DROPPED : Outcome.REJECTED;
    }

    /** Why they were not exported; empty when the outcome says all. */
    String reason() {
        return refused > 0 ? "refused" : rejected > 0 ? "rejected" : "";
    }

    /** How many were refused is not said: one at least. */
    private void takenInPart(int points, ExportResult.TakenInPart taken) {
        parts.remove();
        accepted += points - 1;
        refused++;
        reports.dropped("", 1);
        patience.refused(
                points,
                ExportResult.answer(taken.status(), taken.message()),
                "it stores the good ones of them; their events count as exported in part");
    }

    private void split(List<MetricData> part, List<List<MetricData>> smaller, int status, String message) {
        parts.remove();
        if (!smaller.isEmpty()) {
            smaller.reversed().forEach(parts::push);
            return;
        }
        refused += Requests.points(part);
        part.forEach(metric ->
                reports.dropped(metric.getName(), metric.getData().getPoints().size()));
        patience.refused(Requests.points(part), ExportResult.answer(status, message), "the points are dropped");
    }
}
