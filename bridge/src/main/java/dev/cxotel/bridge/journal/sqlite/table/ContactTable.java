package dev.cxotel.bridge.journal.sqlite.table;

import dev.cxotel.bridge.contact.Contact;
import dev.cxotel.bridge.event.Activity.Quality;
import dev.cxotel.bridge.journal.Contacts;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.sqlite.database.Database;
import dev.cxotel.bridge.journal.sqlite.database.Readers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The rows of the contacts. {@code state} holds the names of the subscriptions, one a line. */
public final class ContactTable implements Contacts {

    private static final String COLUMNS = """
            key, state, subscription, first_at, last_at, first_received_at, last_received_at, last_seq, legs, calls, errors,
              verdict, due_at, closed_at""";
    private static final String FIND = "select " + COLUMNS + " from contact where key = ?";
    private static final String DUE =
            "select " + COLUMNS + " from contact where closed_at is null and due_at < ? order by due_at, key limit ?";
    private static final String PUT =
            "insert or replace into contact(" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private final Readers readers;

    /** @param readers the threads that look */
    public ContactTable(Readers readers) {
        this.readers = readers;
    }

    @Override
    public Map<String, Contact> find(Collection<String> keys) throws JournalException {
        return readers.read(database -> {
            Map<String, Contact> found = new HashMap<>();
            database.beginRead();
            try {
                for (String key : keys) {
                    database.first(FIND, ContactTable::read, key).ifPresent(contact -> found.put(key, contact));
                }
            } finally {
                database.rollback();
            }
            return found;
        });
    }

    @Override
    public List<Contact> due(Instant time, int limit) throws JournalException {
        return readers.read(database -> database.list(DUE, ContactTable::read, Times.nanos(time), limit));
    }

    @Override
    public long open() throws JournalException {
        return readers.read(database -> database.number("select count(*) from contact where closed_at is null"));
    }

    /** Writes the row of a contact in place of the one that is there. */
    public static void put(Database database, Contact contact) throws SQLException {
        database.update(
                PUT,
                contact.key(),
                String.join("\n", contact.subscriptions()),
                contact.subscription(),
                contact.firstEpochNanos(),
                contact.lastEpochNanos(),
                Times.nanos(contact.firstReceived()),
                Times.nanos(contact.lastReceived()),
                contact.lastSeq(),
                contact.legs(),
                contact.calls(),
                contact.errors(),
                contact.quality().id(),
                Times.nanos(contact.dueAt()),
                contact.closedAt().map(Times::nanos).orElse(null));
    }

    /** Forgets at most {@code limit} contacts that closed before, the oldest first. */
    public static int forgetClosed(Database database, long before, int limit) throws SQLException {
        return database.update("""
                delete from contact where key in
                  (select key from contact where closed_at is not null and closed_at < ? order by closed_at limit ?)""", before, limit);
    }

    private static Contact read(ResultSet row) throws SQLException {
        long closedAt = row.getLong(14);
        boolean open = row.wasNull();
        SortedSet<String> subscriptions = new TreeSet<>(List.of(row.getString(2).split("\n", -1)));
        return new Contact(
                row.getString(1),
                Collections.unmodifiableSortedSet(subscriptions),
                row.getString(3),
                row.getLong(4),
                row.getLong(5),
                Times.instant(row.getLong(6)),
                Times.instant(row.getLong(7)),
                row.getLong(8),
                row.getInt(9),
                row.getInt(10),
                row.getInt(11),
                Quality.fromId(row.getInt(12)),
                Times.instant(row.getLong(13)),
                open ? Optional.empty() : Optional.of(Times.instant(closedAt)));
    }
}
