package dev.cxotel.bridge.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
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
 * @param proxy an HTTP proxy for its requests, {@code http://host:port}
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
        Optional<URI> proxy) {

    public DestinationConfig {
        endpoints = Map.copyOf(endpoints);
        headers = Map.copyOf(headers);
        subscriptions = Set.copyOf(subscriptions);
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
                Optional.empty());
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
}
