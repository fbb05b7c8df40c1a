package dev.cxotel.bridge.receiver;

import java.time.Duration;
import java.util.Optional;

/** The watch over one subscription's script events for a time zone that is set wrong. Safe for any thread. */
@FunctionalInterface
public interface ZoneWatch {

    /** Suspects nothing. */
    ZoneWatch NONE = lag -> Optional.empty();

    /**
     * Adds the lag of the next event: its receive time less its own time. Returns how far the events seem to be off, as
     * long as they do.
     */
    Optional<Duration> add(Duration lag);
}
