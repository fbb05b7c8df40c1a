package dev.cxotel.bridge.journal.sqlite;

import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.Page;
import dev.cxotel.bridge.journal.sqlite.database.JournalState;
import java.time.Duration;

/** The wait for a page: read, move past what is for others, and sleep until something was appended. */
final class Polling {

    /** Reads the page after the cursor. */
    interface Reading {
        Page read() throws JournalException;
    }

    /** Moves the cursor past a page without events; returns an empty page from where it then is. */
    interface Passing {
        Page pass(Page empty) throws JournalException;
    }

    private final JournalState state;
    private final Reading reading;
    private final Passing passing;

    Polling(JournalState state, Reading reading, Passing passing) {
        this.state = state;
        this.reading = reading;
        this.passing = passing;
    }

    /** The first page with events, or an empty one when {@code wait} is over or the journal closes. */
    Page poll(Duration wait) throws JournalException, InterruptedException {
        long deadline = System.nanoTime() + wait.toNanos();
        while (true) {
            Page page = reading.read();
            if (!page.isEmpty()) {
                return page;
            }
            page = passing.pass(page);
            if (state.awaitAfter(page.to(), deadline - System.nanoTime()) <= 0) {
                return page;
            }
        }
    }
}
