package dev.cxotel.bridge.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One backend, after its preset was applied.
 *
 * @param preset the name of the preset it was made from
 * @param endpoints the full URL per signal ({@code traces}, {@code metrics}, {@code logs}); the keys are the signals
 *     it takes
 * @param headers sent with every request; values are secrets
 * @param subscriptions the subscriptions whose events it takes; empty: all
 * @param metricInterval how often metrics are exported
 * @param batchDelay the longest wait of spans and logs for a fuller batch
 * @param timeout of one export request
 * @param maxRequestBytes bytes of a request before compression
 * @param maxRequestItems items of a request
 * @param minPointSpacing the least distance of two points of one series; zero: none
 * @param maxMetricAge points older than this are rebuilt with a new time; empty: never
 * @param selfTelemetry whether the bridge's own metrics go there too
 * @param ca extra certificate authorities, PEM
 * @param clientCertificate what the bridge presents to it
 * @param badRequest what a 400 says of the rest of its batch
 * @param fromOldest whether a pipeline born now begins with the oldest retained event, not with the next one
 * @param style what it wants to be different in the telemetry itself
 * @param proxy an HTTP proxy for its requests, {@code http://host:port} or {@code http://user:password@host:port}
 * @param signalHeaders headers of the requests of one signal, beside {@code headers}, by signal; values are secrets
 * @param headerFiles the headers of both kinds, by name, whose values stand in files, wholly or in part
 */
public record DestinationConfig(
        String name,
        String preset,
        Map<String, URI> endpoints,
        Map<String, String> headers,
        boolean gzip,
        Temporality temporality,
        Histogram histogram,
        Set<String> subscriptions,
        Duration metricInterval,
        Duration batchDelay,
        Duration timeout,
        long maxRequestBytes,
        int maxRequestItems,
        Duration minPointSpacing,
        Optional<Duration> maxMetricAge,
        boolean selfTelemetry,
        Optional<Path> ca,
        Optional<URI> proxy,
        Optional<ClientCertificate> clientCertificate,
        Protocol protocol,
        BadRequest badRequest,
        boolean fromOldest,
        Style style,
        Map<String, Map<String, String>> signalHeaders,
        Map<String, FileText> headerFiles) {

    public DestinationConfig {
        endpoints = Map.copyOf(endpoints);
        headers = Map.copyOf(headers);
        subscriptions = Set.copyOf(subscriptions);
        signalHeaders = Map.copyOf(signalHeaders);
        headerFiles = Map.copyOf(headerFiles);
    }

    /** The destination that feeds a preview on this machine: all signals, often. */
    public static DestinationConfig toPreview(String name, URI endpoint) {
        return new DestinationConfig(
                name,
                "collector",
                Map.of(
                        "traces", endpoint.resolve("/v1/traces"),
                        "metrics", endpoint.resolve("/v1/metrics"),
                        "logs", endpoint.resolve("/v1/logs")),
                Map.of(),
                true,
                Temporality.CUMULATIVE,
                Histogram.EXPLICIT,
                Set.of(),
                Duration.ofSeconds(1),
                Duration.ofMillis(250),
                Duration.ofSeconds(10),
                1L << 20,
                512,
                Duration.ZERO,
                Optional.empty(),
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Protocol.HTTP_PROTOBUF,
                BadRequest.ALL_OR_NOTHING,
                false,
                Style.PLAIN,
                Map.of(),
                Map.of());
    }

    /** Secrets are not shown. */
    @Override
    public String toString() {
        return "DestinationConfig[" + name + ", " + preset + ", " + endpoints + ", headers=" + headers.keySet() + "]";
    }

    /** Whether a point counts since the last one or since the start. */
    public enum Temporality {
        CUMULATIVE,
        DELTA
    }

    /** The kind of histogram. */
    public enum Histogram {
        EXPLICIT,
        EXPONENTIAL
    }

    /** How OTLP is carried. */
    public enum Protocol {
        HTTP_PROTOBUF,
        GRPC
    }

    /** What a 400 says of the rest of its batch. */
    public enum BadRequest {
        /** Nothing of it was stored. */
        ALL_OR_NOTHING,
        /** The good part was stored; sending halves again would double it. */
        PARTIAL
    }

    /** A certificate and its key, PEM. */
    public record ClientCertificate(Path certificate, Path privateKey) {}

    /**
     * What a backend wants to be different in the telemetry itself.
     *
     * @param maxSpanAge spans that ended before are not sent as spans; empty: any age
     * @param maxLogAge log records older than this are not sent with their own time; empty: any age
     * @param maxAttributes attributes of a span or log record; 0: no limit
     * @param maxAttributeLength bytes in UTF-8 of a span's or log record's text value; 0: no limit
     * @param maxMetricAttributeLength bytes in UTF-8 of a metric point's text value; 0: no limit
     * @param eventNameAttribute whether the event name is repeated as the attribute {@code event.name}
     * @param spanAttributes attributes added to each span; {@code {span_name}} in a value is its name and
     *     {@code {operation}} the kind of thing it stands for: {@code cxone.script.api} for a CLIENT span, else
     *     {@code cxone.} and the name with {@code _} for spaces, such as {@code cxone.call_leg}
     * @param metricAttributes names of resource attributes repeated on each metric point
     * @param traceLink a link to a trace in its user interface, with {@code {trace_id}}
     */
    public record Style(
            Optional<Duration> maxSpanAge,
            Optional<Duration> maxLogAge,
            LateLogs lateLogs,
            int maxAttributes,
            int maxAttributeLength,
            int maxMetricAttributeLength,
            boolean eventNameAttribute,
            Map<String, String> spanAttributes,
            List<String> metricAttributes,
            Optional<String> traceLink) {

        public static final Style PLAIN = new Style(
                Optional.empty(),
                Optional.empty(),
                LateLogs.RESTAMP,
                0,
                0,
                0,
                false,
                Map.of(),
                List.of(),
                Optional.empty());

        public Style {
            spanAttributes = Map.copyOf(spanAttributes);
            metricAttributes = List.copyOf(metricAttributes);
        }

        /** The same with other ages. */
        public Style withAges(Optional<Duration> span, Optional<Duration> log, LateLogs late) {
            return new Style(
                    span,
                    log,
                    late,
                    maxAttributes,
                    maxAttributeLength,
                    maxMetricAttributeLength,
                    eventNameAttribute,
                    spanAttributes,
                    metricAttributes,
                    traceLink);
        }

        /** The same with another link. */
        public Style withTraceLink(String link) {
            return new Style(
                    maxSpanAge,
                    maxLogAge,
                    lateLogs,
                    maxAttributes,
                    maxAttributeLength,
                    maxMetricAttributeLength,
                    eventNameAttribute,
                    spanAttributes,
                    metricAttributes,
                    Optional.of(link));
        }

        /** What happens to a log record that is too old. */
        public enum LateLogs {
            /** It is sent with the present time; its own stands in an attribute. */
            RESTAMP,
            DROP
        }
    }
}
