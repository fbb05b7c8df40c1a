package dev.cxotel.bridge.preview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.preview.Amount.Range;
import dev.cxotel.bridge.preview.PreviewPoint.Kind;
import dev.cxotel.bridge.preview.PreviewPoint.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PreviewStoreTest {

    private static final Series SERIES = new Series("m", "1", Map.of(), Map.of());

    private Instant now = Instant.parse("2026-03-04T15:00:00Z");
    private final PreviewStore store = new PreviewStore(() -> now, 1_000_000);

    @Test
    void spans_olderThanAnHour_areForgottenButCounted() {
        store.addSpans(List.of(span("1")), 100);
        now = now.plus(Duration.ofMinutes(61));
        store.addSpans(List.of(span("2")), 100);

        assertThat(store.spans()).extracting(PreviewSpan::spanId).containsExactly("2");
        assertThat(store.totals().spans()).isEqualTo(2);
        assertThat(store.totals().forgotten()).isEqualTo(1);
    }

    @Test
    void spans_beyondTheLimitOfBytes_theOldestGo() {
        for (int i = 0; i < 1_000; i++) {
            store.addSpans(List.of(span("s" + i)), 1_000);
        }

        assertThat(store.spans()).hasSize(125);
        assertThat(store.spans().getLast().spanId()).isEqualTo("s999");
        assertThat(store.totals().spans()).isEqualTo(1_000);
    }

    @Test
    void points_deltaOfTheSameWindow_countsOnce() {
        store.addPoints(List.of(point(Kind.DELTA, 1, 2, 5), point(Kind.DELTA, 1, 2, 5), point(Kind.DELTA, 2, 3, 7)));

        assertThat(sum()).isEqualTo(12);
        assertThat(store.totals().points()).isEqualTo(2);
        assertThat(store.totals().repeatedPoints()).isEqualTo(1);
    }

    @Test
    void points_cumulativeWithANewStart_addsToWhatWas() {
        store.addPoints(List.of(
                point(Kind.CUMULATIVE, 1, 1, 0),
                point(Kind.CUMULATIVE, 1, 2, 5),
                point(Kind.CUMULATIVE, 1, 4, 9),
                point(Kind.CUMULATIVE, 1, 3, 6),
                point(Kind.CUMULATIVE, 10, 11, 2)));

        assertThat(sum()).isEqualTo(11);
    }

    @Test
    void points_gauge_lastCounts() {
        store.addPoints(List.of(point(Kind.GAUGE, 0, 2, 5), point(Kind.GAUGE, 0, 3, 4), point(Kind.GAUGE, 0, 1, 9)));

        assertThat(sum()).isEqualTo(4);
    }

    @Test
    void percentile_liesStraightWithinItsBucket() {
        Amount amount = new Amount(
                100,
                0,
                Map.of(
                        new Range(Double.NEGATIVE_INFINITY, 1), 10L,
                        new Range(1, 2), 80L,
                        new Range(2, 4), 0L,
                        new Range(4, Double.POSITIVE_INFINITY), 10L));

        assertThat(amount.percentile(0.05)).hasValue(0.5);
        assertThat(amount.percentile(0.5)).hasValue(1.5);
        assertThat(amount.percentile(0.9)).hasValue(2);
        assertThat(amount.percentile(0.99)).hasValue(4);
        assertThat(Amount.ZERO.percentile(0.5)).isEmpty();
    }

    private double sum() {
        return store.metric("m").values().iterator().next().sum();
    }

    private static PreviewPoint point(Kind kind, long start, long time, double value) {
        return new PreviewPoint(SERIES, kind, start, time, Amount.number(value));
    }

    private static PreviewSpan span(String id) {
        return new PreviewSpan("t", id, "", "", "", Instant.EPOCH, Instant.EPOCH, false, "", Map.of());
    }
}
