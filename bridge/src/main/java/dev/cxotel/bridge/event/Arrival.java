package dev.cxotel.bridge.event;

import java.time.Instant;

/**
 * The circumstances under which an event was stored: what a translation may use beside the event itself.
 *
 * @param bodyHash SHA-256 of the delivery's body
 * @param revision 0 for the first content under its key, then 1, 2, …
 */
public record Arrival(String subscription, Instant receivedAt, Hash bodyHash, int revision) {}
