package dev.cxotel.bridge.journal;

import dev.cxotel.bridge.contact.Contact;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The contacts that the journal knows: the open ones, and those that closed within the deduplication window. They change
 * only with a commit ({@link Commit#contacts()}), so that they always agree with the cursor that read their events.
 */
public interface Contacts {

    /** Those of {@code keys} that are known, by their key. */
    Map<String, Contact> find(Collection<String> keys) throws JournalException;

    /** At most {@code limit} open contacts that were due before {@code time}, the longest due first. */
    List<Contact> due(Instant time, int limit) throws JournalException;

    /** How many are open. */
    long open() throws JournalException;
}
