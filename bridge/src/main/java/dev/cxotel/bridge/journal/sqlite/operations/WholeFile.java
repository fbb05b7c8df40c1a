package dev.cxotel.bridge.journal.sqlite.operations;

import dev.cxotel.bridge.journal.JournalCheck;
import dev.cxotel.bridge.journal.sqlite.database.Database;
import dev.cxotel.bridge.journal.sqlite.table.LedgerReader;
import dev.cxotel.bridge.journal.sqlite.table.Rows;
import java.sql.SQLException;
import java.util.List;

/** A look at everything that is in the file. */
final class WholeFile {

    private static final int MOST_PROBLEMS = 20;
    private static final int PIECE = 256;

    private WholeFile() {}

    static JournalCheck check(Database database) throws SQLException {
        List<String> problems = problems(database);
        if (!problems.isEmpty()) {
            // What stands in such a file cannot be counted on.
            return new JournalCheck(problems, 0, 0, 0, 0, 0, 0);
        }
        return new JournalCheck(
                problems,
                database.number("select count(*) from delivery"),
                database.number("select count(*) from event"),
                damagedBodies(database),
                database.number("""
                        select count(*) from event e
                        where not exists (select 1 from delivery d where d.id = e.delivery_id)"""),
                database.number("select count from counter where name = 'lost'"),
                LedgerReader.read(database).difference());
    }

    private static List<String> problems(Database database) throws SQLException {
        try {
            return database.list("pragma integrity_check(" + MOST_PROBLEMS + ")", row -> row.getString(1)).stream()
                    .filter(line -> !line.equals("ok"))
                    .toList();
        } catch (SQLException e) {
            if (Database.isDamage(e)) {
                return List.of(String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    /** Reads a piece at a time: a statement that stays open would keep the write-ahead log from starting anew. */
    private static long damagedBodies(Database database) throws SQLException {
        long[] damaged = {0};
        long[] last = {-1};
        int[] read = {PIECE};
        while (read[0] == PIECE) {
            read[0] = 0;
            database.forEach(
                    "select id, body_hash, body from delivery where id > ? order by id limit ?",
                    row -> {
                        last[0] = row.getLong(1);
                        read[0]++;
                        damaged[0] += Rows.body(database, row, 3).sha256().equals(Rows.hash(row, 2)) ? 0 : 1;
                        return true;
                    },
                    last[0],
                    PIECE);
        }
        return damaged[0];
    }
}
