package dev.cxotel.bridge.simulator;

import dev.cxotel.bridge.event.EventType;
import java.util.List;

/**
 * One body to be posted.
 *
 * @param number from 0; a redelivery has the number, and every byte, of its first delivery
 * @param type decides the path
 * @param facts one per event in the body, in order
 */
public record Webhook(long number, EventType type, String body, List<Fact> facts, boolean redelivery) {
    public Webhook {
        facts = List.copyOf(facts);
    }

    Webhook again() {
        return new Webhook(number, type, body, facts, true);
    }
}
