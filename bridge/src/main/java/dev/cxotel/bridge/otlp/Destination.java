package dev.cxotel.bridge.otlp;

import dev.cxotel.bridge.config.ConfigException;
import dev.cxotel.bridge.config.DestinationConfig;
import dev.cxotel.bridge.config.DestinationConfig.Histogram;
import dev.cxotel.bridge.config.DestinationConfig.Temporality;
import dev.cxotel.bridge.otlp.answer.BackendClock;
import dev.cxotel.bridge.otlp.answer.ExportResult;
import dev.cxotel.bridge.otlp.connection.Connections;
import dev.cxotel.bridge.otlp.connection.RequestHeaders;
import dev.cxotel.bridge.otlp.connection.Tls;
import dev.cxotel.bridge.otlp.dialect.BornAtZero;
import dev.cxotel.bridge.otlp.dialect.TaggedMetrics;
import dev.cxotel.bridge.signal.Signal;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import io.opentelemetry.sdk.metrics.export.DefaultAggregationSelector;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
    private final BackendClock backendClock = new BackendClock();
    private final Exporters exporters;
    private final Optional<SpanExporter> spans;
    private final Optional<MetricExporter> metrics;
    private final Optional<LogRecordExporter> logs;

    /**
     * Lets a user and password through to the proxies of HTTPS destinations, which the Java platform does not by itself. Has
     * an effect only before the process's first HTTP client, whoever makes that.
     */
    public static void allowProxyPasswords() {
        Connections.allowProxyPasswords();
    }

    /**
     * Opens no connection yet.
     *
     * @param userAgent the {@code User-Agent} of every request: {@code cxotel/<version>}
     * @throws ConfigException when a header, the proxy, the certificate authorities or the client certificate cannot be used
     */
    public Destination(DestinationConfig config, String userAgent, InstantSource clock) throws ConfigException {
        SdkLogs.silence();
        this.config = config;
        this.threads = Executors.newVirtualThreadPerTaskExecutor();
        Connections.checkHeaders(config);
        Tls tls = Tls.of(config);
        this.client = Connections.to(config, tls, threads);
        this.headers = new RequestHeaders(config, clock);
        this.exporters = exporters(tls, userAgent, clock);
        this.spans = endpoint(Signal.TRACES).map(exporters::spans);
        this.metrics = endpoint(Signal.METRICS).map(exporters::metrics);
        this.logs = endpoint(Signal.LOGS).map(exporters::logs);
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

    /**
     * An exporter for a reader of the bridge's own metrics, in the destination's temporality and with the attributes that it
     * wants on each point; cumulative series begin with a zero. Empty without metrics.
     */
    public Optional<MetricExporter> selfTelemetry() {
        List<String> names = config.style().metricAttributes();
        return endpoint(Signal.METRICS)
                .map(exporters::metrics)
                .<MetricExporter>map(exporter -> names.isEmpty() ? exporter : new TaggedMetrics(exporter, names))
                .map(BornAtZero::new);
    }

    /** How far the backend's clock is ahead of ours, to the second; empty before it answered, and over gRPC. */
    public Optional<Duration> clockAhead() {
        return backendClock.ahead();
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
        spans.ifPresent(SpanExporter::shutdown);
        metrics.ifPresent(MetricExporter::shutdown);
        logs.ifPresent(LogRecordExporter::shutdown);
        client.shutdownNow();
        threads.shutdownNow();
    }

    @Override
    public String toString() {
        return "Destination[" + config.name() + "]";
    }

    /** A key that was refused is read again before the next request, and a person is told what was sent. */
    private ExportResult sent(Supplier<?> export) {
        ExportResult result = Exchange.of(export);
        if (!(result instanceof ExportResult.Unauthorized refused)) {
            return result;
        }
        headers.refused();
        Set<String> names = new TreeSet<>(config.headers().keySet());
        config.signalHeaders().values().forEach(each -> names.addAll(each.keySet()));
        String sent = names.isEmpty() ? "no header with a key was sent" : "headers sent: " + String.join(", ", names);
        return new ExportResult.Unauthorized(
                refused.status(),
                (refused.message() + " [" + sent + "; they are destinations." + config.name()
                                + ".headers and what its preset takes from variables, or OTEL_EXPORTER_OTLP_HEADERS]")
                        .strip());
    }

    private Optional<URI> endpoint(Signal signal) {
        return Optional.ofNullable(config.endpoints().get(signal.configName()));
    }

    private <T> T of(Optional<T> exporter, Signal signal) {
        return exporter.orElseThrow(
                () -> new IllegalStateException(config.name() + " takes no " + signal.configName()));
    }

    private Exporters exporters(Tls tls, String userAgent, InstantSource clock) {
        return switch (config.protocol()) {
            case HTTP_PROTOBUF -> {
                HttpSenderProvider senders =
                        sender -> new OtlpSender(client, sender, config.badRequest(), userAgent, clock, backendClock);
                yield new HttpExporters(settings(senders));
            }
            case GRPC -> new GrpcExporters(settings(new GrpcSenders(userAgent, config.badRequest())), tls);
        };
    }

    private ExportSettings settings(Object senders) {
        return new ExportSettings(config, headers, Exporters.only(senders), temporality(), aggregation());
    }
}
