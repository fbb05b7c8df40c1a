package dev.cxotel.bridge.journal.sqlite;

import dev.cxotel.bridge.event.Arrival;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.event.Hash;
import dev.cxotel.bridge.journal.Page;
import dev.cxotel.bridge.journal.StoredEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads the page after a pipeline's position, in one state of the file. Used once. */
final class PageReader {

    private static final String SELECT = """
            select e.seq, e.type, e.idx, e.content, e.revision, e.delivery_id, d.subscription, d.received_at, d.body_hash,
              length(d.body)
            from event e join delivery d on d.id = e.delivery_id
            where e.seq > ? and e.seq <= ? and (e.addressee is null or e.addressee = ?)
            order by e.seq limit ?""";

    private final Database database;
    private final long maxBytes;
    private final List<StoredEvent> events = new ArrayList<>();
    private long bytes;
    private boolean cut;
    private long delivery;
    private Bytes body = Bytes.EMPTY;
    private Hash bodyHash = Hash.of("");
    private boolean damaged;

    PageReader(Database database, long maxBytes) {
        this.database = database;
        this.maxBytes = maxBytes;
    }

    /** At most {@code maxEvents} events up to {@code to}, {@link Long#MAX_VALUE} for all that there are. */
    Page read(long pipeline, String destination, int maxEvents, long to) throws SQLException {
        database.beginRead();
        try {
            long from = database.number("select position from pipeline where id = ?", pipeline);
            return page(from, destination, maxEvents, to);
        } finally {
            database.rollback();
        }
    }

    /** The same after a position that no row holds. */
    Page readAfter(long from, String destination, int maxEvents, long to) throws SQLException {
        database.beginRead();
        try {
            return page(from, destination, maxEvents, to);
        } finally {
            database.rollback();
        }
    }

    private Page page(long from, String destination, int maxEvents, long to) throws SQLException {
        long last = Math.min(to, database.number(Pipelines.LAST_SEQ));
        if (last <= from) {
            return new Page(from, from, List.of());
        }
        database.forEach(SELECT, this::add, from, last, destination, maxEvents);
        boolean full = cut || events.size() == maxEvents;
        return new Page(from, full ? events.getLast().seq() : last, events, full);
    }

    private boolean add(ResultSet row) throws SQLException {
        if (row.getLong(6) != delivery) {
            long size = row.getLong(10);
            if (!events.isEmpty() && bytes + size > maxBytes) {
                cut = true;
                return false;
            }
            bytes += size;
            delivery = row.getLong(6);
            bodyHash = Hash.fromBytes(row.getBytes(9));
            body = database.first(
                            "select body from delivery where id = ?", found -> Bytes.wrap(found.getBytes(1)), delivery)
                    .orElse(Bytes.EMPTY);
            damaged = !body.sha256().equals(bodyHash);
        }
        long seq = row.getLong(1);
        int type = row.getInt(2);
        events.add(new StoredEvent(
                seq,
                EventType.fromId(type)
                        .orElseThrow(() -> new SQLException("event " + seq + " has the unknown type " + type)),
                row.getInt(3),
                Hash.fromBytes(row.getBytes(4)),
                new Arrival(row.getString(7), Times.instant(row.getLong(8)), bodyHash, row.getInt(5)),
                body,
                damaged));
        return true;
    }
}
