package dev.cxotel.bridge.config;

/** The listener for probes and scrapes. */
public record HealthConfig(String host, int port) {
    public static final HealthConfig DEFAULT = new HealthConfig("0.0.0.0", 8089);
}
