package dev.cxotel.bridge.event;

import java.time.Instant;

/**
 * One webhook as it was received.
 *
 * @param subscription the name of the subscription on whose path it arrived
 * @param body the decompressed body
 */
public record Delivery(String subscription, Instant receivedAt, Bytes body) {}
