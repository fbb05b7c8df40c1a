package dev.cxotel.bridge.pipeline.fold;

import dev.cxotel.bridge.otlp.dialect.OnDemandReader;
import dev.cxotel.bridge.signal.Measurement;
import dev.cxotel.semconv.MetricDefinition;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogramBuilder;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.MeterBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.ExemplarFilter;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The SDK's meters of one resource: measurements go in, points come out when they are collected. For one thread. */
final class ResourceMeter implements AutoCloseable {

    /** An instrument of any kind. */
    @FunctionalInterface
    private interface Recorder {
        void record(double value, Attributes attributes, Context context);
    }

    private final SdkMeterProvider provider;
    private final OnDemandReader reader;
    private final Meter meter;
    private final Map<String, Recorder> instruments = new HashMap<>();

    ResourceMeter(Resource resource, MeterSettings settings, SetClock clock) {
        reader = new OnDemandReader(settings.temporality(), settings.aggregation());
        provider = SdkMeterProvider.builder()
                .setResource(resource)
                .setClock(clock)
                .setExemplarFilter(ExemplarFilter.traceBased())
                .registerMetricReader(reader, type -> settings.cardinalityLimit())
                .build();
        meter = meter(settings.scope());
    }

    void record(Measurement measurement) {
        instruments
                .computeIfAbsent(measurement.metric().name(), name -> recorder(measurement.metric()))
                .record(measurement.value(), measurement.attributes(), context(measurement));
    }

    List<MetricData> collect() {
        return reader.collect();
    }

    @Override
    public void close() {
        provider.close();
    }

    /** Only histograms carry exemplars: their choice of exemplars is what links a bad bucket to its trace. */
    private static Context context(Measurement measurement) {
        SpanContext span = measurement.span();
        return span.isValid() && measurement.metric().instrument() == MetricDefinition.Instrument.HISTOGRAM
                ? Context.root().with(Span.wrap(span))
                : Context.root();
    }

    private Meter meter(InstrumentationScopeInfo scope) {
        MeterBuilder builder = provider.meterBuilder(scope.getName());
        if (scope.getVersion() != null) {
            builder.setInstrumentationVersion(scope.getVersion());
        }
        if (scope.getSchemaUrl() != null) {
            builder.setSchemaUrl(scope.getSchemaUrl());
        }
        return builder.build();
    }

    private Recorder recorder(MetricDefinition metric) {
        return switch (metric.instrument()) {
            case COUNTER -> {
                var counter = meter.counterBuilder(metric.name())
                        .setUnit(metric.unit())
                        .setDescription(metric.description())
                        .build();
                yield (value, attributes, context) -> counter.add(Math.round(value), attributes, context);
            }
            case UPDOWNCOUNTER -> {
                var counter = meter.upDownCounterBuilder(metric.name())
                        .setUnit(metric.unit())
                        .setDescription(metric.description())
                        .build();
                yield (value, attributes, context) -> counter.add(Math.round(value), attributes, context);
            }
            case GAUGE ->
                meter.gaugeBuilder(metric.name())
                        .setUnit(metric.unit())
                        .setDescription(metric.description())
                        .build()::set;
            case HISTOGRAM -> {
                DoubleHistogramBuilder builder = meter.histogramBuilder(metric.name())
                        .setUnit(metric.unit())
                        .setDescription(metric.description());
                if (!metric.bounds().isEmpty()) {
                    builder.setExplicitBucketBoundariesAdvice(metric.bounds());
                }
                yield builder.build()::record;
            }
        };
    }
}
