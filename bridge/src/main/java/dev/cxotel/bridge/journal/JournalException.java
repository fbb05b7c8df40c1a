package dev.cxotel.bridge.journal;

/** The journal cannot do its work just now: the disk is full, read-only or broken. Trying again later may help. */
public final class JournalException extends Exception {

    private static final long serialVersionUID = 1L;

    public JournalException(String message) {
        super(message);
    }

    public JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}
