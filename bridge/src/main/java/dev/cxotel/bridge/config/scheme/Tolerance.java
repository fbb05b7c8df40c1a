package dev.cxotel.bridge.config.scheme;

import java.time.Duration;

/**
 * How far a request's time may be from ours.
 *
 * @param past how old; a sender that refreshes its signature every five minutes reuses one for as long
 * @param future how far ahead
 */
public record Tolerance(Duration past, Duration future) {

    public static final Tolerance DEFAULT = new Tolerance(Duration.ofMinutes(10), Duration.ofMinutes(2));
}
