package dev.cxotel.bridge.testing.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was done to the bridge and when, so that a repeat at a backend can be traced to its cause. Safe for any thread. */
final class Incidents {

    /** What can make a bridge send again what a backend has: it died, stood still, or gave up on an answer. */
    enum Cause {
        KILL,
        POWER_CUT,
        STANDSTILL,
        RESTART
    }

    private record Incident(long from, long to, Cause cause) {}

    private final List<Incident> incidents = new ArrayList<>();

    /** Runs {@code action} and remembers from when to when it happened. */
    void during(Cause cause, Action action) throws Exception {
        long from = System.nanoTime();
        synchronized (this) {
            incidents.add(new Incident(from, Long.MAX_VALUE, cause));
        }
        action.run();
        synchronized (this) {
            incidents.removeIf(incident -> incident.from() == from);
            incidents.add(new Incident(from, System.nanoTime(), cause));
        }
    }

    /** The first incident that overlaps the span of time. */
    synchronized Optional<Cause> between(long from, long to) {
        return incidents.stream()
                .filter(incident -> incident.from() <= to && incident.to() >= from)
                .map(Incident::cause)
                .findFirst();
    }

    /** Something that is done to a bridge. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }
}
