package dev.cxotel.bridge.journal.sqlite.database;

import java.util.Locale;

/**
 * A guard of the journal, broken on purpose, so that a test can show that it would notice. Named by the system property
 * {@value #PROPERTY}; nothing but a test sets it, and a journal that opens with one says so in an error log.
 */
public enum Mutant {
    NONE,
    /** No commit is ever synced. */
    SYNCHRONOUS_OFF,
    /** Only checkpoints are synced, commits are not. */
    SYNCHRONOUS_NORMAL,
    /** The sender is told before the commit. */
    ANSWER_BEFORE_COMMIT,
    /** A cursor moves when a page is read, not when its events were accepted. */
    CURSOR_BEFORE_ACCEPTANCE,
    /** A repeat is not recognised. */
    IDENTITY_DROPPED,
    /** Contacts and their root spans change in a transaction after the one that moves the cursor. */
    CONTACTS_APART,
    /** A body that does not match its hash is taken for sound. */
    HASH_UNCHECKED,
    /** What is offered again leaves quarantine in the next transaction only. */
    REPLAY_KEEPS_ENTRY,
    /** What is offered again leaves quarantine one transaction before. */
    REPLAY_LOSES_EVENT;

    /** The system property that names a mutant. */
    public static final String PROPERTY = "cxotel.test.mutant";

    /** The mutant that the property names; {@link #NONE} without it. */
    public static Mutant fromSystemProperty() {
        return valueOf(System.getProperty(PROPERTY, NONE.name()).toUpperCase(Locale.ROOT));
    }
}
