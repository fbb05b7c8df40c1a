package dev.cxotel.bridge.journal.sqlite;

import dev.cxotel.bridge.journal.Commit;
import dev.cxotel.bridge.journal.Cursor;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.Page;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.journal.Window;
import dev.cxotel.bridge.journal.sqlite.database.JournalState;
import dev.cxotel.bridge.journal.sqlite.database.Mutant;
import dev.cxotel.bridge.journal.sqlite.database.Readers;
import java.time.Duration;
import java.util.Optional;

/**
 * A place in the file that only memory knows. The ledger does not name it and retention does not wait for it; quarantined
 * and derived events of its commits are not kept.
 */
final class TailCursor implements Cursor {

    private final PipelineId id;
    private final Readers readers;
    private final JournalState state;
    private volatile long position;
    private volatile Optional<Window> pending = Optional.empty();
    private volatile Optional<Window> last = Optional.empty();

    TailCursor(PipelineId id, Readers readers, JournalState state, long position) {
        this.id = id;
        this.readers = readers;
        this.state = state;
        this.position = position;
    }

    @Override
    public PipelineId id() {
        return id;
    }

    @Override
    public Page poll(int maxEvents, long maxBytes, Duration wait) throws JournalException, InterruptedException {
        return new Polling(state, () -> read(maxEvents, maxBytes, Long.MAX_VALUE), this::pass).poll(wait);
    }

    private Page pass(Page page) {
        position = page.to();
        return new Page(page.to(), page.to(), page.events());
    }

    @Override
    public Page pollTo(long to) throws JournalException {
        return read(Integer.MAX_VALUE, Long.MAX_VALUE, to);
    }

    private Page read(int maxEvents, long maxBytes, long to) throws JournalException {
        long from = position;
        return readers.read(
                database -> new PageReader(database, maxBytes, Mutant.NONE).read(id, open -> from, maxEvents, to));
    }

    @Override
    public void commit(Commit commit) {
        position = Math.max(position, commit.page().to());
        if (commit.lastWindow().isPresent()) {
            last = commit.lastWindow();
            pending = Optional.empty();
        }
    }

    @Override
    public void reserve(Window window) {
        pending = Optional.of(window);
    }

    @Override
    public Optional<Window> pendingWindow() {
        return pending;
    }

    @Override
    public Optional<Window> lastWindow() {
        return last;
    }
}
