package dev.cxotel.bridge.journal.sqlite.table;

import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.journal.Window;
import dev.cxotel.bridge.journal.sqlite.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * A pipeline's row.
 *
 * @param position everything up to here has ended; moved by commits and by expiry
 * @param committed the end of the last committed page; what lies between it and {@code position} has expired, and a page
 *     that was read before that may still be committed
 */
public record PipelineRow(
        long row, PipelineId id, long position, long committed, Optional<Window> pending, Optional<Window> last) {

    private static final String SELECT = """
            select id, destination, signal, position, committed, pending_to, pending_start, pending_end,
              last_to, last_start, last_end, pending_translation
            from pipeline""";

    /** All rows. */
    public static List<PipelineRow> all(Database database) throws SQLException {
        return database.list(SELECT, PipelineRow::read);
    }

    /** The row of a pipeline; empty when it has none. */
    public static Optional<PipelineRow> find(Database database, PipelineId id) throws SQLException {
        return database.first(
                SELECT + " where destination = ? and signal = ?", PipelineRow::read, id.destination(), id.signal());
    }

    /** The row with a number that was there before. */
    public static PipelineRow load(Database database, long row) throws SQLException {
        return database.first(SELECT + " where id = ?", PipelineRow::read, row)
                .orElseThrow(() -> new IllegalStateException("the pipeline was removed from the journal"));
    }

    /** The position of a row alone. */
    public static long position(Database database, long row) throws SQLException {
        return database.number("select position from pipeline where id = ?", row);
    }

    private static PipelineRow read(ResultSet row) throws SQLException {
        return new PipelineRow(
                row.getLong(1),
                new PipelineId(row.getString(2), row.getString(3)),
                row.getLong(4),
                row.getLong(5),
                window(row, 6, text(row, 12)),
                window(row, 9, ""));
    }

    private static Optional<Window> window(ResultSet row, int column, String translation) throws SQLException {
        long to = row.getLong(column);
        if (row.wasNull()) {
            return Optional.empty();
        }
        return Optional.of(new Window(
                to, Times.instant(row.getLong(column + 1)), Times.instant(row.getLong(column + 2)), translation));
    }

    private static String text(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }
}
