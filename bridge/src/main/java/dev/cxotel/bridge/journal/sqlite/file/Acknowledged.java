package dev.cxotel.bridge.journal.sqlite.file;

import dev.cxotel.bridge.journal.sqlite.database.Database;
import dev.cxotel.bridge.journal.sqlite.table.Pipelines;
import dev.cxotel.bridge.journal.sqlite.table.Sequences;
import dev.cxotel.bridge.journal.sqlite.table.Times;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The highest position that was acknowledged, as of a second ago, in a synced file beside the database. SQLite cannot
 * tell a write-ahead log that is missing from one that was never there; this file can.
 */
public final class Acknowledged {

    private static final Logger LOG = LoggerFactory.getLogger(Acknowledged.class);

    private final Path file;
    private long written;

    /** Opens or creates the file in the directory. */
    public Acknowledged(JournalDirectory directory) throws IOException {
        this.file = directory.path().resolve("acknowledged");
        directory.createPrivate(file);
        this.written = read(file);
    }

    /** 0 without a file or when it holds no number. */
    static long read(Path file) throws IOException {
        try {
            String text = Files.readString(file).strip();
            return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /** Remembers that everything up to {@code seq} was acknowledged. */
    public void remember(long seq) {
        if (seq <= written) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            byte[] text = String.format("%018d%n", seq).getBytes(StandardCharsets.US_ASCII);
            channel.write(ByteBuffer.wrap(text), 0);
            channel.force(false);
            written = seq;
        } catch (IOException e) {
            LOG.debug("The position {} could not be remembered: {}", seq, e.toString());
        }
    }

    /** The events that were ever found missing. */
    public static long lost(Database database) throws SQLException {
        return database.number("select count from counter where name = 'lost'");
    }

    /** Finds what the database should have and has not, counts it, and lets no position be used twice. */
    public void compare(Database database, Instant now) throws SQLException {
        long last = database.number(Pipelines.LAST_SEQ);
        long lost = written - last;
        if (lost <= 0) {
            return;
        }
        database.beginWrite();
        Sequences.raise(database, "event", written);
        database.update("update counter set count = count + ? where name = 'lost'", lost);
        database.update(
                "insert into audit(at, who, action, detail, count) values (?, 'cxotel', 'events lost', ?, ?)",
                Times.nanos(now),
                "positions " + (last + 1) + " to " + written,
                lost);
        database.commit();
        LOG.error(
                "{} acknowledged events are not in the journal: it ends at {}, and {} was acknowledged. The write-ahead log"
                        + " (journal.db-wal) was removed or cut, or an older file was put in place. The bridge goes on"
                        + " without them; 'cxotel journal check' names the sum",
                lost,
                last,
                written);
    }
}
