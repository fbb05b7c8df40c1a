package dev.cxotel.bridge.journal.sqlite.operations;

import dev.cxotel.bridge.event.Event;
import dev.cxotel.bridge.event.Unreadable;
import dev.cxotel.bridge.journal.AppendResult;
import dev.cxotel.bridge.journal.JournalCheck;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.Operations;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.journal.sqlite.database.Mutant;
import dev.cxotel.bridge.journal.sqlite.database.Readers;
import dev.cxotel.bridge.journal.sqlite.database.Writer;
import dev.cxotel.bridge.journal.sqlite.table.QuarantineTable;
import dev.cxotel.bridge.journal.sqlite.table.Times;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The operator's changes, handed to the writer; looks at the whole file go to a reader. */
public final class SqliteOperations implements Operations {

    private final Writer writer;
    private final Readers readers;
    private final Path file;
    private final Readmission readmission;
    private final Mutant mutant;
    private final Runnable replaying;
    private final InstantSource clock;

    /** @param replaying called when there is something to be offered again */
    public SqliteOperations(
            Writer writer,
            Readers readers,
            Path file,
            Readmission readmission,
            Mutant mutant,
            Runnable replaying,
            InstantSource clock) {
        this.file = file;
        this.writer = writer;
        this.readers = readers;
        this.readmission = readmission;
        this.mutant = mutant;
        this.replaying = replaying;
        this.clock = clock;
    }

    @Override
    public boolean drop(long entry) throws JournalException {
        return writer.write(0, (database, tally) -> {
            tally.releaseQuarantine();
            return QuarantineTable.drop(database, entry);
        });
    }

    @Override
    public Optional<AppendResult.Appended> readmit(long entry, List<Event> events, List<Unreadable> unreadable)
            throws JournalException {
        return writer.write(
                0,
                (database, tally) -> readmission.readmit(database, tally, entry, events, unreadable, clock.instant()));
    }

    @Override
    public Offer offerAgain(long entry) throws JournalException {
        return mutant == Mutant.REPLAY_KEEPS_ENTRY || mutant == Mutant.REPLAY_LOSES_EVENT
                ? offerTorn(entry)
                : writer.write(0, (database, tally) -> readmission.offerAgain(database, tally, entry, clock.instant()));
    }

    /** What a mutant makes of {@link #offerAgain}: two transactions. */
    private Offer offerTorn(long entry) throws JournalException {
        Optional<Readmission.Undelivered> event =
                writer.write(0, (database, tally) -> Readmission.undelivered(database, entry));
        if (event.isEmpty()) {
            return Offer.GONE;
        }
        if (mutant == Mutant.REPLAY_LOSES_EVENT) {
            drop(entry);
        }
        Offer offer =
                writer.write(0, (database, tally) -> Readmission.offer(database, tally, event.get(), clock.instant()));
        if (mutant == Mutant.REPLAY_KEEPS_ENTRY) {
            drop(entry);
        }
        return offer;
    }

    @Override
    public Optional<Replay> replay(PipelineId pipeline, Instant from, Instant to, String who) throws JournalException {
        Optional<Long> id =
                writer.write(0, (database, tally) -> Replays.start(database, pipeline, from, to, who, clock.instant()));
        replaying.run();
        return id.isEmpty()
                ? Optional.empty()
                : replays().stream().filter(replay -> replay.id() == id.get()).findFirst();
    }

    @Override
    public List<Replay> replays() throws JournalException {
        return readers.read(Replays::list);
    }

    @Override
    public void audit(String who, String action, String detail, long count) throws JournalException {
        writer.write(
                0,
                (database, tally) -> database.update(
                        "insert into audit(at, who, action, detail, count) values (?, ?, ?, ?, ?)",
                        Times.nanos(clock.instant()),
                        who,
                        action,
                        detail,
                        count));
    }

    @Override
    public JournalCheck check() throws JournalException {
        return readers.read(WholeFile::check);
    }

    @Override
    public long backup(Path to) throws JournalException {
        return Copies.write(readers, file, to);
    }
}
