package dev.cxotel.bridge.pipeline.metrics;

import dev.cxotel.bridge.journal.Cursor;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.Page;
import dev.cxotel.bridge.pipeline.patience.StopSignal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * When the next metrics are due and which events they cover: what the interval brought, or at once when there is more
 * than one export holds.
 */
final class MetricPages {

    /** Most events of one export: what a crash can count twice at worst. */
    static final int MOST_EVENTS = 20_000;

    /** Most bytes of bodies in memory for one export. */
    static final long MOST_BYTES = 8L << 20;

    private final Cursor cursor;
    private final Duration interval;
    private final Duration spacing;
    private final InstantSource clock;
    private final StopSignal stop;
    private Instant due;

    /** @param spacing the least distance of two exports */
    MetricPages(Cursor cursor, Duration interval, Duration spacing, InstantSource clock, StopSignal stop) {
        this.cursor = cursor;
        this.interval = interval;
        this.spacing = spacing;
        this.clock = clock;
        this.stop = stop;
        this.due = clock.instant().plus(interval);
    }

    /** Waits until the next export is due, or a stop is requested, and reads; the page may be empty. */
    Page next() throws InterruptedException, JournalException {
        Duration wait = clock.instant().until(due);
        stop.await(wait.compareTo(interval) < 0 ? wait : interval);
        return read();
    }

    /** Reads at once. */
    Page read() throws InterruptedException, JournalException {
        Page page = cursor.poll(MOST_EVENTS, MOST_BYTES, Duration.ZERO);
        due = clock.instant().plus(page.isFull() && spacing.compareTo(interval) < 0 ? spacing : interval);
        return page;
    }
}
