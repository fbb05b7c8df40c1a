package dev.cxotel.bridge.testing.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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

    private final List<Incident> over = new ArrayList<>();
    private final List<Incident> open = new ArrayList<>();

    /**
     * It happens from now until {@link #end}. What ends a bridge lasts until the next one is ready: a backend reads what
     * the dead one sent from its socket, which can be a good while after the death.
     */
    synchronized void begin(Cause cause) {
        open.add(new Incident(System.nanoTime(), Long.MAX_VALUE, cause));
    }

    /** What happens is over. */
    synchronized void end() {
        long now = System.nanoTime();
        open.forEach(incident -> over.add(new Incident(incident.from(), now, incident.cause())));
        open.clear();
    }

    /** The first incident that overlaps the span of time. */
    synchronized Optional<Cause> between(long from, long to) {
        return Stream.concat(over.stream(), open.stream())
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
