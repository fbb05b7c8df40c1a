package dev.cxotel.bridge.event;

import java.util.List;

/** What became of a body: it was JSON and holds events and unreadable parts, or it was not JSON. */
public sealed interface Decoding {

    /**
     * The body was JSON. Both lists may be empty (a script event with empty {@code metadata}); their indexes are
     * disjoint and together count from 0.
     */
    record Decoded(List<Event> events, List<Unreadable> unreadable, List<Finding> findings) implements Decoding {
        public Decoded {
            events = List.copyOf(events);
            unreadable = List.copyOf(unreadable);
            findings = List.copyOf(findings);
        }
    }

    /**
     * The body is not JSON even after repair.
     *
     * @param problem one sentence for the sender, without payload values
     */
    record NotJson(String problem) implements Decoding {}
}
