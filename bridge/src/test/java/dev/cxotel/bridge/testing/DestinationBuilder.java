package dev.cxotel.bridge.testing;

import dev.cxotel.bridge.config.DestinationConfig;
import dev.cxotel.bridge.config.DestinationConfig.BadRequest;
import dev.cxotel.bridge.config.DestinationConfig.ClientCertificate;
import dev.cxotel.bridge.config.DestinationConfig.Histogram;
import dev.cxotel.bridge.config.DestinationConfig.Protocol;
import dev.cxotel.bridge.config.DestinationConfig.Style;
import dev.cxotel.bridge.config.DestinationConfig.Style.LateLogs;
import dev.cxotel.bridge.config.DestinationConfig.Temporality;
import dev.cxotel.bridge.config.FileText;
import dev.cxotel.bridge.signal.Signal;
import dev.cxotel.bridge.testing.books.Witness;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A destination's configuration for a test: all three signals, quick, cumulative, explicit. */
public final class DestinationBuilder {

    private final String name;
    private final Map<String, URI> endpoints = new HashMap<>();
    private Map<String, String> headers = Map.of();
    private boolean gzip = true;
    private Temporality temporality = Temporality.CUMULATIVE;
    private Histogram histogram = Histogram.EXPLICIT;
    private Set<String> subscriptions = Set.of();
    private Duration metricInterval = Duration.ofMillis(50);
    private Duration timeout = Duration.ofSeconds(60);
    private int maxRequestItems = 512;
    private Duration minPointSpacing = Duration.ZERO;
    private @Nullable Duration maxMetricAge;
    private @Nullable Path ca;
    private @Nullable URI proxy;
    private @Nullable ClientCertificate clientCertificate;
    private Protocol protocol = Protocol.HTTP_PROTOBUF;
    private BadRequest badRequest = BadRequest.ALL_OR_NOTHING;
    private boolean fromOldest;
    private Style style = Style.PLAIN;
    private Map<String, Map<String, String>> signalHeaders = Map.of();
    private Map<String, FileText> headerFiles = Map.of();

    public DestinationBuilder(String name, URI base, Signal... signals) {
        this.name = name;
        for (Signal signal : signals.length == 0 ? Signal.values() : signals) {
            endpoints.put(signal.configName(), base.resolve("/v1/" + signal.configName()));
        }
    }

    public DestinationBuilder endpoint(Signal signal, URI endpoint) {
        endpoints.put(signal.configName(), endpoint);
        return this;
    }

    public DestinationBuilder headers(Map<String, String> headers) {
        this.headers = headers;
        return this;
    }

    public DestinationBuilder gzip(boolean gzip) {
        this.gzip = gzip;
        return this;
    }

    public DestinationBuilder delta() {
        temporality = Temporality.DELTA;
        return this;
    }

    public DestinationBuilder exponential() {
        histogram = Histogram.EXPONENTIAL;
        return this;
    }

    public DestinationBuilder subscriptions(String... names) {
        subscriptions = Set.of(names);
        return this;
    }

    public DestinationBuilder metricInterval(Duration interval) {
        metricInterval = interval;
        return this;
    }

    public DestinationBuilder timeout(Duration timeout) {
        this.timeout = timeout;
        return this;
    }

    public DestinationBuilder maxRequestItems(int items) {
        maxRequestItems = items;
        return this;
    }

    public DestinationBuilder minPointSpacing(Duration spacing) {
        minPointSpacing = spacing;
        return this;
    }

    public DestinationBuilder maxMetricAge(Duration age) {
        maxMetricAge = age;
        return this;
    }

    public DestinationBuilder ca(Path pem) {
        ca = pem;
        return this;
    }

    public DestinationBuilder proxy(URI proxy) {
        this.proxy = proxy;
        return this;
    }

    public DestinationBuilder grpc() {
        protocol = Protocol.GRPC;
        return this;
    }

    public DestinationBuilder partialBadRequest() {
        badRequest = BadRequest.PARTIAL;
        return this;
    }

    /** A new pipeline begins with the oldest event. */
    public DestinationBuilder fromOldest() {
        fromOldest = true;
        return this;
    }

    public DestinationBuilder style(Style style) {
        this.style = style;
        return this;
    }

    public DestinationBuilder signalHeaders(Signal signal, Map<String, String> headers) {
        signalHeaders = Map.of(signal.configName(), headers);
        return this;
    }

    public DestinationBuilder headerFiles(Map<String, FileText> files) {
        headerFiles = files;
        return this;
    }

    public DestinationBuilder clientCertificate(Path certificate, Path privateKey) {
        clientCertificate = new ClientCertificate(certificate, privateKey);
        return this;
    }

    public DestinationBuilder maxSpanAge(Duration age) {
        style = style.withAges(Optional.of(age), style.maxLogAge(), style.lateLogs());
        return this;
    }

    public DestinationBuilder maxLogAge(Duration age, LateLogs late) {
        style = style.withAges(style.maxSpanAge(), Optional.of(age), late);
        return this;
    }

    public DestinationConfig build() {
        endpoints.values().forEach(endpoint -> Witness.sends(name, endpoint));
        return new DestinationConfig(
                name,
                "collector",
                endpoints,
                headers,
                gzip,
                temporality,
                histogram,
                subscriptions,
                metricInterval,
                Duration.ofMillis(20),
                timeout,
                1 << 20,
                maxRequestItems,
                minPointSpacing,
                Optional.ofNullable(maxMetricAge),
                false,
                Optional.ofNullable(ca),
                Optional.ofNullable(proxy),
                Optional.ofNullable(clientCertificate),
                protocol,
                badRequest,
                fromOldest,
                style,
                signalHeaders,
                headerFiles);
    }
}
