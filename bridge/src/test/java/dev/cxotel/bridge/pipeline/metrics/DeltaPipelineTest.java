package dev.cxotel.bridge.pipeline.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.journal.Outcomes;
import dev.cxotel.bridge.journal.StoredEvent;
import dev.cxotel.bridge.journal.Window;
import dev.cxotel.bridge.pipeline.Workbench;
import dev.cxotel.bridge.pipeline.Workbench.Bench;
import dev.cxotel.bridge.signal.Signal;
import dev.cxotel.bridge.testing.FakeCollector;
import dev.cxotel.bridge.testing.LineSlice;
import dev.cxotel.semconv.CxotelAttributes;
import dev.cxotel.semconv.CxotelMetrics;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class DeltaPipelineTest {

    private static final Duration INTERVAL = Duration.ofSeconds(15);

    @AutoClose
    private final Workbench workbench = new Workbench();

    @Test
    void round_events_becomeOnePointWithTheWindowAsItsTime() throws Exception {
        workbench.receive("a 0.5", "b 5", "c 50");
        Bench metrics = delta();

        metrics.round();

        Metric histogram = metric("test.value");
        assertThat(histogram.getHistogram().getAggregationTemporality())
                .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA);
        HistogramDataPoint point = histogram.getHistogram().getDataPoints(0);
        assertThat(point.getCount()).isEqualTo(3);
        assertThat(point.getSum()).isEqualTo(55.5);
        assertThat(point.getBucketCountsList()).containsExactly(1L, 1L, 1L);
        assertThat(point.getExplicitBoundsList()).containsExactly(1.0, 10.0);
        assertThat(point.getStartTimeUnixNano()).isEqualTo(nanos(Workbench.START));
        assertThat(point.getTimeUnixNano()).isEqualTo(nanos(Workbench.START.plus(INTERVAL)));
        assertThat(metric("test.lines").getSum().getDataPoints(0).getAsInt()).isEqualTo(3);
        assertThat(metric("test.lines").getSum().getDataPoints(0).getStartTimeUnixNano())
                .isEqualTo(nanos(Workbench.START));
        assertThat(ends(metrics)).isEqualTo(Outcomes.of(Outcome.EXPORTED, 3));
    }

    @Test
    void round_nextWindow_beginsWhereTheLastEnded() throws Exception {
        Bench metrics = delta();
        workbench.receive("a 1");
        metrics.round();
        metrics.round();
        workbench.receive("b 1");
        metrics.round();

        List<NumberDataPoint> points = lines();
        assertThat(points).hasSize(2).allMatch(point -> point.getAsInt() == 1);
        assertThat(points.get(1).getStartTimeUnixNano()).isEqualTo(points.get(0).getTimeUnixNano());
    }

    @Test
    void round_retry_sendsEqualBytes() throws Exception {
        workbench.collector.next(Signal.METRICS, FakeCollector.status(503), FakeCollector.status(429));
        workbench.receive("a 1 x", "b 2 y");
        Bench metrics = delta();
        workbench.receive("late 1");

        metrics.round();

        List<FakeCollector.Request> requests = workbench.collector.requests(Signal.METRICS);
        assertThat(requests).hasSize(3);
        assertThat(requests.get(1).body()).isEqualTo(requests.get(0).body());
        assertThat(requests.get(2).body()).isEqualTo(requests.get(0).body());
        assertThat(workbench.journal.reserved(metrics.id())).hasSize(1);
    }

    @Test
    void round_afterACrashBetweenExportAndCommit_rebuildsEqualPoints() throws Exception {
        workbench.receive("a 1 x", "b 2 y", "c 3 x");
        Bench metrics = delta();
        workbench.journal.failCommits(1);
        metrics.stop().request();
        assertThat(metrics.round()).isFalse();
        assertThat(ends(metrics)).isEqualTo(Outcomes.NONE);

        workbench.clock.advance(Duration.ofMinutes(3));
        workbench.receive("new 1");
        Bench restarted = delta();
        restarted.round();

        List<FakeCollector.Request> requests = workbench.collector.requests(Signal.METRICS);
        assertThat(requests).hasSize(2);
        assertThat(requests.get(1).body()).isEqualTo(requests.get(0).body());
        assertThat(ends(restarted)).isEqualTo(Outcomes.of(Outcome.EXPORTED, 3));

        restarted.round();
        assertThat(lines()).last().satisfies(point -> {
            assertThat(point.getAsInt()).isEqualTo(1);
            assertThat(point.getStartTimeUnixNano()).isEqualTo(lines().get(0).getTimeUnixNano());
        });
    }

    @Test
    void round_afterACrashAndAnotherMapping_stampsThePointsAnew() throws Exception {
        workbench.receive("a 1 x");
        Bench metrics = delta();
        workbench.journal.failCommits(1);
        metrics.stop().request();
        metrics.round();

        workbench.translation = "another";
        Bench restarted = delta();
        restarted.round();
        workbench.receive("b 1 x");
        restarted.round();

        List<NumberDataPoint> points = lines();
        assertThat(points).hasSize(3);
        assertThat(points.get(1).getTimeUnixNano()).isGreaterThan(points.get(0).getTimeUnixNano());
        assertThat(points.get(1).getStartTimeUnixNano()).isEqualTo(points.get(0).getStartTimeUnixNano());
        assertThat(points.get(2).getStartTimeUnixNano()).isEqualTo(points.get(1).getTimeUnixNano());
        assertThat(workbench.telemetry.count(
                        CxotelMetrics.CXOTEL_PIPELINE_METRICS_RESTAMPED,
                        CxotelAttributes.CXOTEL_DESTINATION_NAME,
                        "test"))
                .isEqualTo(1);
    }

    @Test
    void round_minPointSpacing_keepsSuccessivePointsApart() throws Exception {
        Bench metrics = workbench.start(
                workbench
                        .destination()
                        .delta()
                        .metricInterval(Duration.ofMillis(100))
                        .minPointSpacing(Duration.ofSeconds(1)),
                Signal.METRICS);
        for (int i = 0; i < 3; i++) {
            workbench.receive("a" + i + " 1");
            metrics.round();
        }

        List<NumberDataPoint> points = lines();
        assertThat(points).hasSize(3);
        for (int i = 1; i < points.size(); i++) {
            assertThat(points.get(i).getTimeUnixNano() - points.get(i - 1).getTimeUnixNano())
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(1).toNanos());
        }
    }

    @Test
    void round_clockSetBack_keepsTheOrderOfPoints() throws Exception {
        Bench metrics = delta();
        workbench.receive("a 1");
        metrics.round();
        workbench.clock.advance(Duration.ofHours(-2));
        workbench.receive("b 1");
        metrics.round();

        assertThat(lines().get(1).getTimeUnixNano())
                .isGreaterThan(lines().get(0).getTimeUnixNano());
        assertThat(workbench.sleeps).allMatch(sleep -> sleep.compareTo(INTERVAL) <= 0);
    }

    @Test
    void round_outageLongerThanTheBackendsLimit_isStampedAnew() throws Exception {
        Bench metrics =
                workbench.start(workbench.destination().delta().maxMetricAge(Duration.ofHours(1)), Signal.METRICS);
        workbench.receive("a 1", "b 1");
        workbench.collector.always(
                Signal.METRICS,
                request -> FakeCollector.status(
                        workbench.clock.instant().isBefore(Workbench.START.plus(Duration.ofHours(2))) ? 503 : 200));

        metrics.round();

        NumberDataPoint point = lines().getFirst();
        Instant limit = workbench.clock.instant().minus(Duration.ofMinutes(50));
        assertThat(point.getTimeUnixNano()).isGreaterThanOrEqualTo(nanos(limit));
        assertThat(point.getAsInt()).isEqualTo(2);
        assertThat(workbench.journal.reserved(metrics.id())).hasSizeBetween(2, 4);
        assertThat(workbench.telemetry.count(
                        CxotelMetrics.CXOTEL_PIPELINE_METRICS_RESTAMPED,
                        CxotelAttributes.CXOTEL_DESTINATION_NAME,
                        "test"))
                .isGreaterThanOrEqualTo(2);
        Window last = workbench.journal.reserved(metrics.id()).getLast();
        assertThat(point.getTimeUnixNano()).isEqualTo(nanos(last.end()));
    }

    @Test
    void round_brokenEvents_areDroppedWithTheirReason() throws Exception {
        workbench.receive("a 1", "bug 2", "mute 3", "d 4");
        StoredEvent event = workbench.journal.event(4);
        workbench.journal.replace(
                new StoredEvent(4, event.type(), event.index(), event.content(), event.arrival(), event.body(), true));
        Bench metrics = delta();

        metrics.round();

        assertThat(ends(metrics))
                .isEqualTo(Outcomes.of(Outcome.EXPORTED, 1)
                        .plus(Outcome.DROPPED, "translation_bug", 1)
                        .plus(Outcome.SKIPPED, "no_metrics", 1)
                        .plus(Outcome.DROPPED, "damaged", 1));
    }

    @Test
    void round_nothingMeasured_movesOnWithoutARequest() throws Exception {
        workbench.receive("mute 1");
        Bench metrics = delta();

        metrics.round();

        assertThat(workbench.collector.requests(Signal.METRICS)).isEmpty();
        assertThat(workbench.journal.reserved(metrics.id())).isEmpty();
        assertThat(ends(metrics)).isEqualTo(Outcomes.NONE.plus(Outcome.SKIPPED, "no_metrics", 1));
    }

    @Test
    void round_histograms_carryTheTracesOfTheirEvents() throws Exception {
        workbench.receive("a 5");
        delta().round();

        List<Exemplar> exemplars =
                metric("test.value").getHistogram().getDataPoints(0).getExemplarsList();
        assertThat(exemplars).singleElement().satisfies(exemplar -> {
            assertThat(HexFormat.of().formatHex(exemplar.getTraceId().toByteArray()))
                    .isEqualTo(LineSlice.traceId("a 5"));
            assertThat(exemplar.getAsDouble()).isEqualTo(5);
        });
        assertThat(metric("test.lines").getSum().getDataPoints(0).getExemplarsCount())
                .isZero();
    }

    @Test
    void round_exponential_sendsExponentialHistograms() throws Exception {
        workbench.receive("a 1", "b 100");
        workbench
                .start(workbench.destination().delta().exponential(), Signal.METRICS)
                .round();

        var point = metric("test.value").getExponentialHistogram().getDataPoints(0);
        assertThat(point.getCount()).isEqualTo(2);
        assertThat(point.getSum()).isEqualTo(101);
        assertThat(point.getStartTimeUnixNano()).isEqualTo(nanos(Workbench.START));
        assertThat(point.getExemplarsCount()).isPositive();
    }

    @Test
    void round_twoResources_areTwoResourcesInOneRequest() throws Exception {
        workbench.receiveAt("voice", "a 1");
        workbench.receiveAt("scripts", "b 1");
        delta().round();

        assertThat(workbench.collector.requests(Signal.METRICS)).singleElement().satisfies(request -> assertThat(
                        request.metricsRequest().getResourceMetricsCount())
                .isEqualTo(2));
    }

    @Test
    void round_moreSeriesThanTheLimit_overflowIsCounted() throws Exception {
        workbench.receive(
                IntStream.range(0, 25).mapToObj(i -> "a" + i + " 1 series" + i).toArray(String[]::new));
        delta().round();

        assertThat(metric("test.lines").getSum().getDataPointsCount()).isEqualTo(Workbench.CARDINALITY_LIMIT);
        assertThat(workbench.telemetry.count(
                        CxotelMetrics.CXOTEL_SERIES_OVERFLOW, CxotelAttributes.CXOTEL_METRIC_NAME, "test.lines"))
                .isEqualTo(25 - (Workbench.CARDINALITY_LIMIT - 1));
        assertThat(lines().stream().mapToLong(NumberDataPoint::getAsInt).sum()).isEqualTo(25);
    }

    @Test
    void round_moreThanOneExportHolds_goesOnAtOnce() throws Exception {
        workbench.receive(IntStream.range(0, MetricPages.MOST_EVENTS + 5)
                .mapToObj(i -> "a" + i + " 1")
                .toArray(String[]::new));
        Bench metrics =
                workbench.start(workbench.destination().delta().minPointSpacing(Duration.ofSeconds(1)), Signal.METRICS);
        metrics.round();
        metrics.round();

        assertThat(lines()).extracting(NumberDataPoint::getAsInt).containsExactly((long) MetricPages.MOST_EVENTS, 5L);
        assertThat(lines().get(1).getTimeUnixNano() - lines().get(0).getTimeUnixNano())
                .isEqualTo(Duration.ofSeconds(1).toNanos());
    }

    private Bench delta() throws Exception {
        return workbench.start(workbench.destination().delta(), Signal.METRICS);
    }

    private Metric metric(String name) {
        return workbench.collector.metrics().stream()
                .filter(metric -> metric.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<NumberDataPoint> lines() {
        return workbench.collector.metrics().stream()
                .filter(metric -> metric.getName().equals("test.lines"))
                .flatMap(metric -> metric.getSum().getDataPointsList().stream())
                .toList();
    }

    private Outcomes ends(Bench bench) {
        return workbench.journal.outcomes(bench.id());
    }

    private static long nanos(Instant instant) {
        return Duration.between(Instant.EPOCH, instant).toNanos();
    }
}
