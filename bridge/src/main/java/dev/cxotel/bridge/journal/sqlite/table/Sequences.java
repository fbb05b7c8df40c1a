package dev.cxotel.bridge.journal.sqlite.table;

import dev.cxotel.bridge.journal.sqlite.database.Database;
import java.sql.SQLException;

/** The numbers that {@code AUTOINCREMENT} gives out. */
public final class Sequences {

    private Sequences() {}

    /** Lets the next row of {@code table} have a number above {@code last}. */
    public static void raise(Database database, String table, long last) throws SQLException {
        int known = database.update("update sqlite_sequence set seq = max(seq, ?) where name = ?", last, table);
        if (known == 0) {
            database.update("insert into sqlite_sequence(name, seq) values (?, ?)", table, last);
        }
    }
}
