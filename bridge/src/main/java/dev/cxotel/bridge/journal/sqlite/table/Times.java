package dev.cxotel.bridge.journal.sqlite.table;

import java.time.Instant;

/** Instants as the journal keeps them: nanoseconds since 1970, from 1677 to 2262. */
public final class Times {

    private static final long NANOS = 1_000_000_000L;

    private Times() {}

    /** The instant as the journal keeps it. */
    public static long nanos(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), NANOS), instant.getNano());
    }

    /** The instant that the journal kept. */
    public static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }
}
