package dev.cxotel.bridge.otlp;

import dev.cxotel.bridge.config.ConfigException;
import dev.cxotel.bridge.config.DestinationConfig;
import dev.cxotel.bridge.config.DestinationConfig.Histogram;
import dev.cxotel.bridge.config.DestinationConfig.Temporality;
import dev.cxotel.bridge.signal.Signal;
import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.common.export.MemoryMode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import io.opentelemetry.sdk.metrics.export.DefaultAggregationSelector;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * One backend that takes OTLP. Each call sends one request on the calling thread and says what became of it; nothing is
 * retried, kept or logged here. Safe for any thread.
 */
public final class Destination implements AutoCloseable {

    private final DestinationConfig config;
    private final ExecutorService threads;
    private final HttpClient client;
    private final RequestHeaders headers;
    private final ComponentLoader senders;
    private final Optional<OtlpHttpSpanExporter> spans;
    private final Optional<OtlpHttpMetricExporter> metrics;
    private final Optional<OtlpHttpLogRecordExporter> logs;

    /**
     * Opens no connection yet.
     *
     * @param userAgent the {@code User-Agent} of every request: {@code cxotel/<version>}
     * @throws ConfigException when a header, the proxy or the certificate authorities cannot be used
     */
    public Destination(DestinationConfig config, String userAgent, InstantSource clock) throws ConfigException {
        SdkLogs.silence();
        this.config = config;
        this.threads = Executors.newVirtualThreadPerTaskExecutor();
        this.client = Connections.to(config, threads);
        this.headers = new RequestHeaders(config, clock);
        this.senders = only((HttpSenderProvider) sender -> new OtlpSender(client, sender, userAgent, clock));
        this.spans = endpoint(Signal.TRACES).map(this::spanExporter);
        this.metrics = endpoint(Signal.METRICS).map(this::metricExporter);
        this.logs = endpoint(Signal.LOGS).map(this::logExporter);
    }

    public DestinationConfig config() {
        return config;
    }

    /** Whether there is an endpoint for the signal. */
    public boolean takes(Signal signal) {
        return endpoint(signal).isPresent();
    }

    public ExportResult exportSpans(Collection<SpanData> batch) {
        return sent(() -> of(spans, Signal.TRACES).export(batch));
    }

    public ExportResult exportMetrics(Collection<MetricData> batch) {
        return sent(() -> of(metrics, Signal.METRICS).export(batch));
    }

    public ExportResult exportLogs(Collection<LogRecordData> batch) {
        return sent(() -> of(logs, Signal.LOGS).export(batch));
    }

    /** An exporter for a reader of the bridge's own metrics, in the destination's temporality; empty without metrics. */
    public Optional<MetricExporter> selfTelemetry() {
        return endpoint(Signal.METRICS).map(this::metricExporter);
    }

    /** The temporality that the backend wants, by kind of instrument. */
    public AggregationTemporalitySelector temporality() {
        return config.temporality() == Temporality.DELTA
                ? AggregationTemporalitySelector.deltaPreferred()
                : AggregationTemporalitySelector.alwaysCumulative();
    }

    /** The kind of histogram that the backend wants. */
    public DefaultAggregationSelector aggregation() {
        return config.histogram() == Histogram.EXPONENTIAL
                ? DefaultAggregationSelector.getDefault()
                        .with(InstrumentType.HISTOGRAM, Aggregation.base2ExponentialBucketHistogram())
                : DefaultAggregationSelector.getDefault();
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        client.shutdownNow();
        threads.shutdownNow();
    }

    @Override
    public String toString() {
        return "Destination[" + config.name() + "]";
    }

    private ExportResult sent(Supplier<?> export) {
        ExportResult result = Exchange.of(export);
        if (result instanceof ExportResult.Unauthorized) {
            headers.refused();
        }
        return result;
    }

    private Optional<URI> endpoint(Signal signal) {
        return Optional.ofNullable(config.endpoints().get(signal.configName()));
    }

    private <T> T of(Optional<T> exporter, Signal signal) {
        return exporter.orElseThrow(
                () -> new IllegalStateException(config.name() + " takes no " + signal.configName()));
    }

    private OtlpHttpSpanExporter spanExporter(URI endpoint) {
        return OtlpHttpSpanExporter.builder()
                .setEndpoint(endpoint.toString())
                .setHeaders(headers.of(Signal.TRACES))
                .setCompression(compression())
                .setTimeout(config.timeout())
                .setRetryPolicy(null)
                .setComponentLoader(senders)
                .build();
    }

    private OtlpHttpMetricExporter metricExporter(URI endpoint) {
        return OtlpHttpMetricExporter.builder()
                .setEndpoint(endpoint.toString())
                .setHeaders(headers.of(Signal.METRICS))
                .setCompression(compression())
                .setTimeout(config.timeout())
                .setRetryPolicy(null)
                .setComponentLoader(senders)
                .setAggregationTemporalitySelector(temporality())
                .setDefaultAggregationSelector(aggregation())
                .setMemoryMode(MemoryMode.IMMUTABLE_DATA)
                .build();
    }

    private OtlpHttpLogRecordExporter logExporter(URI endpoint) {
        return OtlpHttpLogRecordExporter.builder()
                .setEndpoint(endpoint.toString())
                .setHeaders(headers.of(Signal.LOGS))
                .setCompression(compression())
                .setTimeout(config.timeout())
                .setRetryPolicy(null)
                .setComponentLoader(senders)
                .build();
    }

    private String compression() {
        return config.gzip() ? "gzip" : "none";
    }

    private static ComponentLoader only(HttpSenderProvider provider) {
        return new ComponentLoader() {
            @Override
            public <T> Iterable<T> load(Class<T> type) {
                return type.isInstance(provider) ? List.of(type.cast(provider)) : List.of();
            }
        };
    }
}
