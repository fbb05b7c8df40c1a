package dev.cxotel.bridge.journal.sqlite.table;

import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Delivery;
import dev.cxotel.bridge.event.Unreadable;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.journal.QuarantinedEvent;
import dev.cxotel.bridge.journal.StoredEvent;
import dev.cxotel.bridge.journal.seal.Seal;
import dev.cxotel.bridge.journal.sqlite.database.Database;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * The rows of quarantine. An entry keeps its delivery and its event from retention, and is itself bounded: beyond
 * {@value #MOST_ENTRIES} entries or the bytes that the journal grants it the oldest go, counted. A body
 * that several entries share is stored once and counts once.
 */
public final class QuarantineTable {

    private static final int MOST_ENTRIES = 10_000;
    /** Most refused bodies that are kept, and their bytes. */
    private static final int REFUSED_ENTRIES = 100;

    private static final long REFUSED_BYTES = 10L << 20;

    private static final String INSERT = """
            insert into quarantine(at, delivery_id, seq, idx, destination, signal, reason, detail, bytes)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    /** The event's row for a later replay; no pipeline has such a name. */
    private static final String INSERT_FOR_NOBODY = """
            insert into event(seq, delivery_id, idx, type, revision, content, addressee) values (?, ?, ?, ?, ?, ?, '-')""";

    private static final String REFUSED_BEYOND = """
            select q.id from
              (select id, row_number() over newest as n, sum(length(body)) over newest as bytes
               from delivery where kind = %d window newest as (order by id desc)) d
            join quarantine q on q.delivery_id = d.id
            where d.n > ? or d.bytes > ?""".formatted(Schema.REFUSED);

    /** What is held was promised to be kept and has bounds of its own. */
    private static final String NOT_HELD = """
            not exists (select 1 from delivery d where d.id = quarantine.delivery_id and d.kind = %d)""".formatted(Schema.HELD);

    private static final String BODIES = """
            select sum(bytes) from
              (select max(bytes) as bytes from quarantine where %s group by delivery_id)""".formatted(NOT_HELD);

    private static final String HELD = """
            select count(*), coalesce(sum(q.bytes), 0)
            from delivery d join quarantine q on q.delivery_id = d.id where d.kind = %d""".formatted(Schema.HELD);

    private QuarantineTable() {}

    /** Keeps a part that could not be read; returns the number of rows inserted, which is 1. */
    public static int insertUnreadable(Database database, long deliveryId, Delivery delivery, Unreadable part)
            throws SQLException {
        return database.update(
                INSERT,
                Times.nanos(delivery.receivedAt()),
                deliveryId,
                null,
                part.index(),
                null,
                null,
                part.reason(),
                part.detail(),
                (long) delivery.body().size());
    }

    /** Keeps a refused body and lets the oldest refused ones go. */
    public static void insertRefused(Database database, Delivery delivery, String reason, String detail)
            throws SQLException {
        long id = Rows.insertDelivery(
                database, Schema.REFUSED, delivery.subscription(), delivery.receivedAt(), delivery.body());
        insertUnreadable(database, id, delivery, new Unreadable(0, reason, detail));
        for (long old : database.list(REFUSED_BEYOND, row -> row.getLong(1), REFUSED_ENTRIES, REFUSED_BYTES)) {
            remove(database, old);
            countDropped(database, 1);
        }
    }

    /** Holds a delivery with its request, unless that would be more than may be held; returns whether it does. */
    public static boolean insertHeld(Database database, Delivery delivery, Bytes request, String reason, long maxBytes)
            throws SQLException {
        long bytes = (long) delivery.body().size() + request.size();
        boolean room = database.first(
                        HELD, row -> row.getLong(1) < Journal.HELD_DELIVERIES && row.getLong(2) + bytes <= maxBytes)
                .orElseThrow();
        if (room) {
            long id = Rows.insertDelivery(
                    database, Schema.HELD, delivery.subscription(), delivery.receivedAt(), delivery.body());
            database.update(
                    "update delivery set headers = ? where id = ?",
                    database.seal().seal(Seal.Purpose.HEADERS, request),
                    id);
            database.update(INSERT, Times.nanos(delivery.receivedAt()), id, null, 0, null, null, reason, "", bytes);
        }
        return room;
    }

    /** Keeps an event that a pipeline could not deliver; its body is stored again when retention was faster. */
    public static void insertEvent(
            Database database, PipelineId pipeline, Instant now, StoredEvent event, QuarantinedEvent why)
            throws SQLException {
        long delivery = database.number("select delivery_id from event where seq = ?", event.seq());
        if (delivery == 0) {
            delivery = Rows.insertDelivery(
                    database,
                    Schema.WEBHOOK,
                    event.arrival().subscription(),
                    event.arrival().receivedAt(),
                    event.body());
            database.update(
                    INSERT_FOR_NOBODY,
                    event.seq(),
                    delivery,
                    event.index(),
                    event.type().id(),
                    event.arrival().revision(),
                    event.content().toBytes());
        }
        database.update(
                INSERT,
                Times.nanos(now),
                delivery,
                event.seq(),
                event.index(),
                pipeline.destination(),
                pipeline.signal(),
                why.reason(),
                why.detail(),
                (long) event.body().size());
    }

    /** The entries that are there. */
    public static long count(Database database) throws SQLException {
        return database.number("select count(*) from quarantine");
    }

    /** Removes the oldest entries beyond the bounds, at most {@code limit}; returns how many. */
    public static int removeBeyond(Database database, long maxBytes, int limit) throws SQLException {
        long entries = database.number("select count(*) from quarantine where " + NOT_HELD);
        long bytes = database.number(BODIES);
        if (entries <= MOST_ENTRIES && bytes <= maxBytes) {
            return 0;
        }
        record Old(long id, long delivery, long bytes) {}
        List<Old> oldest = database.list(
                "select id, delivery_id, bytes from quarantine where " + NOT_HELD + " order by id limit ?",
                row -> new Old(row.getLong(1), row.getLong(2), row.getLong(3)),
                limit);
        int removed = 0;
        for (Old entry : oldest) {
            if (entries <= MOST_ENTRIES && bytes <= maxBytes) {
                break;
            }
            remove(database, entry.id());
            entries--;
            if (database.number("select exists(select 1 from quarantine where delivery_id = ?)", entry.delivery())
                    == 0) {
                bytes -= entry.bytes();
            }
            removed++;
        }
        countDropped(database, removed);
        return removed;
    }

    /** Removes entries from before {@code before}, held ones too, at most {@code limit}; returns how many. */
    public static int removeOlder(Database database, long before, int limit) throws SQLException {
        List<Long> old = database.list(
                "select id from quarantine where at < ? order by id limit ?", row -> row.getLong(1), before, limit);
        for (long id : old) {
            remove(database, id);
        }
        countDropped(database, old.size());
        return old.size();
    }

    private static void countDropped(Database database, int dropped) throws SQLException {
        if (dropped > 0) {
            database.update("""
                    insert into counter(name, count) values ('quarantine_dropped', ?)
                    on conflict do update set count = count + excluded.count""", dropped);
        }
    }

    /** What bounds took away, ever. */
    public static long dropped(Database database) throws SQLException {
        return database.number("select count from counter where name = 'quarantine_dropped'");
    }

    /** Removes an entry on an operator's word; returns whether it was there. */
    public static boolean drop(Database database, long id) throws SQLException {
        boolean there = database.number("select count(*) from quarantine where id = ?", id) > 0;
        remove(database, id);
        return there;
    }

    /** Removes an entry, and its delivery when nothing else needs that. */
    public static void remove(Database database, long id) throws SQLException {
        long delivery = database.number("select delivery_id from quarantine where id = ?", id);
        database.update("delete from quarantine where id = ?", id);
        database.update("""
                delete from delivery where id = ?1
                  and not exists (select 1 from event where delivery_id = ?1)
                  and not exists (select 1 from quarantine where delivery_id = ?1)""", delivery);
    }
}
