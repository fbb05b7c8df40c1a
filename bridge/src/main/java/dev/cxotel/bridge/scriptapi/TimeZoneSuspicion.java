package dev.cxotel.bridge.scriptapi;

import java.time.Duration;
import java.util.Optional;

/**
 * The watch over one subscription's lags for a wrong {@code time_zone}: a zone-less time read in the wrong zone is off by
 * the same multiple of 15 minutes for every event. Twenty successive lags within 90 seconds of one such multiple other
 * than zero are a suspicion; the next lag that does not fit ends it. Nothing is shifted.
 */
public final class TimeZoneSuspicion {

    /** How many successive lags have to agree. */
    public static final int ENOUGH = 20;

    private static final long STEP_SECONDS = Duration.ofMinutes(15).toSeconds();
    private static final long TOLERANCE_SECONDS = 90;

    /** No two zones are further apart: UTC-12 and UTC+14. */
    private static final long LARGEST_SECONDS = Duration.ofHours(26).toSeconds();

    private long offsetSeconds;
    private int agreeing;

    /**
     * Adds the lag of the next event: its receive time minus its own time; negative when its own time is ahead. Returns
     * how far the events seem to be off, as long as they do.
     */
    public synchronized Optional<Duration> add(Duration lag) {
        long seconds = lag.toSeconds();
        long nearest = Math.floorDiv(seconds + STEP_SECONDS / 2, STEP_SECONDS) * STEP_SECONDS;
        boolean fits = nearest != 0
                && Math.abs(nearest) <= LARGEST_SECONDS
                && Math.abs(seconds - nearest) <= TOLERANCE_SECONDS;
        if (!fits) {
            agreeing = 0;
        } else if (agreeing > 0 && nearest == offsetSeconds) {
            agreeing = Math.min(agreeing + 1, ENOUGH);
        } else {
            offsetSeconds = nearest;
            agreeing = 1;
        }
        return agreeing >= ENOUGH ? Optional.of(Duration.ofSeconds(offsetSeconds)) : Optional.empty();
    }
}
