package dev.cxotel.bridge.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cxotel.semconv.MetricDefinition;
import dev.cxotel.semconv.MetricDefinition.Instrument;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricExporter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OtelTelemetryTest {

    private static final MetricDefinition EVENTS = metric("cxotel.test.events", Instrument.COUNTER, "{event}");
    private static final MetricDefinition OPEN = metric("cxotel.test.open", Instrument.UPDOWNCOUNTER, "{request}");
    private static final MetricDefinition LAG = metric("cxotel.test.lag", Instrument.HISTOGRAM, "s", 1.0, 60.0, 3600.0);
    private static final MetricDefinition DURATION = metric("cxotel.test.duration", Instrument.HISTOGRAM, "s");
    private static final MetricDefinition SIZE = metric("cxotel.test.size", Instrument.GAUGE, "By");
    private static final Attributes VOICE = Attributes.of(AttributeKey.stringKey("cxotel.subscription.name"), "voice");

    private final InMemoryMetricExporter delta = InMemoryMetricExporter.create(AggregationTemporality.DELTA);
    private final OtelTelemetry telemetry = OtelTelemetry.create(
            new SelfResource(Optional.empty(), "instance-1", "1.2.3", Map.of("deployment.environment.name", "test")),
            List.of(new SelfExport(delta, Duration.ofHours(1))));

    @AfterEach
    void close() {
        telemetry.close();
    }

    @Test
    void scrape_counter_hasTotalAndLabels() {
        telemetry.add(EVENTS, 2, VOICE);
        telemetry.add(EVENTS, 3, VOICE);

        assertThat(telemetry.scrape())
                .contains("# TYPE cxotel_test_events_total counter")
                .contains("cxotel_test_events_total{cxotel_subscription_name=\"voice\"} 5.0");
    }

    @Test
    void scrape_upDownCounter_goesDown() {
        telemetry.add(OPEN, 2, Attributes.empty());
        telemetry.add(OPEN, -1, Attributes.empty());

        assertThat(telemetry.scrape()).containsPattern("cxotel_test_open(\\{\\})? 1\\.0");
    }

    @Test
    void scrape_histogram_hasTheDefinitionsBounds() {
        telemetry.record(LAG, 42, Attributes.empty());

        assertThat(telemetry.scrape())
                .contains("cxotel_test_lag_seconds_bucket{le=\"1.0\"} 0")
                .contains("cxotel_test_lag_seconds_bucket{le=\"60.0\"} 1")
                .contains("cxotel_test_lag_seconds_bucket{le=\"3600.0\"} 1")
                .contains("cxotel_test_lag_seconds_sum 42.0");
    }

    @Test
    void scrape_durationWithoutBounds_hasBoundsInSeconds() {
        telemetry.record(DURATION, 0.004, Attributes.empty());

        assertThat(telemetry.scrape()).contains("cxotel_test_duration_seconds_bucket{le=\"0.005\"} 1");
    }

    @Test
    void gauge_closed_isNotReadAgain() {
        AtomicLong reads = new AtomicLong();
        Telemetry.Registration registration = telemetry.gauge(
                SIZE, () -> List.of(new Telemetry.Reading(reads.incrementAndGet(), Attributes.empty())));

        assertThat(telemetry.scrape()).contains("cxotel_test_size_bytes 1.0");
        registration.close();

        assertThat(telemetry.scrape()).doesNotContain("cxotel_test_size_bytes");
        assertThat(reads).hasValue(1);
    }

    @Test
    void gauge_registeredTwice_isOneMetricOfBoth() {
        telemetry.gauge(SIZE, () -> List.of(new Telemetry.Reading(1, VOICE)));
        telemetry.gauge(SIZE, () -> List.of(new Telemetry.Reading(2, Attributes.empty())));

        assertThat(telemetry.scrape())
                .contains("cxotel_test_size_bytes 2.0")
                .contains("cxotel_test_size_bytes{cxotel_subscription_name=\"voice\"} 1.0");
    }

    @Test
    void gauge_thatThrows_doesNotSpoilTheOthers() {
        telemetry.gauge(SIZE, () -> {
            throw new IllegalStateException("a part that is just stopping");
        });
        telemetry.add(EVENTS, 1, VOICE);

        assertThat(telemetry.scrape()).contains("cxotel_test_events_total");
    }

    @Test
    void scrape_machine_isThere() {
        assertThat(telemetry.scrape()).contains("jvm_memory_used_bytes").contains("jvm_thread_count");
    }

    @Test
    void scrape_resource_isTargetInfo() {
        assertThat(telemetry.scrape())
                .containsPattern("target_info\\{.*service_instance_id=\"instance-1\"")
                .containsPattern("target_info\\{.*service_name=\"cxotel\"")
                .containsPattern("target_info\\{.*service_version=\"1.2.3\"");
    }

    @Test
    void flush_pushesWithTheExportersTemporality() {
        telemetry.add(EVENTS, 2, VOICE);
        assertThat(telemetry.flush()).isTrue();
        delta.reset();
        telemetry.add(EVENTS, 3, VOICE);
        assertThat(telemetry.flush()).isTrue();

        MetricData pushed = delta.getFinishedMetricItems().stream()
                .filter(metric -> metric.getName().equals(EVENTS.name()))
                .findFirst()
                .orElseThrow();
        assertThat(pushed.getLongSumData().getPoints()).singleElement().satisfies(point -> assertThat(point.getValue())
                .isEqualTo(3));
        assertThat(pushed.getResource().getAttribute(AttributeKey.stringKey("deployment.environment.name")))
                .isEqualTo("test");
    }

    @Test
    void resource_serviceNameOfTheEnvironment_wins() {
        assertThat(new SelfResource(Optional.of("my-bridge"), "i", "v", Map.of("service.name", "configured"))
                        .toResource()
                        .getAttribute(AttributeKey.stringKey("service.name")))
                .isEqualTo("my-bridge");
        assertThat(new SelfResource(Optional.of(" "), "i", "v", Map.of())
                        .toResource()
                        .getAttribute(AttributeKey.stringKey("service.name")))
                .isEqualTo("cxotel");
    }

    @Test
    void add_notACounter_isABug() {
        assertThatIllegalArgumentException().isThrownBy(() -> telemetry.add(LAG, 1, VOICE));
        assertThatIllegalArgumentException().isThrownBy(() -> telemetry.record(EVENTS, 1, VOICE));
    }

    private static MetricDefinition metric(String name, Instrument instrument, String unit, Double... bounds) {
        return new MetricDefinition(
                name, instrument, unit, "A metric of this test.", List.of(bounds), List.of(), List.of());
    }
}
