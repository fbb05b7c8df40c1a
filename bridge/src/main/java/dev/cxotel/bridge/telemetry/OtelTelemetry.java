package dev.cxotel.bridge.telemetry;

import dev.cxotel.semconv.MetricDefinition;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.DoubleHistogramBuilder;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleGauge;
import io.opentelemetry.exporter.prometheus.PrometheusMetricReader;
import io.opentelemetry.instrumentation.runtimetelemetry.RuntimeTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.SdkMeterProviderBuilder;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The bridge's own metrics on a meter provider of its own: pulled as Prometheus text and pushed to any number of
 * destinations. The Java machine's metrics ({@code jvm.*}) come along. All methods are safe for any thread.
 */
public final class OtelTelemetry implements Telemetry, AutoCloseable {

    /** The content type of what {@link #scrape} writes. */
    public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private static final String SCOPE = "dev.cxotel.bridge";

    /** The bounds of OpenTelemetry's HTTP conventions, for a duration whose definition has none. */
    private static final List<Double> SECONDS =
            List.of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);

    private static final long CLOSE_SECONDS = 5;

    private final SdkMeterProvider provider;
    private final PrometheusMetricReader prometheus;
    private final RuntimeTelemetry runtime;
    private final Meter meter;
    private final PrometheusTextFormatWriter text = PrometheusTextFormatWriter.create();
    private final Map<String, LongCounter> counters = new ConcurrentHashMap<>();
    private final Map<String, LongUpDownCounter> upDownCounters = new ConcurrentHashMap<>();
    private final Map<String, DoubleHistogram> histograms = new ConcurrentHashMap<>();

    private OtelTelemetry(SdkMeterProvider provider, PrometheusMetricReader prometheus, String version) {
        this.provider = provider;
        this.prometheus = prometheus;
        this.runtime = RuntimeTelemetry.create(
                OpenTelemetrySdk.builder().setMeterProvider(provider).build());
        this.meter =
                provider.meterBuilder(SCOPE).setInstrumentationVersion(version).build();
    }

    /** Starts to measure, and to push where {@code exports} say. */
    public static OtelTelemetry create(SelfResource resource, List<SelfExport> exports) {
        PrometheusMetricReader prometheus = PrometheusMetricReader.builder()
                .setOtelScopeLabelsEnabled(false)
                .build();
        SdkMeterProviderBuilder builder =
                SdkMeterProvider.builder().setResource(resource.toResource()).registerMetricReader(prometheus);
        for (SelfExport export : exports) {
            builder.registerMetricReader(PeriodicMetricReader.builder(export.exporter())
                    .setInterval(export.interval())
                    .build());
        }
        return new OtelTelemetry(builder.build(), prometheus, resource.version());
    }

    @Override
    public void add(MetricDefinition counter, long increment, Attributes attributes) {
        switch (counter.instrument()) {
            case COUNTER ->
                counters.computeIfAbsent(counter.name(), name -> newCounter(counter))
                        .add(increment, attributes);
            case UPDOWNCOUNTER ->
                upDownCounters
                        .computeIfAbsent(counter.name(), name -> newUpDownCounter(counter))
                        .add(increment, attributes);
            case GAUGE, HISTOGRAM -> throw wrongInstrument(counter, "a counter");
        }
    }

    @Override
    public void record(MetricDefinition histogram, double value, Attributes attributes) {
        switch (histogram.instrument()) {
            case HISTOGRAM ->
                histograms
                        .computeIfAbsent(histogram.name(), name -> newHistogram(histogram))
                        .record(value, attributes);
            case COUNTER, UPDOWNCOUNTER, GAUGE -> throw wrongInstrument(histogram, "a histogram");
        }
    }

    /** Several registrations of one gauge are one metric; their attributes must tell them apart. */
    @Override
    public Registration gauge(MetricDefinition gauge, Supplier<List<Reading>> readings) {
        ObservableDoubleGauge instrument = meter.gaugeBuilder(gauge.name())
                .setUnit(gauge.unit())
                .setDescription(gauge.description())
                .buildWithCallback(measurement ->
                        readings.get().forEach(reading -> measurement.record(reading.value(), reading.attributes())));
        return instrument::close;
    }

    /** The present values as Prometheus text. */
    public String scrape() {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        try {
            scrape(page);
        } catch (IOException e) {
            throw new IllegalStateException("memory refuses to be written", e);
        }
        return page.toString(StandardCharsets.UTF_8);
    }

    /** Writes the present values as Prometheus text, UTF-8; does not close {@code page}. */
    public void scrape(OutputStream page) throws IOException {
        text.write(page, prometheus.collect());
    }

    /** Pushes what was measured until now; waits at most 5 s, and says whether all destinations took it. */
    public boolean flush() {
        return provider.forceFlush().join(CLOSE_SECONDS, TimeUnit.SECONDS).isSuccess();
    }

    /** Pushes a last time, waiting at most 5 s, and ends. */
    @Override
    public void close() {
        runtime.close();
        provider.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS);
    }

    private LongCounter newCounter(MetricDefinition counter) {
        return meter.counterBuilder(counter.name())
                .setUnit(counter.unit())
                .setDescription(counter.description())
                .build();
    }

    private LongUpDownCounter newUpDownCounter(MetricDefinition counter) {
        return meter.upDownCounterBuilder(counter.name())
                .setUnit(counter.unit())
                .setDescription(counter.description())
                .build();
    }

    private DoubleHistogram newHistogram(MetricDefinition histogram) {
        DoubleHistogramBuilder builder = meter.histogramBuilder(histogram.name())
                .setUnit(histogram.unit())
                .setDescription(histogram.description());
        if (!histogram.bounds().isEmpty()) {
            builder.setExplicitBucketBoundariesAdvice(histogram.bounds());
        } else if (histogram.unit().equals("s")) {
            builder.setExplicitBucketBoundariesAdvice(SECONDS);
        }
        return builder.build();
    }

    private static IllegalArgumentException wrongInstrument(MetricDefinition metric, String wanted) {
        return new IllegalArgumentException(metric.name() + " is " + metric.instrument() + ", not " + wanted);
    }
}
