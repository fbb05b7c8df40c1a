package dev.cxotel.bridge.journal;

import dev.cxotel.bridge.event.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What could not be understood or was refused alone, kept for the operator. */
public interface Quarantine {

    /** The newest entries first. */
    List<Entry> list(int limit) throws JournalException;

    /** The entry and its body. */
    Optional<Content> show(long id) throws JournalException;

    /**
     * One kept thing.
     *
     * @param destination the pipeline that could not deliver it; empty when it was set aside at the door
     * @param seq the event; empty for an unreadable part or a refused body
     * @param index the part of the delivery's body
     * @param reason a fixed word in snake_case
     * @param detail one sentence; may hold payload values
     */
    record Entry(
            long id,
            Instant at,
            String subscription,
            Optional<PipelineId> destination,
            Optional<Long> seq,
            int index,
            String reason,
            String detail) {}

    /** An entry with the body of its delivery. */
    record Content(Entry entry, Bytes body) {}
}
