package dev.cxotel.bridge.journal.sqlite.file;

import dev.cxotel.bridge.config.JournalConfig;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.seal.Seal;
import dev.cxotel.bridge.journal.sqlite.database.Mutant;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * The rescue of a damaged journal: every event that can be verified goes into a new one, with cursors, quarantine and
 * ledger as far as they can be read. The damaged file is read from a copy and kept as it is.
 */
public final class Salvage {

    private static final String DATABASE = "journal.db";
    private static final String LOG = "journal.db-wal";

    private Salvage() {}

    /**
     * What was saved.
     *
     * @param journal the new file
     * @param damaged where the damaged one is now
     * @param unreadable rows that could not be read at most; those that retention had removed are among them where a page
     *     is gone
     * @param damagedBodies deliveries left out because their body does not match its hash
     * @param lostEvents events left out because their delivery is
     * @param givenUp over all pipelines, the events that waited and are not there any more: {@code expired} for the reason
     *     {@code damaged} in the ledger
     */
    public record Report(
            Path journal,
            Path damaged,
            long deliveries,
            long events,
            long unreadable,
            long damagedBodies,
            long lostEvents,
            long givenUp) {}

    /**
     * Copies what can be verified into a new journal.
     *
     * @param to a directory that is empty or not there, for the new journal; empty to put it in the damaged one's place
     * @throws JournalException when a bridge has the journal open, or nothing of it can be read; nothing is changed then
     */
    public static Report run(JournalConfig config, Optional<Path> to, Instant now) throws JournalException {
        Path directory = config.directory();
        if (!Files.isRegularFile(directory.resolve(DATABASE))) {
            throw new JournalException("there is no " + DATABASE + " in " + directory.toAbsolutePath());
        }
        JournalDirectory place = JournalDirectory.prepare(directory);
        JournalLock lock = JournalLock.acquire(place);
        try {
            Path target = to.orElse(directory.resolve("salvage-" + now.getEpochSecond()));
            Path copy = copy(directory, target);
            SalvagedRows rows =
                    new SalvagedRows(Mutant.NONE, new Seal(config.encryptionKeys(), new SecureRandom()), now);
            try {
                rows.copy(copy, target.resolve(DATABASE), Acknowledged.read(directory.resolve("acknowledged")));
            } catch (SQLException e) {
                remove(target);
                throw new JournalException(
                        "nothing can be read of " + directory.resolve(DATABASE) + " (" + e.getMessage()
                                + "); it was left as it is. Restore a backup, or move it away to begin anew",
                        e);
            } catch (JournalException e) {
                remove(target);
                throw new JournalException("the journal " + directory.resolve(DATABASE) + " " + e.getMessage(), e);
            }
            Files.deleteIfExists(copy);
            Files.deleteIfExists(target.resolve("damaged.db-wal"));
            Files.deleteIfExists(target.resolve("damaged.db-shm"));
            Path damaged = directory.resolve(DATABASE);
            Path saved = target.resolve(DATABASE);
            if (to.isEmpty()) {
                damaged = exchange(directory, saved, now);
                remove(target);
                saved = directory.resolve(DATABASE);
            }
            return rows.report(saved, damaged);
        } catch (IOException e) {
            throw new JournalException("the journal in " + directory + " cannot be salvaged: " + e, e);
        } finally {
            lock.close();
        }
    }

    private static Path copy(Path directory, Path target) throws IOException, JournalException {
        if (Files.exists(target)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(target)) {
                if (files.iterator().hasNext()) {
                    throw new JournalException(target + " is not empty; name another directory");
                }
            }
        }
        JournalDirectory place = JournalDirectory.prepare(target);
        Path copy = target.resolve("damaged.db");
        Files.copy(directory.resolve(DATABASE), copy);
        if (Files.exists(directory.resolve(LOG))) {
            Files.copy(directory.resolve(LOG), target.resolve("damaged.db-wal"));
        }
        place.createPrivate(copy);
        return copy;
    }

    /** Puts the new file in the place of the damaged one; returns where that is now. */
    private static Path exchange(Path directory, Path saved, Instant now) throws IOException {
        Path damaged = directory.resolve(DATABASE + ".damaged-" + now.getEpochSecond());
        Files.move(directory.resolve(DATABASE), damaged);
        if (Files.exists(directory.resolve(LOG))) {
            Files.move(directory.resolve(LOG), directory.resolve(damaged.getFileName() + "-wal"));
        }
        Files.deleteIfExists(directory.resolve(DATABASE + "-shm"));
        Files.move(saved, directory.resolve(DATABASE));
        JournalDirectory.syncEntries(directory);
        return damaged;
    }

    private static void remove(Path target) throws JournalException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(target)) {
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(target);
        } catch (IOException e) {
            throw new JournalException(target + " cannot be removed: " + e, e);
        }
    }
}
