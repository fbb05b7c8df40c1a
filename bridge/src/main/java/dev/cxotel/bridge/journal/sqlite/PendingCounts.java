package dev.cxotel.bridge.journal.sqlite;

/**
 * Deliveries that ended without an append, in memory until the next transaction writes them. A crash loses the last
 * seconds of them, never the rest.
 */
final class PendingCounts {

    private static final String EMPTY = "empty";

    private Tally tally = new Tally();

    synchronized void count(String subscription, String refusal) {
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
