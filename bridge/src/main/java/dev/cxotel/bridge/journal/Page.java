package dev.cxotel.bridge.journal;

import java.util.List;

/**
 * What a cursor read: the events in {@code (from, to]} that concern its pipeline, in order.
 *
 * @param from the position of the cursor
 * @param to the last position looked at; commit it to move past everything that was read
 * @param isFull whether it ends where it does because it may hold no more, in events or in bytes
 */
public record Page(long from, long to, List<StoredEvent> events, boolean isFull) {
    public Page {
        events = List.copyOf(events);
    }

    public Page(long from, long to, List<StoredEvent> events) {
        this(from, to, events, false);
    }

    public boolean isEmpty() {
        return events.isEmpty();
    }
}
