package dev.cxotel.bridge.journal.sqlite;

import dev.cxotel.bridge.journal.Commit;
import dev.cxotel.bridge.journal.Cursor;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.Outcomes;
import dev.cxotel.bridge.journal.Page;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.journal.Window;
import dev.cxotel.bridge.journal.sqlite.database.JournalState;
import dev.cxotel.bridge.journal.sqlite.database.Mutant;
import dev.cxotel.bridge.journal.sqlite.database.Readers;
import dev.cxotel.bridge.journal.sqlite.database.Writer;
import dev.cxotel.bridge.journal.sqlite.table.PipelineRow;
import dev.cxotel.bridge.journal.sqlite.table.Pipelines;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A pipeline's place in the file. It keeps nothing in memory that a restart would miss. */
final class SqliteCursor implements Cursor {

    private final Writer writer;
    private final Readers readers;
    private final JournalState state;
    private final Commits commits;
    private final Mutant mutant;
    private volatile PipelineRow row;

    SqliteCursor(Writer writer, Readers readers, JournalState state, Commits commits, Mutant mutant, PipelineRow row) {
        this.writer = writer;
        this.readers = readers;
        this.state = state;
        this.commits = commits;
        this.mutant = mutant;
        this.row = row;
    }

    @Override
    public PipelineId id() {
        return row.id();
    }

    @Override
    public Page poll(int maxEvents, long maxBytes, Duration wait) throws JournalException, InterruptedException {
        Page page = new Polling(state, () -> read(maxEvents, maxBytes, Long.MAX_VALUE), this::pass).poll(wait);
        if (mutant == Mutant.CURSOR_BEFORE_ACCEPTANCE && !page.isEmpty()) {
            moveUnaccepted(page);
        }
        return page;
    }

    @Override
    public Page pollTo(long to) throws JournalException {
        return read(Integer.MAX_VALUE, Long.MAX_VALUE, to);
    }

    private Page read(int maxEvents, long maxBytes, long to) throws JournalException {
        PipelineRow here = row;
        return readers.read(database -> new PageReader(database, maxBytes, mutant)
                .read(here.id(), open -> PipelineRow.position(open, here.row()), maxEvents, to));
    }

    /** Moves past events that are for others, so that they do not look as if they were waiting. */
    private Page pass(Page page) throws JournalException {
        if (page.to() == page.from() || row.pending().isPresent()) {
            return page;
        }
        commit(Commit.of(page, Outcomes.NONE));
        return new Page(page.to(), page.to(), List.of());
    }

    @Override
    public void commit(Commit commit) throws JournalException {
        if (mutant == Mutant.CONTACTS_APART && !commit.contacts().isEmpty()) {
            long to = commit.page().to();
            write(Commit.of(commit.page(), commit.outcomes()));
            write(new Commit(
                    new Page(to, to, List.of()),
                    Outcomes.NONE,
                    List.of(),
                    commit.derived(),
                    commit.contacts(),
                    Optional.empty()));
        } else {
            write(commit);
        }
    }

    private void write(Commit commit) throws JournalException {
        long bytes = commit.derived().stream()
                .mapToLong(derived -> derived.body().size())
                .sum();
        row = writer.write(bytes, (database, tally) -> commits.commit(database, tally, row.row(), commit));
    }

    @Override
    public void reserve(Window window) throws JournalException {
        row = writer.write(0, (database, tally) -> {
            Pipelines.reserve(database, row.row(), window);
            return PipelineRow.load(database, row.row());
        });
    }

    @Override
    public Optional<Window> pendingWindow() {
        return row.pending();
    }

    @Override
    public Optional<Window> lastWindow() {
        return row.last();
    }

    private void moveUnaccepted(Page page) throws JournalException {
        writer.write(0, (database, tally) -> {
            Pipelines.move(database, row.row(), page.to());
            tally.movePipelines();
            return true;
        });
    }
}
