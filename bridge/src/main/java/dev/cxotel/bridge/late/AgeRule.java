package dev.cxotel.bridge.late;

import dev.cxotel.bridge.journal.DerivedEvent;
import dev.cxotel.bridge.journal.StoredEvent;
import java.util.Optional;

/**
 * What becomes of an item that its destination may be too late for. It is asked before every attempt, because an item
 * grows old while it waits.
 */
@FunctionalInterface
public interface AgeRule<T> {
    /** An item's way. */
    sealed interface Way<T> {
        /**
         * It is sent.
         *
         * @param reason why it is not sent as it was made; empty when it is
         */
        record Send<T>(T item, String reason) implements Way<T> {}

        /**
         * It is not sent.
         *
         * @param instead the event that stands for it
         */
        record Skip<T>(String reason, Optional<DerivedEvent> instead) implements Way<T> {}
    }

    Way<T> judge(StoredEvent event, T item);

    /** No item is too old. */
    static <T> AgeRule<T> none() {
        return (event, item) -> new Way.Send<>(item, "");
    }
}
