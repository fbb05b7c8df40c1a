package dev.cxotel.bridge.testing;

import dev.cxotel.bridge.config.ReceiverConfig;
import dev.cxotel.bridge.config.SubscriptionConfig;
import dev.cxotel.bridge.config.TlsConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A receiver's configuration for a test: any free port of loopback, small bodies, plain HTTP. */
public final class ReceiverBuilder {

    private final List<SubscriptionConfig> subscriptions;
    private String host = ReceiverConfig.DEFAULT_HOST;
    private long maxBodySize = 64 << 10;
    private Optional<Long> maxInFlightBytes = Optional.of(4L << 20);
    private int maxConnections = 512;
    private int successStatus = 200;
    private int probeStatus = 405;
    private Duration bodyTimeout = Duration.ofSeconds(10);
    private Duration stopTimeout = Duration.ofSeconds(10);
    private List<String> trustedProxies = List.of();
    private boolean http2;
    private Optional<TlsConfig> tls = Optional.empty();

    public ReceiverBuilder(SubscriptionConfig... subscriptions) {
        this.subscriptions = List.of(subscriptions);
    }

    public ReceiverBuilder host(String host) {
        this.host = host;
        return this;
    }

    public ReceiverBuilder maxBodySize(long bytes) {
        maxBodySize = bytes;
        return this;
    }

    /** Of all bodies together; empty: an eighth of the heap. */
    public ReceiverBuilder maxInFlightBytes(Optional<Long> bytes) {
        maxInFlightBytes = bytes;
        return this;
    }

    public ReceiverBuilder maxConnections(int connections) {
        maxConnections = connections;
        return this;
    }

    public ReceiverBuilder statuses(int success, int probe) {
        successStatus = success;
        probeStatus = probe;
        return this;
    }

    public ReceiverBuilder bodyTimeout(Duration timeout) {
        bodyTimeout = timeout;
        return this;
    }

    public ReceiverBuilder stopTimeout(Duration timeout) {
        stopTimeout = timeout;
        return this;
    }

    public ReceiverBuilder trustedProxies(List<String> blocks) {
        trustedProxies = blocks;
        return this;
    }

    public ReceiverBuilder http2(boolean http2) {
        this.http2 = http2;
        return this;
    }

    public ReceiverBuilder tls(Optional<TlsConfig> tls) {
        this.tls = tls;
        return this;
    }

    public ReceiverConfig build() {
        return new ReceiverConfig(
                host,
                0,
                maxBodySize,
                maxInFlightBytes,
                maxConnections,
                successStatus,
                probeStatus,
                bodyTimeout,
                stopTimeout,
                trustedProxies,
                http2,
                subscriptions,
                tls);
    }
}
