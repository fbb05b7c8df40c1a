package dev.cxotel.bridge.journal.sqlite.database;

import dev.cxotel.bridge.journal.seal.Seal;
import dev.cxotel.bridge.journal.sqlite.table.Rows;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * One connection to the journal's file and the statements it has prepared. Used by one platform thread at a time; no
 * result set outlives the call that made it.
 */
public final class Database implements AutoCloseable {

    /** Reads one row. */
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Reads rows until it answers false. */
    public interface Rows {
        boolean read(ResultSet row) throws SQLException;
    }

    /** What an operator can do where a file may not be read or written. */
    public static final String FORBIDDEN_ADVICE = "; see to owner, mode and mount of the directory";

    private static final int OPENING_MILLIS = 10_000;

    private final Connection connection;
    private final Statement plain;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private Seal seal = Seal.NONE;

    private Database(Connection connection) throws SQLException {
        this.connection = connection;
        this.plain = connection.createStatement();
    }

    /**
     * Opens or creates the file.
     *
     * @param walLimit bytes to which the write-ahead log is cut when it starts anew
     * @param busyMillis how long to wait for another connection's lock
     */
    public static Database open(Path file, Mutant mutant, long walLimit, int busyMillis) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try {
            Database database = new Database(connection);
            database.execute("pragma busy_timeout=" + OPENING_MILLIS);
            if (database.number("pragma page_count") == 0) {
                // Can be chosen only for an empty file, and writes to any other.
                database.execute("pragma auto_vacuum=INCREMENTAL");
            }
            database.execute("pragma journal_mode=WAL");
            database.execute("pragma synchronous=" + synchronous(mutant));
            database.execute("pragma secure_delete=ON");
            database.execute("pragma wal_autocheckpoint=0");
            database.execute("pragma journal_size_limit=" + walLimit);
            database.execute("pragma temp_store=MEMORY");
            database.execute("pragma cache_size=-8192");
            database.execute("pragma busy_timeout=" + busyMillis);
            return database;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Opens a file without a word about how it is to be used. */
    public static Database openAsItIs(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try {
            return new Database(connection);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Opens a copy of a damaged file, to read what can be read. */
    public static Database openDamaged(Path file) throws SQLException {
        Database database = openAsItIs(file);
        try {
            // Otherwise a file that is shorter than it says is not read at all.
            database.execute("pragma writable_schema=1");
            database.execute("pragma cell_size_check=1");
            database.number("select count(*) from sqlite_master");
            return database;
        } catch (SQLException | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** The same, with the keys of what it stores. */
    public Database sealedWith(Seal keys) {
        seal = keys;
        return this;
    }

    /** The keys of what this connection stores. */
    public Seal seal() {
        return seal;
    }

    private static String synchronous(Mutant mutant) {
        return switch (mutant) {
            case SYNCHRONOUS_OFF -> "OFF";
            case SYNCHRONOUS_NORMAL -> "NORMAL";
            case NONE,
                    ANSWER_BEFORE_COMMIT,
                    CURSOR_BEFORE_ACCEPTANCE,
                    CONTACTS_APART,
                    IDENTITY_DROPPED,
                    HASH_UNCHECKED,
                    REPLAY_KEEPS_ENTRY,
                    REPLAY_LOSES_EVENT -> "FULL";
        };
    }

    /** Whether the statement itself is at fault and the file and its transaction are sound. */
    static boolean isBug(SQLException e) {
        return switch (SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xff)) {
            case SQLITE_ERROR, SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_MISUSE, SQLITE_RANGE, SQLITE_TOOBIG -> true;
            default -> false;
        };
    }

    /** Whether the file holds what no journal can hold. */
    public static boolean isDamage(SQLException e) {
        return switch (SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xff)) {
            case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_IOERR, SQLITE_FORMAT -> true;
            default -> false;
        };
    }

    /** Whether a page that was asked for is gone, while the file as a whole can still be used. */
    public static boolean isPageGone(SQLException e) {
        return switch (detail(e)) {
            case SQLITE_IOERR_READ, SQLITE_IOERR_SHORT_READ, SQLITE_IOERR_CORRUPTFS -> true;
            default -> (e.getErrorCode() & 0xff) == SQLiteErrorCode.SQLITE_CORRUPT.code;
        };
    }

    /** Whether the file may not be read or written. */
    static boolean isForbidden(SQLException e) {
        return switch (SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xff)) {
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN, SQLITE_AUTH -> true;
            default -> false;
        };
    }

    /** The extended code, which {@code getErrorCode} does not tell. */
    private static SQLiteErrorCode detail(SQLException e) {
        return e instanceof SQLiteException own
                ? own.getResultCode()
                : SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xff);
    }

    /** Whether the disk did not take something, which says nothing about what it holds. */
    private static boolean isFailedWrite(SQLException e) {
        return switch (detail(e)) {
            case SQLITE_IOERR_WRITE,
                    SQLITE_IOERR_FSYNC,
                    SQLITE_IOERR_DIR_FSYNC,
                    SQLITE_IOERR_TRUNCATE,
                    SQLITE_IOERR_ACCESS,
                    SQLITE_IOERR_DELETE,
                    SQLITE_IOERR_SHMOPEN,
                    SQLITE_IOERR_SHMSIZE -> true;
            default -> false;
        };
    }

    /** What an operator can do about it, beginning with a semicolon; empty when there is nothing to say. */
    public static String advice(SQLException e) {
        if (isDamage(e) && !isFailedWrite(e)) {
            return "; the file is damaged: 'cxotel journal salvage' keeps it aside and copies what can be verified into a new"
                    + " one";
        }
        return isForbidden(e) || isFailedWrite(e) ? FORBIDDEN_ADVICE : "";
    }

    /** Whether the disk had no room. */
    public static boolean isFull(SQLException e) {
        return (e.getErrorCode() & 0xff) == SQLiteErrorCode.SQLITE_FULL.code;
    }

    /** Executes a statement that is used once. */
    public void execute(String sql) throws SQLException {
        plain.execute(sql);
    }

    /**
     * Gives one free page back to the file system. The pragma pauses after each page and the driver does not go on, so
     * its statement must be closed at once.
     */
    public void vacuumPage() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma incremental_vacuum(1)");
        }
    }

    /** Begins a transaction that will write: it waits for the lock now, not halfway. */
    public void beginWrite() throws SQLException {
        update("begin immediate");
    }

    /** Begins a transaction that sees one state of the file. */
    public void beginRead() throws SQLException {
        update("begin");
    }

    /** Ends a transaction with its writes, synced. */
    public void commit() throws SQLException {
        update("commit");
    }

    /** Ends a transaction without its writes; harmless when there is none any more. */
    public void rollback() {
        try {
            execute("rollback");
        } catch (SQLException e) {
            // An error inside the transaction has rolled it back already.
        }
    }

    /** Returns the number of rows changed. */
    public int update(String sql, @Nullable Object... arguments) throws SQLException {
        return bind(sql, arguments).executeUpdate();
    }

    /** The first row that the statement finds. */
    public <T> Optional<T> first(String sql, Row<T> reader, @Nullable Object... arguments) throws SQLException {
        try (ResultSet rows = bind(sql, arguments).executeQuery()) {
            return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
        }
    }

    /** All rows that the statement finds. */
    public <T> List<T> list(String sql, Row<T> reader, @Nullable Object... arguments) throws SQLException {
        List<T> list = new ArrayList<>();
        try (ResultSet rows = bind(sql, arguments).executeQuery()) {
            while (rows.next()) {
                list.add(reader.read(rows));
            }
        }
        return list;
    }

    /** Reads the rows that the statement finds until the reader has enough. */
    public void forEach(String sql, Rows reader, @Nullable Object... arguments) throws SQLException {
        try (ResultSet rows = bind(sql, arguments).executeQuery()) {
            boolean wanted = true;
            while (wanted && rows.next()) {
                wanted = reader.read(rows);
            }
        }
    }

    /** Lets a statement go that has failed: the driver does not use it again. */
    public void forget(String sql) throws SQLException {
        PreparedStatement failed = statements.remove(sql);
        if (failed != null) {
            failed.close();
        }
    }

    /** The first column of the first row; 0 when it is null or there is none. */
    public long number(String sql, @Nullable Object... arguments) throws SQLException {
        try (ResultSet rows = bind(sql, arguments).executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    private PreparedStatement bind(String sql, @Nullable Object... arguments) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
        return statement;
    }

    /** Closes the connection; an error in doing so changes nothing that was committed. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // What was committed is in the file or in its write-ahead log.
        }
    }
}
