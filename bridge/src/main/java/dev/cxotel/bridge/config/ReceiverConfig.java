package dev.cxotel.bridge.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The listener that CXone posts to.
 *
 * @param port 0 takes a free one
 * @param maxBodySize bytes of a decompressed body
 * @param maxInFlightBytes bytes of all bodies being read or waiting for the journal; empty: an eighth of the heap
 * @param successStatus the one status of every success: 200, 202 or 204
 * @param probeStatus the answer to GET and HEAD on a subscription's path: 405 or 200
 * @param bodyTimeout how long a sender may take for its body
 * @param stopTimeout how long a stop waits for requests in flight and for pipelines to flush
 * @param trustedProxies CIDR blocks whose forwarding headers are believed
 * @param tls empty: plain HTTP
 */
public record ReceiverConfig(
        String host,
        int port,
        long maxBodySize,
        Optional<Long> maxInFlightBytes,
        int maxConnections,
        int successStatus,
        int probeStatus,
        Duration bodyTimeout,
        Duration stopTimeout,
        List<String> trustedProxies,
        boolean http2,
        List<SubscriptionConfig> subscriptions,
        Optional<TlsConfig> tls) {

    public static final String DEFAULT_HOST = "127.0.0.1";
    public static final int DEFAULT_PORT = 8080;

    public static final ReceiverConfig DEFAULT = new ReceiverConfig(
            DEFAULT_HOST,
            DEFAULT_PORT,
            1L << 20,
            Optional.empty(),
            512,
            200,
            405,
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            List.of(),
            false,
            SubscriptionConfig.DEFAULTS,
            Optional.empty());

    public ReceiverConfig {
        trustedProxies = List.copyOf(trustedProxies);
        subscriptions = List.copyOf(subscriptions);
    }
}
