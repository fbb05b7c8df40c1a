package dev.cxotel.bridge.config;

import java.util.List;
import java.util.Optional;

/**
 * Who may send to a subscription, before any proof, and how often.
 *
 * @param allowFrom CIDR blocks; empty: everywhere
 * @param requestsPerSecond sustained; a burst of as many is let through; empty: no limit
 */
public record AccessConfig(List<String> allowFrom, Optional<Double> requestsPerSecond) {

    public static final AccessConfig ANYONE = new AccessConfig(List.of(), Optional.empty());

    public AccessConfig {
        allowFrom = List.copyOf(allowFrom);
    }
}
