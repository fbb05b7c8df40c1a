package dev.cxotel.bridge.journal.sqlite.upkeep;

import dev.cxotel.bridge.journal.sqlite.database.Tally;

/**
 * Deliveries that ended without an append, in memory until the next transaction writes them. A crash loses the last
 * seconds of them, never the rest.
 */
public final class PendingCounts {

    private static final String EMPTY = "empty";

    private Tally tally = new Tally();

    /** Counts a delivery that was empty, or refused for another reason. */
    public synchronized void count(String subscription, String refusal) {
        Tally.Line line = tally.line(subscription);
        line.receive();
        if (refusal.equals(EMPTY)) {
            line.findEmpty();
        } else {
            line.refuse(refusal);
        }
    }

    synchronized Tally drain() {
        Tally drained = tally;
        tally = new Tally();
        return drained;
    }

    /** Takes back what could not be written. */
    synchronized void restore(Tally drained) {
        tally.add(drained);
    }
}
