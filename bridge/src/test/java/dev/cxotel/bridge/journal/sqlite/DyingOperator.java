package dev.cxotel.bridge.journal.sqlite;

import dev.cxotel.bridge.journal.Commit;
import dev.cxotel.bridge.journal.Cursor;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.Numbered;
import dev.cxotel.bridge.journal.Operations;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.journal.Outcomes;
import dev.cxotel.bridge.journal.Page;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.journal.Quarantine;
import dev.cxotel.bridge.journal.sqlite.database.Database;
import dev.cxotel.bridge.journal.sqlite.database.JournalState;
import dev.cxotel.bridge.journal.sqlite.database.Mutant;
import dev.cxotel.bridge.journal.sqlite.database.Readers;
import dev.cxotel.bridge.journal.sqlite.database.Tally;
import dev.cxotel.bridge.journal.sqlite.database.Work;
import dev.cxotel.bridge.journal.sqlite.database.Writer;
import dev.cxotel.bridge.journal.sqlite.operations.Readmission;
import dev.cxotel.bridge.journal.sqlite.operations.Replays;
import dev.cxotel.bridge.journal.sqlite.operations.SqliteOperations;
import dev.cxotel.bridge.journal.sqlite.operations.SqliteQuarantine;
import dev.cxotel.bridge.journal.sqlite.table.Identities;
import dev.cxotel.bridge.journal.sqlite.table.PipelineRow;
import dev.cxotel.bridge.journal.sqlite.table.Pipelines;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An operator at work on a journal whose process may die at any moment. SIGKILL leaves of SQLite's files what was written:
 * what the last commit left, and with it a piece of the next. Both are kept for each commit, as a journal of their own.
 */
final class DyingOperator implements AutoCloseable {

    /**
     * What one death left.
     *
     * @param arrived what the destination had accepted by then
     * @param inFlight of that, what the cursor was not moved past
     */
    record Remains(String moment, Path directory, List<Long> arrived, List<Long> inFlight) {}

    private static final List<String> FILES = List.of("journal.db", "journal.db-wal");

    private final Path directory;
    private final Path parent;
    private final InstantSource clock;
    private final Mutant mutant;
    private final Identities identities = new Identities(Duration.ofHours(24), Mutant.NONE);
    private final JournalState state = new JournalState();
    private final Readers readers;
    private final Writer writer;
    private final List<Remains> remains = new ArrayList<>();
    private final List<Long> arrived = new ArrayList<>();
    private List<Long> inFlight = List.of();
    private int commits;

    /** @param directory of a journal that nobody has open */
    DyingOperator(Path directory, Path parent, InstantSource clock, Mutant mutant) throws SQLException {
        this.directory = directory;
        this.parent = parent;
        this.clock = clock;
        this.mutant = mutant;
        this.readers = new Readers(1, this::connect);
        Database first = connect();
        keep("before the first commit", Long.MAX_VALUE, List.of());
        this.writer = new Writer(first, this::connect, new Keeping(), mutant);
        writer.start();
    }

    private Database connect() throws SQLException {
        return Database.open(directory.resolve("journal.db"), mutant, 1 << 20, 1000);
    }

    Operations operations() {
        return new SqliteOperations(
                writer, readers, directory.resolve("journal.db"), new Readmission(identities), mutant, () -> {}, clock);
    }

    Quarantine quarantine() {
        return new SqliteQuarantine(readers);
    }

    /** Adds the next piece of each replay to the log. */
    void feed() throws JournalException {
        writer.write(0, (database, tally) -> Replays.feed(database, tally, clock.instant()));
    }

    /** Lets the destination accept what waits, at most {@code page} events at a time. */
    void deliver(PipelineId pipeline, int page) throws Exception {
        PipelineRow row = writer.write(
                0, (database, tally) -> Pipelines.bear(database, pipeline, Journal.Start.NOW, clock.instant()));
        Cursor cursor = new SqliteCursor(writer, readers, state, new Commits(identities, clock), mutant, row);
        for (Page next = cursor.poll(page, 1 << 20, Duration.ZERO);
                !next.isEmpty();
                next = cursor.poll(page, 1 << 20, Duration.ZERO)) {
            inFlight = Numbered.numbers(next);
            arrived.addAll(inFlight);
            cursor.commit(
                    Commit.of(next, Outcomes.of(Outcome.EXPORTED, next.events().size())));
            inFlight = List.of();
        }
    }

    /** What each death would have left, in the order of the moments. */
    List<Remains> remains() {
        close();
        return List.copyOf(remains);
    }

    @Override
    public void close() {
        writer.stop();
        readers.close();
    }

    private void keep(String moment, long wal, List<Long> unconfirmed) {
        try {
            Path kept = Files.createDirectory(parent.resolve("death-" + remains.size()));
            for (String file : FILES) {
                if (Files.exists(directory.resolve(file))) {
                    Files.copy(directory.resolve(file), kept.resolve(file));
                }
            }
            if (wal < Long.MAX_VALUE) {
                try (RandomAccessFile cut =
                        new RandomAccessFile(kept.resolve("journal.db-wal").toFile(), "rw")) {
                    cut.setLength(wal);
                }
            }
            remains.add(new Remains(moment, kept, List.copyOf(arrived), unconfirmed));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Keeping implements Writer.Events {

        private long before;

        @Override
        public void beforeCommit(Database database, Tally tally) throws SQLException {
            tally.write(database);
            before = wal();
        }

        @Override
        public void committed(Database database, Tally tally, double seconds) {
            commits++;
            keep("in commit " + commits, (before + wal()) / 2, inFlight);
            keep("after commit " + commits, Long.MAX_VALUE, List.of());
        }

        private long wal() {
            try {
                Path wal = directory.resolve("journal.db-wal");
                return Files.exists(wal) ? Files.size(wal) : 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void failed(SQLException why) {
            throw new IllegalStateException(why);
        }

        @Override
        public void between(Database database) {}

        @Override
        public Optional<Work<?>> urgent() {
            return Optional.empty();
        }
    }
}
