package dev.cxotel.bridge.otlp.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricExporter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BornAtZeroTest {

    private static final AttributeKey<String> REASON = AttributeKey.stringKey("cxotel.reason");

    private final InMemoryMetricExporter exporter = InMemoryMetricExporter.create();
    private final SdkMeterProvider provider = provider(exporter);

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void export_seriesThatIsBornLater_stoodAtZeroAfterTheExportBefore() {
        var errors = provider.get("cxotel").counterBuilder("errors").build();
        errors.add(2, Attributes.of(REASON, "full"));
        List<PointData> first = export("errors");
        errors.add(1, Attributes.of(REASON, "full"));
        errors.add(5, Attributes.of(REASON, "slow"));
        List<PointData> second = export("errors");
        List<PointData> third = export("errors");

        assertThat(values(first)).containsExactly(0L, 2L);
        assertThat(first.getFirst().getEpochNanos())
                .isEqualTo(first.getFirst().getStartEpochNanos())
                .isLessThanOrEqualTo(first.getLast().getEpochNanos());
        assertThat(second.getFirst()).satisfies(zero -> {
            assertThat(zero.getAttributes().get(REASON)).isEqualTo("slow");
            assertThat(zero.getEpochNanos())
                    .isGreaterThanOrEqualTo(first.getLast().getEpochNanos())
                    .isLessThan(second.getLast().getEpochNanos());
        });
        assertThat(values(second)).startsWith(0L).containsExactlyInAnyOrder(0L, 3L, 5L);
        assertThat(values(third)).as("no zero twice").containsExactlyInAnyOrder(3L, 5L);
    }

    @Test
    void export_histogram_beginsWithEmptyBuckets() {
        provider.get("cxotel").histogramBuilder("lag").build().record(7);
        assertThat(export("lag").getFirst()).isInstanceOfSatisfying(HistogramPointData.class, zero -> {
            assertThat(zero.getCount()).isZero();
            assertThat(zero.getSum()).isZero();
            assertThat(zero.getCounts()).containsOnly(0L);
        });
    }

    @Test
    void export_whatMayFall_hasNoZero() {
        provider.get("cxotel").upDownCounterBuilder("open").build().add(4);
        provider.get("cxotel").gaugeBuilder("idle").buildWithCallback(idle -> idle.record(3));
        assertThat(export("open")).hasSize(1);
        assertThat(export("idle")).hasSize(1);
    }

    @Test
    void export_delta_hasNoZero() {
        InMemoryMetricExporter delta = InMemoryMetricExporter.create(AggregationTemporality.DELTA);
        try (SdkMeterProvider changes = provider(delta)) {
            changes.get("cxotel").counterBuilder("errors").build().add(2);
            changes.forceFlush().join(60, TimeUnit.SECONDS);
            assertThat(delta.getFinishedMetricItems())
                    .filteredOn(metric -> metric.getName().equals("errors"))
                    .hasSize(1);
        }
    }

    private static SdkMeterProvider provider(InMemoryMetricExporter exporter) {
        return SdkMeterProvider.builder()
                .registerMetricReader(PeriodicMetricReader.builder(new BornAtZero(exporter))
                        .setInterval(Duration.ofHours(1))
                        .build())
                .build();
    }

    /** All points of the metric in one export, in the order in which they are sent. */
    private List<PointData> export(String name) {
        exporter.reset();
        assertThat(provider.forceFlush().join(60, TimeUnit.SECONDS).isSuccess()).isTrue();
        return exporter.getFinishedMetricItems().stream()
                .filter(metric -> metric.getName().equals(name))
                .<PointData>flatMap(BornAtZeroTest::points)
                .toList();
    }

    private static Stream<? extends PointData> points(MetricData metric) {
        return metric.getData().getPoints().stream();
    }

    private static List<Long> values(List<PointData> points) {
        return points.stream().map(point -> ((LongPointData) point).getValue()).toList();
    }
}
