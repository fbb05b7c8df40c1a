package dev.cxotel.bridge.preview;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What arrived in the last hour, in memory, within a limit of bytes; the oldest goes first. A span or log that comes
 * again, as a retry brings it, is there once. Safe for any thread.
 */
public final class PreviewStore {

    /** How long something is kept after it arrived. */
    static final Duration KEPT = Duration.ofHours(1);

    /** Java objects take about this many times their bytes on the wire. */
    private static final int BLOAT = 4;

    private static final long BYTES_OF_A_SERIES = 2_000;

    private final InstantSource clock;
    private final Shelf<SpanKey, PreviewSpan> spans;
    private final Shelf<LogKey, PreviewLog> logs;
    private final Shelf<PreviewPoint.Series, SeriesState> series;
    private long anonymousLogs;
    private long points;
    private long repeatedPoints;

    /** @param maxBytes about this much memory is used */
    public PreviewStore(InstantSource clock, long maxBytes) {
        this.clock = clock;
        this.spans = new Shelf<>(KEPT, maxBytes / 2);
        this.logs = new Shelf<>(KEPT, maxBytes / 4);
        this.series = new Shelf<>(KEPT, maxBytes / 4);
    }

    private record SpanKey(String traceId, String spanId) {}

    /** @param anonymous tells logs without a span apart */
    private record LogKey(String traceId, String spanId, String eventName, Instant time, long anonymous) {}

    /**
     * What arrived since the start, forgotten things included.
     *
     * @param spans distinct ones
     * @param repeatedSpans those that came again
     * @param logs distinct ones; a log without a span is always distinct
     * @param points metric points that said something new
     * @param forgotten spans, logs and series that went for their age or for the limit of bytes
     */
    public record Totals(
            long spans,
            long repeatedSpans,
            long logs,
            long repeatedLogs,
            long points,
            long repeatedPoints,
            long forgotten) {}

    synchronized void addSpans(List<PreviewSpan> arrived, int wireBytes) {
        long share = share(arrived.size(), wireBytes);
        for (PreviewSpan span : arrived) {
            spans.put(new SpanKey(span.traceId(), span.spanId()), span, clock.instant(), share);
        }
    }

    synchronized void addLogs(List<PreviewLog> arrived, int wireBytes) {
        long share = share(arrived.size(), wireBytes);
        for (PreviewLog log : arrived) {
            long anonymous = log.spanId().isEmpty() ? ++anonymousLogs : 0;
            logs.put(
                    new LogKey(log.traceId(), log.spanId(), log.eventName(), log.time(), anonymous),
                    log,
                    clock.instant(),
                    share);
        }
    }

    synchronized void addPoints(List<PreviewPoint> arrived) {
        for (PreviewPoint point : arrived) {
            SeriesState state = series.get(point.series()).orElseGet(SeriesState::new);
            if (state.add(point)) {
                points++;
            } else {
                repeatedPoints++;
            }
            series.put(point.series(), state, clock.instant(), BYTES_OF_A_SERIES);
        }
    }

    /** The spans that are still known, oldest arrival first. */
    public synchronized List<PreviewSpan> spans() {
        spans.forget(clock.instant());
        return spans.values();
    }

    /** The logs that are still known, oldest arrival first. */
    public synchronized List<PreviewLog> logs() {
        logs.forget(clock.instant());
        return logs.values();
    }

    /** What the series of a metric add up to since the start, by their attributes; resources are summed. */
    public synchronized Map<Map<String, Object>, Amount> metric(String name) {
        series.forget(clock.instant());
        Map<Map<String, Object>, Amount> all = new HashMap<>();
        series.entries()
                .filter(entry -> entry.getKey().metric().equals(name))
                .forEach(entry ->
                        all.merge(entry.getKey().attributes(), entry.getValue().total(), Amount::plus));
        return all;
    }

    /** The names of the metrics that are still known, sorted. */
    public synchronized List<String> metrics() {
        return series.entries()
                .map(entry -> entry.getKey().metric())
                .distinct()
                .sorted()
                .toList();
    }

    public synchronized Totals totals() {
        return new Totals(
                spans.distinct(),
                spans.repeated(),
                logs.distinct(),
                logs.repeated(),
                points,
                repeatedPoints,
                spans.forgotten() + logs.forgotten() + series.forgotten());
    }

    private static long share(int items, int wireBytes) {
        return items == 0 ? 0 : (long) BLOAT * wireBytes / items;
    }
}
