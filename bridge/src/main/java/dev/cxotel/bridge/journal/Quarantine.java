package dev.cxotel.bridge.journal;

import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Delivery;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What could not be understood, delivered or verified, kept for the operator. */
public interface Quarantine {

    /** The newest entries first. */
    List<Entry> list(int limit) throws JournalException;

    /** The entry and its body. */
    Optional<Content> show(long id) throws JournalException;

    /** What a kept thing is, and so what a replay of it does. */
    enum Kind {
        /** A part of a delivery that is JSON but was not understood: it is decoded again. */
        UNREADABLE,
        /** An event that one pipeline could not deliver: it is offered to that pipeline again. */
        UNDELIVERED,
        /** A body that is not JSON: it is decoded again. */
        REFUSED,
        /** A delivery whose sender could not be verified: it is verified again, at its receive time. */
        HELD;

        public String configName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One kept thing.
     *
     * @param destination the pipeline that could not deliver it; empty when it was set aside at the door
     * @param seq the event; empty for an unreadable part, a refused body or a held delivery
     * @param index the part of the delivery's body
     * @param reason a fixed word in snake_case
     * @param detail one sentence; may hold payload values
     */
    record Entry(
            long id,
            Kind kind,
            Instant at,
            String subscription,
            Optional<PipelineId> destination,
            Optional<Long> seq,
            int index,
            String reason,
            String detail) {}

    /**
     * An entry with its delivery.
     *
     * @param request of a held delivery, what is needed to verify it again, as it was given to {@link Journal#hold}
     */
    record Content(Entry entry, Delivery delivery, Optional<Bytes> request) {
        public Bytes body() {
            return delivery.body();
        }
    }
}
