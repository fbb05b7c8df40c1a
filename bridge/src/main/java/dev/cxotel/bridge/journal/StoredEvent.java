package dev.cxotel.bridge.journal;

import dev.cxotel.bridge.event.Arrival;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.event.Hash;

/**
 * An event as the journal keeps it: a pointer into the body of its delivery.
 *
 * @param seq the position in the journal's order, from 1, never used twice
 * @param index the event's index in the delivery's body
 * @param content the identity's content hash
 * @param body the delivery's body, verified against the stored hash; events of one delivery share one object
 * @param damaged the body did not match its hash and must not be exported
 */
public record StoredEvent(
        long seq, EventType type, int index, Hash content, Arrival arrival, Bytes body, boolean damaged) {}
