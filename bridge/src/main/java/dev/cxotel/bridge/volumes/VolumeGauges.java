package dev.cxotel.bridge.volumes;

import dev.cxotel.bridge.signal.Scope;
import dev.cxotel.semconv.CxoneAttributes;
import dev.cxotel.semconv.MetricDefinition;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The volumes on their way to one destination, again and again. What cannot be sent is dropped, since the next number says
 * how things are by then; no cursor and no ledger knows of them. What the SDK measures about itself is left out: it is no
 * word of CXone's.
 */
public final class VolumeGauges implements AutoCloseable {

    private static final long CLOSE_SECONDS = 1;

    private final SdkMeterProvider provider;

    /**
     * Starts to send.
     *
     * @param exporter closed with the gauges
     * @param enabled whether a gauge is exported at all
     * @param byUnit whether a gauge is split by business unit
     */
    public VolumeGauges(
            Volumes volumes,
            Resource resource,
            MetricExporter exporter,
            Duration interval,
            Predicate<MetricDefinition> enabled,
            Predicate<MetricDefinition> byUnit) {
        this.provider = SdkMeterProvider.builder()
                .setResource(resource)
                .registerView(
                        InstrumentSelector.builder().setName("otel.sdk.*").build(),
                        View.builder().setAggregation(Aggregation.drop()).build())
                .registerMetricReader(PeriodicMetricReader.builder(exporter)
                        .setInterval(interval)
                        .build())
                .build();
        Meter meter = provider.meterBuilder(Scope.NAME)
                .setInstrumentationVersion(Scope.VERSION)
                .setSchemaUrl(Scope.SCHEMA_URL)
                .build();
        Volumes.GAUGES.stream().filter(enabled).forEach(gauge -> meter.gaugeBuilder(gauge.name())
                .setUnit(gauge.unit())
                .setDescription(gauge.description())
                .buildWithCallback(measurement -> observe(volumes.of(gauge), byUnit.test(gauge), measurement)));
    }

    private static void observe(Map<String, Long> numbers, boolean byUnit, ObservableDoubleMeasurement measurement) {
        if (numbers.isEmpty()) {
            return;
        }
        if (!byUnit) {
            measurement.record(
                    numbers.values().stream().mapToDouble(Long::doubleValue).sum());
            return;
        }
        numbers.forEach((unit, number) -> {
            if (!unit.isEmpty()) {
                measurement.record(number.doubleValue(), Attributes.of(CxoneAttributes.CXONE_BUSINESS_UNIT_ID, unit));
            } else if (number > 0 || numbers.size() == 1) {
                measurement.record(number.doubleValue());
            }
        });
    }

    /** Sends a last time, waiting at most a second, and ends. */
    @Override
    public void close() {
        provider.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
