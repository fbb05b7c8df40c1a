package dev.cxotel.bridge.testing.books;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What any SQLite tool would count in a journal's file, past all code of the bridge. */
public final class JournalRows {

    private JournalRows() {}

    /** How many event rows there ever were: the last position, for none is used twice. */
    public static long positions(Path journal) throws SQLException {
        return count(journal, "select coalesce((select seq from sqlite_sequence where name = 'event'), 0)");
    }

    /** The single number that the query gives. */
    public static long count(Path journal, String query) throws SQLException {
        try (Connection connection = connect(journal);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            return result.getLong(1);
        }
    }

    /** Something to do with a row. */
    @FunctionalInterface
    public interface Reader {
        void read(ResultSet row) throws SQLException;
    }

    /** Reads each row that the query gives. */
    public static void forEach(Path journal, String query, Reader reader) throws SQLException {
        try (Connection connection = connect(journal);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                reader.read(result);
            }
        }
    }

    /** Changes the file; for a saboteur, while no bridge runs. */
    public static void execute(Path journal, String... statements) throws SQLException {
        try (Connection connection = connect(journal);
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private static Connection connect(Path journal) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + journal.resolve("journal.db"));
    }
}
