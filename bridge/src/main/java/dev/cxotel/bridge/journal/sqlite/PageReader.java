package dev.cxotel.bridge.journal.sqlite;

import dev.cxotel.bridge.event.Arrival;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.event.Hash;
import dev.cxotel.bridge.journal.Page;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.journal.StoredEvent;
import dev.cxotel.bridge.journal.sqlite.database.Database;
import dev.cxotel.bridge.journal.sqlite.database.Mutant;
import dev.cxotel.bridge.journal.sqlite.database.Readers;
import dev.cxotel.bridge.journal.sqlite.table.Pipelines;
import dev.cxotel.bridge.journal.sqlite.table.Rows;
import dev.cxotel.bridge.journal.sqlite.table.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the page after a pipeline's position, in one state of the file. Used once. */
final class PageReader {

    private static final Logger LOG = LoggerFactory.getLogger(PageReader.class);
    private static final String SELECT = """
            select e.seq, e.type, e.idx, e.content, e.revision, e.delivery_id, d.subscription, d.received_at, d.body_hash,
              length(d.body)
            from event e join delivery d on d.id = e.delivery_id
            where e.seq > ? and e.seq <= ? and (e.addressee is null or e.addressee in (?, ?))
            order by e.seq limit ?""";
    private static final String BODY = "select body from delivery where id = ?";

    /** A row without the body it points into: that is read when this statement has ended. */
    private record Found(long seq, Optional<EventType> type, int index, Hash content, long delivery, Arrival arrival) {}

    private final Database database;
    private final long maxBytes;
    private final Mutant mutant;
    private final List<Found> found = new ArrayList<>();
    private long bytes;
    private boolean cut;

    PageReader(Database database, long maxBytes, Mutant mutant) {
        this.database = database;
        this.maxBytes = maxBytes;
        this.mutant = mutant;
    }

    /**
     * At most {@code maxEvents} events up to {@code to}, {@link Long#MAX_VALUE} for all that there are.
     *
     * @param position tells where the reader is, in the same state of the file
     */
    Page read(PipelineId pipeline, Readers.Read<Long> position, int maxEvents, long to) throws SQLException {
        database.beginRead();
        try {
            return page(position.run(database), pipeline, maxEvents, to);
        } finally {
            database.rollback();
        }
    }

    private Page page(long from, PipelineId pipeline, int maxEvents, long to) throws SQLException {
        long last = Math.min(to, database.number(Pipelines.LAST_SEQ));
        if (last <= from) {
            return new Page(from, from, List.of());
        }
        database.forEach(SELECT, this::add, from, last, pipeline.destination(), pipeline.toString(), maxEvents);
        boolean full = cut || found.size() == maxEvents;
        return new Page(from, full ? found.getLast().seq() : last, events(), full);
    }

    private boolean add(ResultSet row) throws SQLException {
        long delivery = row.getLong(6);
        if (found.isEmpty() || found.getLast().delivery() != delivery) {
            long size = row.getLong(10);
            if (!found.isEmpty() && bytes + size > maxBytes) {
                cut = true;
                return false;
            }
            bytes += size;
        }
        found.add(new Found(
                row.getLong(1),
                EventType.fromId(row.getInt(2)),
                row.getInt(3),
                Rows.hash(row, 4),
                delivery,
                new Arrival(row.getString(7), Times.instant(row.getLong(8)), Rows.hash(row, 9), row.getInt(5))));
        return true;
    }

    private List<StoredEvent> events() throws SQLException {
        List<StoredEvent> events = new ArrayList<>(found.size());
        long delivery = 0;
        Bytes body = Bytes.EMPTY;
        boolean damaged = false;
        for (Found row : found) {
            if (row.delivery() != delivery) {
                delivery = row.delivery();
                body = body(delivery);
                damaged = !body.sha256().equals(row.arrival().bodyHash()) && mutant != Mutant.HASH_UNCHECKED;
            }
            events.add(new StoredEvent(
                    row.seq(),
                    row.type().orElse(EventType.VOICE_QUALITY),
                    row.index(),
                    row.content(),
                    row.arrival(),
                    body,
                    damaged || row.type().isEmpty()));
        }
        return events;
    }

    /** The body; nothing where a page that it stands on is gone: that costs its events, not the pipeline. */
    private Bytes body(long id) throws SQLException {
        try {
            return database.first(BODY, row -> Rows.body(database, row, 1), id).orElse(Bytes.EMPTY);
        } catch (SQLException e) {
            if (!Database.isPageGone(e)) {
                throw e;
            }
            database.forget(BODY);
            LOG.error(
                    "The body of delivery {} cannot be read, its events are damaged: {}{}",
                    id,
                    e.getMessage(),
                    Database.advice(e));
            return Bytes.EMPTY;
        }
    }
}
