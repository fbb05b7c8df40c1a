package dev.cxotel.bridge.journal.sqlite.file;

import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.sqlite.database.Database;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The right of one process to the journal's directory; the file names its holder. */
public final class JournalLock implements AutoCloseable {

    /** Closing any channel on a file drops the process's locks on it, so a second attempt must not even open it. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path key;
    private final FileChannel channel;

    private JournalLock(Path key, FileChannel channel) {
        this.key = key;
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @throws JournalException when another process has it, or this one, or the file cannot be used
     */
    public static JournalLock acquire(JournalDirectory directory) throws JournalException {
        Path key;
        try {
            key = directory.path().toRealPath();
        } catch (IOException e) {
            throw JournalDirectory.unusable(directory.path(), e);
        }
        if (!HELD.add(key)) {
            throw new JournalException("the journal in " + key + " is already open in this process");
        }
        try {
            return new JournalLock(key, lock(key, directory));
        } catch (IOException e) {
            HELD.remove(key);
            throw new JournalException("cannot lock the journal in " + key + ": " + e + Database.FORBIDDEN_ADVICE, e);
        } catch (JournalException e) {
            HELD.remove(key);
            throw e;
        }
    }

    private static FileChannel lock(Path key, JournalDirectory directory) throws IOException, JournalException {
        directory.createPrivate(directory.lock());
        FileChannel channel = FileChannel.open(directory.lock(), StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                ByteBuffer holder = ByteBuffer.allocate(256);
                channel.read(holder, 0);
                String name = new String(holder.array(), 0, holder.position(), StandardCharsets.UTF_8).strip();
                channel.close();
                throw new JournalException("the journal in " + key + " is in use by "
                        + (name.isEmpty() ? "another process" : name)
                        + "; stop it first, or use its admin API");
            }
            String self = "process " + ProcessHandle.current().pid() + " (started "
                    + ProcessHandle.current()
                            .info()
                            .startInstant()
                            .orElse(Instant.EPOCH)
                            .truncatedTo(ChronoUnit.SECONDS)
                    + ")\n";
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(self.getBytes(StandardCharsets.UTF_8)), 0);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The lock ends with the process at the latest.
        } finally {
            HELD.remove(key);
        }
    }
}
