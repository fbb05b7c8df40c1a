package dev.cxotel.bridge.console;

/** The end of a call to the bridge that runs on a journal. */
public sealed interface AdminAnswer {

    /** The bridge answered with success; {@code json} is what it said. */
    record Ok(String json) implements AdminAnswer {}

    /** The bridge answered, but did not do it. */
    record Refused(int status, String detail) implements AdminAnswer {}

    /**
     * No bridge runs on this journal: the caller may take its lock.
     *
     * @param why one sentence
     */
    record NoBridge(String why) implements AdminAnswer {}
}
