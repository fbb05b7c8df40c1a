package dev.cxotel.bridge.journal.sqlite.file;

import dev.cxotel.bridge.journal.sqlite.database.Database;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What can be read of a damaged file: rows in ranges of their number, each range halved until it can be read. */
final class DamagedFile {

    private static final int RANGE = 256;

    private final Database database;
    private long unreadable;

    DamagedFile(Database database) {
        this.database = database;
    }

    /** Numbers whose row cannot be read, or could not be told from none. */
    long unreadable() {
        return unreadable;
    }

    /**
     * Reads the rows with numbers up to {@code last} in order.
     *
     * @param sql selects rows between two numbers, the first column being the number
     */
    void forEach(String sql, long last, Database.Rows rows) throws SQLException {
        for (long first = 1; first <= last; first += RANGE) {
            range(sql, first, Math.min(last, first + RANGE - 1), rows);
        }
    }

    private void range(String sql, long first, long last, Database.Rows rows) throws SQLException {
        long[] done = {first - 1};
        try {
            database.forEach(
                    sql,
                    row -> {
                        boolean more = rows.read(row);
                        done[0] = row.getLong(1);
                        return more;
                    },
                    first,
                    last);
        } catch (SQLException e) {
            if (!Database.isDamage(e)) {
                throw e;
            }
            database.forget(sql);
            long next = done[0] + 1;
            if (next >= last) {
                unreadable += last - next + 1;
                return;
            }
            long middle = next + (last - next) / 2;
            range(sql, next, middle, rows);
            range(sql, middle + 1, last, rows);
        }
    }

    /** The rows of a table without numbers, as far as they can be read. */
    List<List<Object>> rows(String sql, int columns) throws SQLException {
        List<List<Object>> rows = new ArrayList<>();
        try {
            database.forEach(sql, row -> {
                List<Object> values = new ArrayList<>(columns);
                for (int i = 1; i <= columns; i++) {
                    values.add(row.getObject(i));
                }
                return rows.add(values);
            });
        } catch (SQLException e) {
            if (!Database.isDamage(e)) {
                throw e;
            }
            unreadable++;
        }
        return rows;
    }

    /** A number, or {@code otherwise} where it cannot be read. */
    long number(String sql, long otherwise) {
        try {
            return database.number(sql);
        } catch (SQLException e) {
            return otherwise;
        }
    }
}
