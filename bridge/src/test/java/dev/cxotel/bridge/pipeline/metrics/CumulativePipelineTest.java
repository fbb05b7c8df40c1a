package dev.cxotel.bridge.pipeline.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.journal.Outcomes;
import dev.cxotel.bridge.pipeline.Workbench;
import dev.cxotel.bridge.pipeline.Workbench.Bench;
import dev.cxotel.bridge.signal.Signal;
import dev.cxotel.bridge.testing.FakeCollector;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class CumulativePipelineTest {

    @AutoClose
    private final Workbench workbench = new Workbench();

    @Test
    void round_newSeries_isPrecededByAZeroPointAtItsOwnStart() throws Exception {
        workbench.receive("a 0.5", "b 5");
        Bench metrics = cumulative();

        metrics.round();

        List<NumberDataPoint> lines = lines();
        assertThat(lines).extracting(NumberDataPoint::getAsInt).containsExactly(0L, 2L);
        assertThat(lines.get(0).getTimeUnixNano())
                .isEqualTo(lines.get(0).getStartTimeUnixNano())
                .isEqualTo(lines.get(1).getStartTimeUnixNano())
                .isLessThan(lines.get(1).getTimeUnixNano());
        List<HistogramDataPoint> values = values();
        assertThat(values).extracting(HistogramDataPoint::getCount).containsExactly(0L, 2L);
        assertThat(values.get(0).getBucketCountsList()).containsExactly(0L, 0L, 0L);
        assertThat(values.get(0).getExplicitBoundsList()).containsExactly(1.0, 10.0);
        assertThat(values.get(0).getTimeUnixNano()).isEqualTo(values.get(1).getStartTimeUnixNano());
        assertThat(workbench.collector.metrics())
                .allMatch(metric -> metric.hasSum()
                        ? metric.getSum().getAggregationTemporality()
                                == AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE
                        : metric.getHistogram().getAggregationTemporality()
                                == AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        assertThat(workbench.collector.requests(Signal.METRICS)).hasSize(1);
        assertThat(ends(metrics)).isEqualTo(Outcomes.of(Outcome.EXPORTED, 2));
    }

    /** As a query sees it that knows nothing of start times: Prometheus' increase() over all points. */
    @Test
    void round_seriesBornWithSeveral_increaseOverItsPointsIsTheirNumberAcrossRestarts() throws Exception {
        workbench.receive("a 1 quiet", "b 1 quiet", "c 1 quiet");
        Bench metrics = cumulative();
        metrics.round();
        metrics.round();
        workbench.receive("d 1 quiet");
        metrics.round();
        assertThat(increase(series("quiet"))).isEqualTo(4);

        workbench.receive("e 1 quiet", "f 1 quiet", "g 1 quiet", "h 1 quiet", "i 1 quiet");
        Bench restarted = cumulative();
        restarted.round();
        restarted.round();

        assertThat(increase(series("quiet"))).isEqualTo(9);
        assertThat(series("quiet"))
                .isSortedAccordingTo(java.util.Comparator.comparingLong(NumberDataPoint::getTimeUnixNano));
    }

    /** A fall of a counter is a restart from zero. */
    private static long increase(List<NumberDataPoint> points) {
        long increase = 0;
        for (int i = 1; i < points.size(); i++) {
            long before = points.get(i - 1).getAsInt();
            long now = points.get(i).getAsInt();
            increase += now >= before ? now - before : now;
        }
        return increase;
    }

    @Test
    void round_knownSeries_growsWithoutAnotherZeroPoint() throws Exception {
        Bench metrics = cumulative();
        workbench.receive("a 1");
        metrics.round();
        workbench.receive("b 1", "c 1");
        metrics.round();

        List<NumberDataPoint> lines = lines();
        assertThat(lines).extracting(NumberDataPoint::getAsInt).containsExactly(0L, 1L, 3L);
        assertThat(lines)
                .extracting(NumberDataPoint::getStartTimeUnixNano)
                .containsOnly(lines.getFirst().getStartTimeUnixNano());
    }

    @Test
    void round_seriesThatBeginsLater_beginsAfterTheLastCollection() throws Exception {
        Bench metrics = cumulative();
        workbench.receive("a 1 x");
        metrics.round();
        workbench.receive("b 1 y");
        metrics.round();

        List<NumberDataPoint> y = series("y");
        assertThat(y).extracting(NumberDataPoint::getAsInt).containsExactly(0L, 1L);
        assertThat(y.get(0).getTimeUnixNano())
                .isGreaterThanOrEqualTo(series("x").get(1).getTimeUnixNano());
        assertThat(series("x")).extracting(NumberDataPoint::getAsInt).containsExactly(0L, 1L, 1L);
    }

    @Test
    void round_retryable_discardsAndFoldsOn() throws Exception {
        Bench metrics = cumulative();
        workbench.receive("a 1");
        List<Integer> arrivals = new ArrayList<>();
        workbench.collector.always(Signal.METRICS, request -> {
            if (arrivals.size() < 3) {
                arrivals.add(arrivals.size());
                workbench.receive("n" + arrivals.size() + " 1");
                return FakeCollector.status(503);
            }
            return FakeCollector.status(200);
        });

        for (int i = 0; i < 4; i++) {
            assertThat(metrics.round()).isTrue();
        }

        assertThat(lines()).extracting(NumberDataPoint::getAsInt).containsExactly(0L, 4L);
        assertThat(workbench.collector.requests(Signal.METRICS)).hasSize(4);
        assertThat(ends(metrics)).isEqualTo(Outcomes.of(Outcome.EXPORTED, 4));
        assertThat(workbench.journal.position(metrics.id())).isEqualTo(4);
    }

    @Test
    void round_nothingNew_sendsTheSumsAgain() throws Exception {
        Bench metrics = cumulative();
        workbench.receive("a 1");
        metrics.round();
        metrics.round();

        assertThat(lines()).extracting(NumberDataPoint::getAsInt).containsExactly(0L, 1L, 1L);
        assertThat(lines().get(2).getTimeUnixNano())
                .isGreaterThan(lines().get(1).getTimeUnixNano());
    }

    @Test
    void round_nothingEver_sendsNothing() throws Exception {
        Bench metrics = cumulative();
        assertThat(metrics.round()).isTrue();
        metrics.stop().request();
        assertThat(metrics.round()).isFalse();
        assertThat(workbench.collector.requests(Signal.METRICS)).isEmpty();
    }

    @Test
    void round_afterARestart_beginsANewSeriesWithItsZeroPoint() throws Exception {
        workbench.receive("a 1");
        cumulative().round();
        workbench.receive("b 1");
        cumulative().round();

        List<NumberDataPoint> lines = lines();
        assertThat(lines).extracting(NumberDataPoint::getAsInt).containsExactly(0L, 1L, 0L, 1L);
        assertThat(lines.get(2).getStartTimeUnixNano())
                .isGreaterThan(lines.get(1).getTimeUnixNano());
    }

    @Test
    void round_commitFails_isRepeatedAndCountsOnce() throws Exception {
        Bench metrics = cumulative();
        workbench.journal.failCommits(2);
        workbench.receive("a 1");
        metrics.round();
        workbench.receive("b 1");
        metrics.round();

        assertThat(lines()).extracting(NumberDataPoint::getAsInt).containsExactly(0L, 1L, 2L);
        assertThat(ends(metrics)).isEqualTo(Outcomes.of(Outcome.EXPORTED, 2));
    }

    @Test
    void round_exponential_hasAZeroPointToo() throws Exception {
        workbench.receive("a 5");
        workbench.start(workbench.destination().exponential(), Signal.METRICS).round();

        var points = workbench.collector.metrics().stream()
                .filter(Metric::hasExponentialHistogram)
                .flatMap(metric -> metric.getExponentialHistogram().getDataPointsList().stream())
                .toList();
        assertThat(points).extracting(point -> point.getCount()).containsExactly(0L, 1L);
        assertThat(points.get(0).getTimeUnixNano()).isEqualTo(points.get(1).getStartTimeUnixNano());
    }

    @Test
    void round_refusedMetric_leavesTheOthers() throws Exception {
        workbench.collector.always(
                Signal.METRICS,
                request -> FakeCollector.status(request.metrics().stream().anyMatch(Metric::hasHistogram) ? 400 : 200));
        workbench.receive("a 1");
        Bench metrics = cumulative();

        metrics.round();

        assertThat(lines()).extracting(NumberDataPoint::getAsInt).containsExactly(0L, 1L);
        assertThat(ends(metrics)).isEqualTo(Outcomes.NONE.plus(Outcome.EXPORTED_IN_PART, "refused", 1));
    }

    @Test
    void round_stopDuringAnOutage_leavesTheEvents() throws Exception {
        workbench.receive("a 1");
        Bench metrics = cumulative();
        workbench.collector.always(Signal.METRICS, request -> FakeCollector.status(503));
        metrics.stop().request();

        assertThat(metrics.round()).isFalse();
        assertThat(ends(metrics)).isEqualTo(Outcomes.NONE);
    }

    private Bench cumulative() throws Exception {
        return workbench.start(workbench.destination(), Signal.METRICS);
    }

    private List<NumberDataPoint> lines() {
        return workbench.collector.metrics().stream()
                .filter(metric -> metric.getName().equals("test.lines"))
                .flatMap(metric -> metric.getSum().getDataPointsList().stream())
                .toList();
    }

    private List<NumberDataPoint> series(String name) {
        return lines().stream()
                .filter(point ->
                        point.getAttributes(0).getValue().getStringValue().equals(name))
                .toList();
    }

    private List<HistogramDataPoint> values() {
        return workbench.collector.metrics().stream()
                .filter(metric -> metric.getName().equals("test.value"))
                .flatMap(metric -> metric.getHistogram().getDataPointsList().stream())
                .toList();
    }

    private Outcomes ends(Bench bench) {
        return workbench.journal.outcomes(bench.id());
    }
}
