package dev.cxotel.bridge.pipeline.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.journal.Outcomes;
import dev.cxotel.bridge.pipeline.Workbench;
import dev.cxotel.bridge.pipeline.Workbench.Bench;
import dev.cxotel.bridge.signal.Signal;
import dev.cxotel.bridge.testing.FakeCollector;
import dev.cxotel.semconv.CxotelAttributes;
import dev.cxotel.semconv.CxotelMetrics;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a destination does not want of a metrics export. */
class MetricRefusalTest {

    @AutoClose
    private final Workbench workbench = new Workbench();

    @Test
    void round_oneMetricRefused_dropsItAndExportsTheRest() throws Exception {
        workbench.collector.always(
                Signal.METRICS,
                request -> FakeCollector.status(
                        request.metrics().stream()
                                        .anyMatch(metric -> metric.getName().equals("test.value"))
                                ? 400
                                : 200));
        workbench.receive("a 1", "b 2");
        Bench metrics = delta();

        metrics.round();

        assertThat(lines()).singleElement().satisfies(point -> assertThat(point.getAsInt())
                .isEqualTo(2));
        assertThat(ends(metrics)).isEqualTo(Outcomes.NONE.plus(Outcome.EXPORTED_IN_PART, "refused", 2));
        assertThat(workbench.telemetry.count(
                        CxotelMetrics.CXOTEL_PIPELINE_METRICS_DROPPED,
                        CxotelAttributes.CXOTEL_METRIC_NAME,
                        "test.value"))
                .isEqualTo(1);
        assertThat(workbench.journal.quarantined(metrics.id())).isEmpty();
    }

    @Test
    void round_everythingRefused_isDropped() throws Exception {
        workbench.collector.always(Signal.METRICS, request -> FakeCollector.status(400));
        workbench.receive("a 1");
        Bench metrics = delta();

        metrics.round();

        assertThat(ends(metrics)).isEqualTo(Outcomes.NONE.plus(Outcome.DROPPED, "refused", 1));
    }

    @Test
    void round_partialSuccess_isExportedInPart() throws Exception {
        workbench.collector.next(Signal.METRICS, FakeCollector.partial(1, "too old"));
        workbench.receive("a 1");
        Bench metrics = delta();

        metrics.round();

        assertThat(ends(metrics)).isEqualTo(Outcomes.NONE.plus(Outcome.EXPORTED_IN_PART, "rejected", 1));
    }

    @Test
    void round_tooLarge_isHalvedPointByPoint() throws Exception {
        workbench.collector.always(Signal.METRICS, request -> FakeCollector.status(points(request) > 3 ? 413 : 200));
        workbench.receive("a 1 p", "b 1 q", "c 1 r", "d 1 s");
        Bench metrics = delta();

        metrics.round();

        assertThat(lines()).hasSize(4);
        assertThat(ends(metrics)).isEqualTo(Outcomes.of(Outcome.EXPORTED, 4));
    }

    @Test
    void round_tooLarge_theSizeThatWorkedIsRemembered() throws Exception {
        workbench.collector.always(Signal.METRICS, request -> FakeCollector.status(points(request) > 3 ? 413 : 200));
        Bench metrics = delta();
        workbench.receive("a 1 p", "b 1 q", "c 1 r", "d 1 s");
        metrics.round();
        long refusals = refusals();
        assertThat(refusals).isPositive();

        workbench.receive("e 1 p", "f 1 q", "g 1 r", "h 1 s");
        metrics.round();

        assertThat(refusals()).isEqualTo(refusals);
        assertThat(ends(metrics)).isEqualTo(Outcomes.of(Outcome.EXPORTED, 8));
    }

    @Test
    void round_badRequestOfABackendThatStoresTheRest_isNotSentAgain() throws Exception {
        workbench.collector.next(Signal.METRICS, FakeCollector.status(400));
        Bench metrics = workbench.start(workbench.destination().delta().partialBadRequest(), Signal.METRICS);
        workbench.receive("a 1 p", "b 1 q");

        metrics.round();

        assertThat(workbench.collector.requests(Signal.METRICS)).hasSize(1);
        assertThat(ends(metrics)).isEqualTo(Outcomes.NONE.plus(Outcome.EXPORTED_IN_PART, "refused", 2));
        assertThat(workbench.telemetry.count(
                        CxotelMetrics.CXOTEL_PIPELINE_METRICS_DROPPED, CxotelAttributes.CXOTEL_METRIC_NAME, ""))
                .isEqualTo(1);
    }

    private long refusals() {
        return workbench.collector.requests(Signal.METRICS).stream()
                .filter(request -> !request.stored())
                .count();
    }

    @Test
    void round_severalRequests_retryDoesNotRepeatTheAcceptedOnes() throws Exception {
        workbench.collector.next(
                Signal.METRICS, FakeCollector.status(200), FakeCollector.status(503), FakeCollector.status(200));
        workbench.receive("a 1 p", "b 1 q", "c 1 r");
        Bench metrics = workbench.start(workbench.destination().delta().maxRequestItems(4), Signal.METRICS);

        metrics.round();

        assertThat(workbench.collector.requests(Signal.METRICS)).hasSize(3);
        assertThat(workbench.collector.stored(Signal.METRICS).stream()
                        .mapToInt(MetricRefusalTest::points)
                        .sum())
                .isEqualTo(6);
    }

    private Bench delta() throws Exception {
        return workbench.start(workbench.destination().delta(), Signal.METRICS);
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

    private static int points(FakeCollector.Request request) {
        return request.metrics().stream()
                .mapToInt(metric -> metric.getSum().getDataPointsCount()
                        + metric.getHistogram().getDataPointsCount())
                .sum();
    }
}
