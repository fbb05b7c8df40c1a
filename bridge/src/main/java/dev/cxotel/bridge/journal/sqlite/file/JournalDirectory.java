package dev.cxotel.bridge.journal.sqlite.file;

import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.sqlite.database.Database;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal's place on disk: {@code journal.db} and SQLite's files beside it, {@code journal.lock}, and
 * {@code reserve}, bytes that are given up when the disk is full, because even deleting needs room. The directory has
 * mode 0700, its files 0600.
 */
public final class JournalDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(JournalDirectory.class);
    private static final Set<PosixFilePermission> PRIVATE_DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> PRIVATE_FILE = PosixFilePermissions.fromString("rw-------");

    private final Path path;
    private final FileStore store;

    private JournalDirectory(Path path, FileStore store) {
        this.path = path;
        this.store = store;
    }

    /** Creates the directory and the empty database file with their modes. */
    public static JournalDirectory prepare(Path path) throws JournalException {
        try {
            Files.createDirectories(path);
            JournalDirectory directory = new JournalDirectory(path.toAbsolutePath(), Files.getFileStore(path));
            directory.restrict(path, PRIVATE_DIRECTORY);
            directory.createPrivate(directory.database());
            syncEntries(directory.path);
            syncEntries(directory.path.getParent());
            return directory;
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    /** What a directory that cannot be read or written comes to. */
    public static JournalException unusable(Path path, IOException why) {
        return new JournalException(
                "cannot use the journal directory " + path + ": " + why + Database.FORBIDDEN_ADVICE, why);
    }

    /** Makes the names in a directory as durable as the files; not every file system can. */
    static void syncEntries(@Nullable Path directory) {
        if (directory == null) {
            return;
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            LOG.debug("Cannot sync the directory {}: {}", directory, e.toString());
        }
    }

    /** The absolute path of the directory. */
    public Path path() {
        return path;
    }

    /** The file of the database. */
    public Path database() {
        return path.resolve("journal.db");
    }

    Path lock() {
        return path.resolve("journal.lock");
    }

    /** Bytes of the write-ahead log; 0 without one. */
    public long walBytes() {
        return path.resolve("journal.db-wal").toFile().length();
    }

    /** Bytes that this process may still write on the file system. */
    public long usableBytes() {
        try {
            return store.getUsableSpace();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Creates the file with mode 0600 unless it exists; SQLite gives its own files the mode of the database. */
    void createPrivate(Path file) throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            // Its mode is checked all the same.
        }
        restrict(file, PRIVATE_FILE);
    }

    private void restrict(Path file, Set<PosixFilePermission> mode) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null || view.readAttributes().permissions().equals(mode)) {
            return;
        }
        try {
            view.setPermissions(mode);
        } catch (IOException e) {
            LOG.warn("Cannot restrict {} to its owner: {}. The journal holds customer data.", file, e.toString());
        }
    }

    /** Sets {@code size} bytes aside, really written, when the disk has at least {@code minFree} more. */
    public void holdReserve(long size, long minFree) {
        Path reserve = path.resolve("reserve");
        if (Files.exists(reserve) || usableBytes() < minFree + 2 * size) {
            return;
        }
        try {
            createPrivate(reserve);
            try (FileChannel channel = FileChannel.open(reserve, StandardOpenOption.WRITE)) {
                ByteBuffer zeros = ByteBuffer.allocate(64 * 1024);
                for (long written = 0; written < size; written += zeros.capacity()) {
                    channel.write(zeros.clear());
                }
                channel.force(true);
            }
        } catch (IOException e) {
            LOG.warn("Cannot set the reserve of {} bytes aside: {}", size, e.toString());
            releaseReserve();
        }
    }

    /** Gives the reserve up. */
    public void releaseReserve() {
        try {
            Files.deleteIfExists(path.resolve("reserve"));
        } catch (IOException e) {
            LOG.warn("Cannot release the reserve: {}", e.toString());
        }
    }
}
