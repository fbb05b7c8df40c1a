package dev.cxotel.bridge.receiver.listener;

import io.helidon.common.tls.Tls;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where and how patiently to listen.
 *
 * @param name names threads and log lines
 * @param port 0 takes a free one
 * @param maxConnections connections served at once; further ones wait in the accept queue
 * @param headTimeout from a connection's start, or a request's first byte, to the end of its head
 * @param idleTimeout between two requests of a connection
 * @param tick how often a silent connection is looked at: the precision of all deadlines
 * @param tls empty: plain HTTP
 * @param cuts told of each connection that is closed because its sender missed a deadline outside a body
 */
public record ListenerConfig(
        String name,
        String host,
        int port,
        int maxConnections,
        Duration headTimeout,
        Duration idleTimeout,
        Duration tick,
        Optional<Tls> tls,
        Consumer<Cut> cuts) {

    private static final Duration HEAD_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration TICK = Duration.ofSeconds(1);

    public static ListenerConfig of(String name, String host, int port, int maxConnections) {
        return new ListenerConfig(
                name, host, port, maxConnections, HEAD_TIMEOUT, IDLE_TIMEOUT, TICK, Optional.empty(), cut -> {});
    }

    /** The same with deadlines that hold for requests which must be complete within {@code timeout}. */
    public ListenerConfig withPatience(Duration timeout) {
        Duration quarter = timeout.dividedBy(4);
        return new ListenerConfig(
                name,
                host,
                port,
                maxConnections,
                timeout.compareTo(headTimeout) < 0 ? timeout : headTimeout,
                idleTimeout,
                quarter.compareTo(tick) < 0 ? quarter : tick,
                tls,
                cuts);
    }

    /** The same, speaking TLS. */
    public ListenerConfig withTls(Optional<Tls> other) {
        return new ListenerConfig(name, host, port, maxConnections, headTimeout, idleTimeout, tick, other, cuts);
    }

    /** The same, telling of the connections that are cut. */
    public ListenerConfig withCuts(Consumer<Cut> other) {
        return new ListenerConfig(name, host, port, maxConnections, headTimeout, idleTimeout, tick, tls, other);
    }
}
