package dev.cxotel.bridge.journal;

import dev.cxotel.bridge.event.Event;
import dev.cxotel.bridge.event.Unreadable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an operator may do to a journal. Each change is one transaction, so that it happens once however often it is asked
 * for and whenever the process dies.
 */
public interface Operations {

    /** Removes the entry from quarantine; returns whether it was there. */
    boolean drop(long entry) throws JournalException;

    /**
     * Appends what the entry's delivery turned out to hold, with its original receive time, and takes out of quarantine
     * what is understood now. Events that are known are not appended again. A part that still is among {@code unreadable}
     * stays.
     *
     * @return how it ended; empty when the entry is not there any more, or is an event that a pipeline could not deliver
     */
    Optional<AppendResult.Appended> readmit(long entry, List<Event> events, List<Unreadable> unreadable)
            throws JournalException;

    /** Offers the undelivered event of the entry to its pipeline once more and takes the entry out of quarantine. */
    Offer offerAgain(long entry) throws JournalException;

    /**
     * Offers what was received in {@code [from, to)} and is retained to the pipeline once more, behind what waits there, a
     * piece at a time, so that new events never wait for more than one piece. Goes on after a restart; who asks for the
     * same range again before that replay has ended gets that one, not a second.
     *
     * @return the replay as it begins, or is; empty when there is no such pipeline
     */
    Optional<Replay> replay(PipelineId pipeline, Instant from, Instant to, String who) throws JournalException;

    /** The replays that were asked for last, the newest first. */
    List<Replay> replays() throws JournalException;

    /** Records who changed what: durable when it returns. */
    void audit(String who, String action, String detail, long count) throws JournalException;

    /** Reads everything and compares it with its hashes and sums; takes its time and disturbs nobody. */
    JournalCheck check() throws JournalException;

    /** Writes a copy of one moment's state, which must not exist yet; returns its bytes. */
    long backup(Path to) throws JournalException;

    /** How offering an event again ended. */
    enum Offer {
        OFFERED,
        /** The entry is not there, or is none of an undelivered event. */
        GONE,
        /** Its destination or signal is not configured any more. */
        NO_PIPELINE
    }

    /**
     * A replay.
     *
     * @param total the events that it was to offer when it was asked for
     * @param offered of them, those that were offered so far
     * @param waiting of the offered ones, those that have not ended yet
     * @param complete whether everything was offered; an event that was removed meanwhile is not
     */
    record Replay(
            long id,
            PipelineId pipeline,
            Instant from,
            Instant to,
            long total,
            long offered,
            long waiting,
            boolean complete) {}
}
