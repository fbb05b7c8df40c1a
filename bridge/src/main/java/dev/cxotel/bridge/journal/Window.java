package dev.cxotel.bridge.journal;

import java.time.Instant;

/**
 * The bounds of one delta export, stored before it is sent, so that a retry or a restart folds exactly the same events
 * into points with exactly the same times.
 *
 * @param to the last event of the fold
 * @param start the points' start time
 * @param end the points' time
 * @param translation names what makes points of events; under another name the same events make other points. Empty:
 *     not known
 */
public record Window(long to, Instant start, Instant end, String translation) {
    public Window(long to, Instant start, Instant end) {
        this(to, start, end, "");
    }
}
