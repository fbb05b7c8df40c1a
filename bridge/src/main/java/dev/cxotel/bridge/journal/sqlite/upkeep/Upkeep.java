package dev.cxotel.bridge.journal.sqlite.upkeep;

import dev.cxotel.bridge.config.JournalConfig;
import dev.cxotel.bridge.journal.AppendResult;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.journal.sqlite.database.Database;
import dev.cxotel.bridge.journal.sqlite.database.JournalState;
import dev.cxotel.bridge.journal.sqlite.database.Tally;
import dev.cxotel.bridge.journal.sqlite.database.Work;
import dev.cxotel.bridge.journal.sqlite.database.Writer;
import dev.cxotel.bridge.journal.sqlite.file.JournalDirectory;
import dev.cxotel.bridge.journal.sqlite.operations.Replays;
import dev.cxotel.bridge.journal.sqlite.table.PipelineRow;
import dev.cxotel.bridge.journal.sqlite.table.Pipelines;
import dev.cxotel.bridge.journal.sqlite.table.QuarantineTable;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the writer does beside the work it is given: it writes the counts, measures the file, and makes room. All of it
 * runs on the writer's thread.
 */
public final class Upkeep implements Writer.Events {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final int VACUUM_PAGES = 256;

    private final JournalConfig config;
    private final Limits limits;
    private final JournalDirectory directory;
    private final JournalState state;
    private final PendingCounts pending;
    private final Retention retention;
    private final Reporting reporting;
    private final Runnable broken;
    private final Runnable wake;
    private Tally drained = new Tally();
    private long pageSize;
    private boolean exhausted;
    private boolean looked;
    private Optional<AppendResult.Unavailable> groupRefusal = Optional.empty();
    private boolean replaying;
    private volatile boolean finishCheckpoint;

    /**
     * @param broken called after a failed transaction, to let other connections go
     * @param wake called after a commit that left the housekeeper something to do at once
     */
    public Upkeep(
            JournalConfig config,
            Limits limits,
            JournalDirectory directory,
            JournalState state,
            PendingCounts pending,
            Retention retention,
            Reporting reporting,
            Runnable broken,
            Runnable wake) {
        this.config = config;
        this.limits = limits;
        this.directory = directory;
        this.state = state;
        this.pending = pending;
        this.retention = retention;
        this.reporting = reporting;
        this.broken = broken;
        this.wake = wake;
    }

    /** Why nothing can be appended just now. */
    public Optional<AppendResult.Unavailable> refusal() {
        if (directory.usableBytes() < config.minFreeDisk()) {
            return Optional.of(new AppendResult.Unavailable(
                    "min_free_disk", "less than journal.min_free_disk is free in " + directory.path()));
        }
        if (config.onFull() == JournalConfig.OnFull.REFUSE && isFull()) {
            return Optional.of(
                    new AppendResult.Unavailable("full", "the journal has reached journal.max_size (on_full: refuse)"));
        }
        return Optional.empty();
    }

    /** The same, looked at once for all appends of a transaction; for the writer's thread. */
    public Optional<AppendResult.Unavailable> refusalOfGroup() {
        if (!looked) {
            groupRefusal = refusal();
            looked = true;
        }
        return groupRefusal;
    }

    private boolean isFull() {
        return state.sizes().usedPages() > limits.pages();
    }

    @Override
    public void beforeCommit(Database database, Tally tally) throws SQLException {
        drained = pending.drain();
        tally.add(drained);
        tally.write(database);
    }

    @Override
    public void committed(Database database, Tally tally, double seconds) throws SQLException {
        drained = new Tally();
        looked = false;
        if (tally.pipelinesMoved()) {
            refreshPlaces(database);
        }
        if (tally.deliveries() > 0) {
            exhausted = false;
        }
        if (tally.quarantineReleased()) {
            retention.forgetFloor();
        }
        if (state.failure().isPresent() && database.number("select total_changes()") > 0) {
            LOG.info("The journal can write again");
            state.recovered();
        }
        long dropped = state.sizes().dropped();
        measure(database, tally.quarantineChanged());
        reporting.dropped(state.sizes().dropped() - dropped);
        if (directory.walBytes() > limits.checkpoint() || (replaying && tally.pipelinesMoved())) {
            wake.run();
        }
        reporting.committed(tally, seconds);
    }

    /** Reads sizes and places, at the start and after a commit. */
    public void measure(Database database, boolean quarantineChanged) throws SQLException {
        if (pageSize == 0) {
            pageSize = database.number("pragma page_size");
        }
        long free = database.number("pragma freelist_count");
        long pages = database.number("pragma page_count");
        JournalState.Sizes before = state.sizes();
        state.measured(new JournalState.Sizes(
                database.number(Pipelines.LAST_SEQ),
                (pages - free) * pageSize,
                free * pageSize,
                quarantineChanged ? QuarantineTable.count(database) : before.quarantined(),
                quarantineChanged ? QuarantineTable.dropped(database) : before.dropped()));
    }

    /** Reads the places of the pipelines, at the start and after a commit that moved one. */
    public void refreshPlaces(Database database) throws SQLException {
        Set<PipelineId> known = new HashSet<>();
        for (PipelineRow row : PipelineRow.all(database)) {
            known.add(row.id());
            JournalState.Place before = state.places().get(row.id());
            state.places()
                    .put(
                            row.id(),
                            before != null && before.position() == row.position()
                                    ? before
                                    : new JournalState.Place(row.row(), row.position(), Optional.empty()));
        }
        state.places().keySet().retainAll(known);
    }

    @Override
    public void failed(SQLException why) {
        pending.restore(drained);
        drained = new Tally();
        looked = false;
        retention.forgetFloor();
        if (state.failure().isEmpty()) {
            LOG.error(
                    "The journal cannot write; webhooks are refused until it can: {}{}",
                    why.getMessage(),
                    Database.advice(why),
                    why);
        }
        state.failed("disk");
        reporting.failed(Database.isFull(why) ? "full" : "io");
        if (Database.isFull(why)) {
            directory.releaseReserve();
        }
        broken.run();
    }

    /** Asks for the rest of a checkpoint to be done between two groups, so that the log can start anew. */
    void finishCheckpoint() {
        finishCheckpoint = true;
    }

    @Override
    public void between(Database database) throws SQLException {
        if (finishCheckpoint) {
            finishCheckpoint = false;
            database.number("pragma wal_checkpoint(PASSIVE)");
        }
    }

    @Override
    public Optional<Work<?>> urgent() {
        boolean full = isFull();
        long missing = comfortableDisk() - directory.usableBytes();
        if (exhausted || state.failure().isPresent() || (!full && missing <= 0)) {
            return Optional.empty();
        }
        boolean mayExpire = full && config.onFull() == JournalConfig.OnFull.EXPIRE;
        long excess = state.sizes().usedPages() - limits.pages() + limits.pages() / 64;
        long need = full ? excess : missing;
        return Optional.of(new Work<>(0, (database, tally) -> {
            boolean removed = retention.makeRoom(database, tally, need, mayExpire);
            exhausted = !removed;
            return removed;
        }));
    }

    /** Free bytes of the disk below which delivered events go early. */
    private long comfortableDisk() {
        return Math.max(config.minFreeDisk(), limits.reserve());
    }

    /** One step of what time asks for; returns whether there is more to do. */
    boolean age(Database database, Tally tally) throws SQLException {
        exhausted = false;
        if (state.failure().isPresent()) {
            // A write that shows whether writing works again.
            database.update("insert or replace into meta(name, value) values ('probe', datetime())");
        }
        boolean more = retention.age(database, tally);
        replaying = Replays.firstWanted(database) < Long.MAX_VALUE;
        long freePages = state.sizes().freePages();
        if (freePages > limits.checkpoint() || (directory.usableBytes() < comfortableDisk() && freePages > 0)) {
            vacuum(database);
            more = true;
        }
        return more;
    }

    private static void vacuum(Database database) throws SQLException {
        for (int i = 0; i < VACUUM_PAGES; i++) {
            database.vacuumPage();
        }
    }
}
