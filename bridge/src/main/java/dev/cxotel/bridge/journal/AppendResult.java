package dev.cxotel.bridge.journal;

/** The end of an append. */
public sealed interface AppendResult {

    /**
     * Every event is durable, or already was.
     *
     * @param appended events stored: new ones, revisions and similar ones
     * @param duplicates events whose content was known
     * @param revised of {@code appended}, those with another content under a known key
     * @param similar of {@code appended}, those that merely look related
     * @param unreadable parts kept in quarantine
     */
    record Appended(int appended, int duplicates, int revised, int similar, int unreadable) implements AppendResult {}

    /**
     * Nothing was stored; the sender may try again.
     *
     * @param reason a fixed word in snake_case: {@code disk}, {@code min_free_disk}, {@code full}, {@code stopping}
     */
    record Unavailable(String reason, String detail) implements AppendResult {}
}
