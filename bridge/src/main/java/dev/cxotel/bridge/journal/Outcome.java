package dev.cxotel.bridge.journal;

import java.util.Locale;

/** How an event ended for one pipeline; together with those waiting they sum up to those offered. */
public enum Outcome {
    EXPORTED,
    /** Some of what came of the event was accepted, some was not. */
    EXPORTED_IN_PART,
    /** Nothing was to be sent: the reason says why. */
    SKIPPED,
    /** The backend accepted the request and said that it refused this many items. */
    REJECTED,
    QUARANTINED,
    /** The backlog's age or size limit ended the waiting. */
    EXPIRED,
    /** An operator removed it. */
    DROPPED;

    public String configName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
