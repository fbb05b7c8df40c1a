package dev.cxotel.bridge.config;

import java.util.List;

/**
 * The listener of the admin API.
 *
 * @param allowedHosts further values of the {@code Host} header that are accepted beside loopback names
 */
public record AdminConfig(String host, int port, List<String> allowedHosts) {

    public static final AdminConfig DEFAULT = new AdminConfig("127.0.0.1", 8088, List.of());

    public AdminConfig {
        allowedHosts = List.copyOf(allowedHosts);
    }
}
