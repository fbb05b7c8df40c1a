package dev.cxotel.bridge.journal;

import java.time.Duration;
import java.util.Optional;

/**
 * One pipeline's place in the journal. Reading does not move it; only a commit does, and the pipeline commits only what
 * its destination accepted or what ended otherwise. Used by one thread at a time.
 */
public interface Cursor {

    PipelineId id();

    /**
     * Waits at most {@code wait} for events after the cursor and reads them: at most {@code maxEvents}, and no more
     * bodies than {@code maxBytes} but always one event. The page is in memory; no statement stays open.
     */
    Page poll(int maxEvents, long maxBytes, Duration wait) throws JournalException, InterruptedException;

    /** The events in {@code (position, to]}, however many: what a stored window folds again. */
    Page pollTo(long to) throws JournalException;

    /** Ends the page's events, stores quarantined and derived ones, moves the cursor; durable when it returns. */
    void commit(Commit commit) throws JournalException;

    /** Stores the window of the export about to be sent; durable when it returns. */
    void reserve(Window window) throws JournalException;

    /** The window that was reserved and not yet committed. */
    Optional<Window> pendingWindow();

    /** The last window that was committed. */
    Optional<Window> lastWindow();
}
