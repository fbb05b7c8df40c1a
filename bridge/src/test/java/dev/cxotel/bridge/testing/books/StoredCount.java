package dev.cxotel.bridge.testing.books;

import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.signal.Signal;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the backends of one destination stored, held against what the ledger calls exported. Each exported event is one
 * span, or one log record, or is in one of the two metrics that have a measurement of every event of their kind.
 */
final class StoredCount {

    private static final Set<String> ONE_AN_EVENT = Set.of("cxone.voice.records", "cxone.script.api.duration");

    private final List<Backend> backends;
    private final boolean killed;

    /** @param killed whether a backend may have what no cursor knows of, and get it again */
    StoredCount(List<Backend> backends, boolean killed) {
        this.backends = List.copyOf(backends);
        this.killed = killed;
    }

    /** What is wrong with the pipeline's line, if anything. */
    Optional<String> disagreement(Ledger.PipelineLine line) {
        Optional<Signal> signal = signal(line);
        if (signal.isEmpty() || backends.isEmpty()) {
            return Optional.empty();
        }
        long exported = count(line, Outcome.EXPORTED) + count(line, Outcome.EXPORTED_IN_PART);
        long all = all(signal.get());
        boolean agrees = killed ? exported <= all && distinct(signal.get()) <= line.offered() : exported == all;
        return agrees
                ? Optional.empty()
                : Optional.of("%s: the backend stored %d, %d of them distinct, and the ledger says %d exported, %s"
                        .formatted(line.id(), all, distinct(signal.get()), exported, line.outcomes()));
    }

    private static Optional<Signal> signal(Ledger.PipelineLine line) {
        for (Signal signal : Signal.values()) {
            if (signal.configName().equals(line.id().signal())) {
                return Optional.of(signal);
            }
        }
        return Optional.empty();
    }

    private long all(Signal signal) {
        long rejected =
                backends.stream().mapToLong(each -> each.rejected(signal)).sum();
        return switch (signal) {
            case TRACES -> sum(backend -> backend.spans().size()) - rejected;
            case LOGS -> sum(backend -> backend.logs().size()) - rejected;
            case METRICS -> sum(backend -> measured(backend.metrics()));
        };
    }

    private long distinct(Signal signal) {
        return switch (signal) {
            case TRACES ->
                backends.stream()
                        .flatMap(backend -> backend.spans().stream())
                        .map(span -> span.getSpanId())
                        .distinct()
                        .count();
            case LOGS ->
                backends.stream()
                        .flatMap(backend -> backend.logs().stream())
                        .map(log -> List.of(log.getSpanId(), log.getEventName()))
                        .distinct()
                        .count();
            case METRICS -> 0;
        };
    }

    private long sum(java.util.function.ToLongFunction<Backend> count) {
        return backends.stream().mapToLong(count).sum();
    }

    /** Points that agree in series and times overwrite; of a cumulative series the greatest stands. */
    private static long measured(Collection<Metric> metrics) {
        Map<Object, Long> points = new HashMap<>();
        for (Metric metric : metrics) {
            if (ONE_AN_EVENT.contains(metric.getName())) {
                points(metric).forEach(point -> points.merge(point.key(), point.count(), Math::max));
            }
        }
        return points.values().stream().mapToLong(Long::longValue).sum();
    }

    private record Point(Object key, long count) {
        private static Point of(Metric metric, Object series, long start, long end, boolean delta, long count) {
            return new Point(List.of(metric.getName(), series, start, delta ? end : 0), count);
        }
    }

    private static List<Point> points(Metric metric) {
        List<Point> points = new ArrayList<>();
        boolean sum = metric.getSum().getAggregationTemporalityValue() == 1;
        metric.getSum()
                .getDataPointsList()
                .forEach(each -> points.add(Point.of(
                        metric,
                        each.getAttributesList(),
                        each.getStartTimeUnixNano(),
                        each.getTimeUnixNano(),
                        sum,
                        each.hasAsInt() ? each.getAsInt() : Math.round(each.getAsDouble()))));
        boolean explicit = metric.getHistogram().getAggregationTemporalityValue() == 1;
        metric.getHistogram()
                .getDataPointsList()
                .forEach(each -> points.add(Point.of(
                        metric,
                        each.getAttributesList(),
                        each.getStartTimeUnixNano(),
                        each.getTimeUnixNano(),
                        explicit,
                        each.getCount())));
        boolean exponential = metric.getExponentialHistogram().getAggregationTemporalityValue() == 1;
        metric.getExponentialHistogram()
                .getDataPointsList()
                .forEach(each -> points.add(Point.of(
                        metric,
                        each.getAttributesList(),
                        each.getStartTimeUnixNano(),
                        each.getTimeUnixNano(),
                        exponential,
                        each.getCount())));
        return points;
    }

    private static long count(Ledger.PipelineLine line, Outcome outcome) {
        return line.outcomes().counts().entrySet().stream()
                .filter(entry -> entry.getKey().outcome() == outcome)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
