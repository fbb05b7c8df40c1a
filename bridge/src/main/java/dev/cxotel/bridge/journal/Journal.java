package dev.cxotel.bridge.journal;

import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Delivery;
import dev.cxotel.bridge.event.Event;
import dev.cxotel.bridge.event.Unreadable;
import java.util.List;
import java.util.Set;

/**
 * The durable log between the webhook and the destinations: what {@link #append} accepted survives the loss of the
 * process and of power, and every cursor sees it. All methods are safe for any thread and block.
 */
public interface Journal extends AutoCloseable {

    /** The most deliveries that are held, and the bytes of their bodies and requests. */
    int HELD_DELIVERIES = 1_000;

    long HELD_BYTES = 64L << 20;

    /**
     * Stores the delivery with its events and unreadable parts in one transaction, and returns when that is synced to
     * disk. Events whose identity is known are not stored again. A delivery of which nothing new remains leaves only its
     * counts.
     */
    AppendResult append(Delivery delivery, List<Event> events, List<Unreadable> unreadable);

    /**
     * Counts a delivery that ended without an append: an empty one or a refused one. Held in memory, written with the
     * next group commit and at least every 10 s.
     *
     * @param refusal {@code empty}, or why it was refused, a fixed word in snake_case
     */
    void count(String subscription, String refusal);

    /** Keeps a body that was refused because it is not JSON, bounded to the last ones; no event, no cursor sees it. */
    void keepRefused(Delivery delivery, String reason, String detail);

    /**
     * Keeps a delivery whose sender could not be verified, with the request as it came, so that it can be verified again
     * later; no event, no cursor sees it. At most {@value #HELD_DELIVERIES} deliveries and {@value #HELD_BYTES} bytes, or a
     * tenth of {@code max_size}, are held: beyond that the new one is not kept. Counts nothing in the ledger: how the sender is answered is counted with
     * {@link #count}.
     *
     * @param request what is needed to verify it again; its form is the caller's
     * @param reason a fixed word in snake_case
     * @return whether it is kept, durably: only then may the sender be told so
     */
    boolean hold(Delivery delivery, Bytes request, String reason);

    /** The cursor of the pipeline, born at {@code start} when there is none yet. */
    Cursor cursor(PipelineId pipeline, Start start) throws JournalException;

    /**
     * A cursor that only memory knows, beginning now: no ledger names it, nothing is retained for it, and what was removed
     * before it was read is not seen. Quarantined and derived events of its commits are not kept.
     */
    Cursor tail(PipelineId pipeline) throws JournalException;

    /** Removes the cursors of all pipelines but these; returns a line per removed one that says what it had waiting. */
    List<String> retainPipelines(Set<PipelineId> pipelines) throws JournalException;

    Ledger ledger() throws JournalException;

    Quarantine quarantine();

    Operations operations();

    /** The contacts, open and lately closed. */
    Contacts contacts();

    /** Sizes and ages for health and self-metrics; cheap, from memory. */
    JournalStatus status();

    /** A random identifier that is as old as the journal: the {@code service.instance.id}. */
    String instanceId();

    /** Commits what was asked for, checkpoints and releases the lock. */
    @Override
    void close();

    /** Where a new pipeline begins. */
    enum Start {
        NOW,
        OLDEST_RETAINED
    }
}
