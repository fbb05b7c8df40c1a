package dev.cxotel.bridge.journal.sqlite.operations;

import dev.cxotel.bridge.event.Delivery;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.journal.Quarantine;
import dev.cxotel.bridge.journal.sqlite.database.Readers;
import dev.cxotel.bridge.journal.sqlite.table.Rows;
import dev.cxotel.bridge.journal.sqlite.table.Schema;
import dev.cxotel.bridge.journal.sqlite.table.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Reads the rows of quarantine. */
public final class SqliteQuarantine implements Quarantine {

    private static final String SELECT = """
            select q.id, q.at, d.subscription, q.destination, q.signal, q.seq, q.idx, q.reason, q.detail, d.kind
            from quarantine q join delivery d on d.id = q.delivery_id""";
    private static final String CONTENT = """
            select d.subscription, d.received_at, d.body, d.headers
            from quarantine q join delivery d on d.id = q.delivery_id where q.id = ?""";

    private final Readers readers;

    /** @param readers the threads that look */
    public SqliteQuarantine(Readers readers) {
        this.readers = readers;
    }

    @Override
    public List<Entry> list(int limit) throws JournalException {
        return readers.read(
                database -> database.list(SELECT + " order by q.id desc limit ?", SqliteQuarantine::entry, limit));
    }

    @Override
    public Optional<Content> show(long id) throws JournalException {
        return readers.read(database -> {
            Optional<Entry> entry = database.first(SELECT + " where q.id = ?", SqliteQuarantine::entry, id);
            if (entry.isEmpty()) {
                return Optional.empty();
            }
            return database.first(
                    CONTENT,
                    row -> new Content(
                            entry.get(),
                            new Delivery(row.getString(1), Times.instant(row.getLong(2)), Rows.body(database, row, 3)),
                            Rows.headers(database, row, 4)),
                    id);
        });
    }

    private static Entry entry(ResultSet row) throws SQLException {
        String destination = row.getString(4);
        String signal = row.getString(5);
        long seq = row.getLong(6);
        return new Entry(
                row.getLong(1),
                kind(row.getInt(10), destination != null),
                Times.instant(row.getLong(2)),
                row.getString(3),
                destination == null || signal == null
                        ? Optional.empty()
                        : Optional.of(new PipelineId(destination, signal)),
                seq == 0 ? Optional.empty() : Optional.of(seq),
                row.getInt(7),
                row.getString(8),
                row.getString(9));
    }

    private static Kind kind(int delivery, boolean undelivered) {
        return switch (delivery) {
            case Schema.HELD -> Kind.HELD;
            case Schema.REFUSED -> Kind.REFUSED;
            default -> undelivered ? Kind.UNDELIVERED : Kind.UNREADABLE;
        };
    }
}
