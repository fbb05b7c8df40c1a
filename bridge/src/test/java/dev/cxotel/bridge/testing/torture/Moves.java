package dev.cxotel.bridge.testing.torture;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A look at the cursors of a reader in a running bridge's journal, past all its code; it never writes to the file. */
final class Moves implements AutoCloseable {

    private static final long PAUSE_NANOS = 2_000_000;

    private final Connection connection;
    private final PreparedStatement positions;

    private Moves(Connection connection, PreparedStatement positions) {
        this.connection = connection;
        this.positions = positions;
    }

    static Moves of(Path journal, String reader) throws SQLException {
        Connection connection =
                DriverManager.getConnection("jdbc:sqlite:file:" + journal.resolve("journal.db") + "?mode=ro");
        PreparedStatement positions =
                connection.prepareStatement("select coalesce(sum(committed), 0) from pipeline where destination = ?");
        positions.setString(1, reader);
        return new Moves(connection, positions);
    }

    /** Waits until one of them moves; whether one did. */
    boolean await(Duration longest) throws SQLException {
        long end = System.nanoTime() + longest.toNanos();
        long before = sum();
        while (System.nanoTime() < end) {
            if (sum() != before) {
                return true;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return false;
    }

    private long sum() throws SQLException {
        try (ResultSet result = positions.executeQuery()) {
            return result.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        positions.close();
        connection.close();
    }
}
