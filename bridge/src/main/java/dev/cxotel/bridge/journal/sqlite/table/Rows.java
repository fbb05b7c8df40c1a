package dev.cxotel.bridge.journal.sqlite.table;

import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.event.Hash;
import dev.cxotel.bridge.event.Identity;
import dev.cxotel.bridge.journal.seal.Seal;
import dev.cxotel.bridge.journal.sqlite.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Inserts deliveries and events. */
public final class Rows {

    private static final String INSERT_DELIVERY = """
            insert into delivery(kind, subscription, received_at, body_hash, key_id, body) values (?, ?, ?, ?, ?, ?)
            returning id""";
    private static final String INSERT_EVENT = """
            insert into event(delivery_id, idx, type, revision, content, addressee) values (?, ?, ?, ?, ?, ?)""";

    private static final int HASH_BYTES = 32;
    private static final Hash NO_HASH = Hash.of("no hash");

    private Rows() {}

    /** Returns the id of the new delivery. */
    public static long insertDelivery(Database database, int kind, String subscription, Instant receivedAt, Bytes body)
            throws SQLException {
        return database.number(
                INSERT_DELIVERY,
                kind,
                subscription,
                Times.nanos(receivedAt),
                body.sha256().toBytes(),
                database.seal().keyId().orElse(null),
                database.seal().seal(Seal.Purpose.BODY, body));
    }

    /** Returns the number of rows inserted, which is 1. */
    public static int insertEvent(
            Database database,
            long delivery,
            int index,
            EventType type,
            int revision,
            Hash content,
            @Nullable String addressee)
            throws SQLException {
        return database.update(INSERT_EVENT, delivery, index, type.id(), revision, content.toBytes(), addressee);
    }

    /** A body; empty where the page that it stands on is gone. */
    public static Bytes body(Database database, ResultSet row, int column) throws SQLException {
        byte[] body = row.getBytes(column);
        return body == null ? Bytes.EMPTY : database.seal().open(Seal.Purpose.BODY, body);
    }

    /** The request of a held delivery. */
    public static Optional<Bytes> headers(Database database, ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getBytes(column))
                .map(headers -> database.seal().open(Seal.Purpose.HEADERS, headers));
    }

    /** A hash; that of nothing the row holds where it holds none. */
    public static Hash hash(ResultSet row, int column) throws SQLException {
        byte[] hash = row.getBytes(column);
        return hash == null || hash.length != HASH_BYTES ? NO_HASH : Hash.fromBytes(hash);
    }

    /** Whether another content under a known key is a revision; else it is a similar one. */
    public static boolean isRevision(Identity identity) {
        return switch (identity.onChange()) {
            case REVISION -> true;
            case SIMILAR -> false;
        };
    }
}
