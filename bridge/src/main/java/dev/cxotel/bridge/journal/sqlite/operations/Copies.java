package dev.cxotel.bridge.journal.sqlite.operations;

import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.sqlite.database.Database;
import dev.cxotel.bridge.journal.sqlite.database.Readers;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;

/** Copies of the file while it is in use. */
final class Copies {

    private Copies() {}

    /** Writes one state of the journal to {@code to}, for its owner only; returns its bytes. */
    static long write(Readers readers, Path file, Path to) throws JournalException {
        try {
            createEmpty(to);
            readers.read(ignored -> copy(file, to));
            try (FileChannel channel = FileChannel.open(to, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            return Files.size(to);
        } catch (FileAlreadyExistsException e) {
            throw new JournalException(to + " exists already; name another file", e);
        } catch (IOException e) {
            throw new JournalException("the backup " + to + " cannot be written: " + e, e);
        } catch (JournalException e) {
            delete(to);
            throw new JournalException("the backup " + to + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** SQLite takes an empty file as the target and keeps its mode. */
    private static void createEmpty(Path to) throws IOException {
        if (to.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(to, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(to);
        }
    }

    /** On a connection of its own: a vacuum wants one without any open statement. */
    private static boolean copy(Path file, Path to) throws SQLException {
        try (Database database = Database.openAsItIs(file)) {
            database.update("vacuum into ?", to.toString());
            return true;
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // What is left is smaller than the whole and says so when it is opened.
        }
    }
}
