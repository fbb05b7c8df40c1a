package dev.cxotel.bridge.journal;

import java.util.List;

/**
 * What a cursor read: the events in {@code (from, to]} that concern its pipeline, in order.
 *
 * @param from the position of the cursor
 * @param to the last position looked at; commit it to move past everything that was read
 */
public record Page(long from, long to, List<StoredEvent> events) {
    public Page {
        events = List.copyOf(events);
    }

    public boolean isEmpty() {
        return events.isEmpty();
    }
}
