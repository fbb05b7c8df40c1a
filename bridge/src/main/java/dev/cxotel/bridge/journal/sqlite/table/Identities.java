package dev.cxotel.bridge.journal.sqlite.table;

import dev.cxotel.bridge.event.Hash;
import dev.cxotel.bridge.event.Identity;
import dev.cxotel.bridge.journal.sqlite.database.Database;
import dev.cxotel.bridge.journal.sqlite.database.Mutant;
import dev.cxotel.bridge.journal.sqlite.database.Tally;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * What was seen within the deduplication window: 16 bytes of the key and 16 of the content, independent of the bodies.
 */
public final class Identities {

    /** Bytes that one identity takes in the file with its index, roughly. */
    public static final long ROW_BYTES = 110;

    private static final int PREFIX = 16;
    private final String claim;
    private final Duration window;

    /** @param window how long a content is remembered */
    public Identities(Duration window, Mutant mutant) {
        this.window = window;
        this.claim = """
                insert %s into identity(key, content, revision, expires_at)
                values (?1, ?2, (select coalesce(max(revision) + 1, 0) from identity where key = ?1), ?3)
                returning revision""".formatted(mutant == Mutant.IDENTITY_DROPPED ? "or replace" : "or ignore");
    }

    /** Remembers the content; returns its revision under its key, from 0, or nothing when it was known. */
    public OptionalInt claim(Database database, Tally tally, Identity identity, Instant receivedAt)
            throws SQLException {
        long expiresAt = Times.nanos(receivedAt.plus(window));
        OptionalInt revision = database.first(
                        claim, row -> row.getInt(1), prefix(identity.key()), prefix(identity.content()), expiresAt)
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
        tally.changeIdentities(revision.isPresent() ? 1 : 0);
        return revision;
    }

    /** Remembers a known content until {@code until} at least. */
    public void extend(Database database, Identity identity, Instant until) throws SQLException {
        database.update(
                "update identity set expires_at = max(expires_at, ?) where key = ? and content = ?",
                Times.nanos(until),
                prefix(identity.key()),
                prefix(identity.content()));
    }

    /** Forgets at most {@code limit} identities whose window was over at {@code expiredBefore}, the oldest first. */
    public static int forgetExpired(Database database, long expiredBefore, int limit) throws SQLException {
        return database.update("""
                delete from identity where (key, content) in
                  (select key, content from identity where expires_at < ? order by expires_at limit ?)""", expiredBefore, limit);
    }

    private static byte[] prefix(Hash hash) {
        return Arrays.copyOf(hash.toBytes(), PREFIX);
    }
}
