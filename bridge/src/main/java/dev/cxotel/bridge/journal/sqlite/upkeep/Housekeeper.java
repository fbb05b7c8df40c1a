package dev.cxotel.bridge.journal.sqlite.upkeep;

import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.journal.sqlite.database.Database;
import dev.cxotel.bridge.journal.sqlite.database.JournalState;
import dev.cxotel.bridge.journal.sqlite.database.Writer;
import dev.cxotel.bridge.journal.sqlite.file.Acknowledged;
import dev.cxotel.bridge.journal.sqlite.file.JournalDirectory;
import dev.cxotel.bridge.journal.sqlite.table.LedgerReader;
import dev.cxotel.bridge.journal.sqlite.table.Times;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The platform thread that looks after the file: checkpoints, which no commit has to pay for, and once a second what
 * time asks for.
 */
public final class Housekeeper {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeper.class);
    private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LEDGER_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int MAX_STEPS = 200;
    private static final String OLDEST = """
            select coalesce(e.offered_at, d.received_at) from event e join delivery d on d.id = e.delivery_id
            where e.seq > ? and (e.addressee is null or e.addressee in (?, ?)) order by e.seq limit 1""";

    private final Writer writer;
    private final Upkeep upkeep;
    private final JournalState state;
    private final JournalDirectory directory;
    private final Acknowledged acknowledged;
    private final Limits limits;
    private final long minFreeDisk;
    private final Writer.Opening opening;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private final ReentrantLock tending = new ReentrantLock();
    private boolean called;
    private volatile boolean stopping;
    private volatile boolean reopen;
    private @Nullable Database database;
    private final Forecast forecast = new Forecast();
    private long seenSeq = -1;
    private int idleTicks;
    private long ledgerRead = System.nanoTime() - LEDGER_NANOS;
    private volatile OptionalLong ledgerDifference = OptionalLong.empty();

    /** @param opening opens a connection that waits for no lock */
    public Housekeeper(
            Writer writer,
            Upkeep upkeep,
            JournalState state,
            JournalDirectory directory,
            Acknowledged acknowledged,
            Limits limits,
            long minFreeDisk,
            Writer.Opening opening) {
        this.writer = writer;
        this.upkeep = upkeep;
        this.state = state;
        this.directory = directory;
        this.acknowledged = acknowledged;
        this.limits = limits;
        this.minFreeDisk = minFreeDisk;
        this.opening = opening;
        this.thread =
                Thread.ofPlatform().name("cxotel-journal-housekeeper").daemon().unstarted(this::run);
    }

    /** Starts the thread. */
    public void start() {
        thread.start();
    }

    /** Lets the connection go before it is used again; whoever failed does not wake the one who would fail next. */
    public void reopen() {
        reopen = true;
    }

    /** Lets the thread look at once. */
    public void wake() {
        lock.lock();
        try {
            called = true;
            woken.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the thread after what it is doing, checkpoints and closes the connection. */
    public void stop() {
        stopping = true;
        wake();
        Writer.joinUninterruptibly(thread);
        acknowledged.remember(state.sizes().lastSeq());
        checkpoint("TRUNCATE");
        closeDatabase();
    }

    private void run() {
        while (!stopping) {
            try {
                tend();
                lock.lock();
                try {
                    long left = TICK_NANOS;
                    while (!stopping && !called && left > 0) {
                        left = woken.awaitNanos(left);
                    }
                    called = false;
                } finally {
                    lock.unlock();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("The journal's housekeeping failed", e);
            }
        }
    }

    /** Does all that is due now. */
    public void tend() {
        tending.lock();
        try {
            acknowledged.remember(state.sizes().lastSeq());
            tendCheckpoint();
            boolean more = true;
            for (int i = 0; i < MAX_STEPS && more && !stopping; i++) {
                more = writer.write(0, upkeep::age);
            }
            if (state.failure().isEmpty()) {
                directory.holdReserve(limits.reserve(), minFreeDisk);
                lookForOldest();
                forecast();
                compareLedger();
            }
        } catch (JournalException e) {
            LOG.debug("The journal's housekeeping waits: {}", e.getMessage());
        } finally {
            tending.unlock();
        }
    }

    private void tendCheckpoint() {
        long lastSeq = state.sizes().lastSeq();
        idleTicks = lastSeq == seenSeq ? idleTicks + 1 : 0;
        seenSeq = lastSeq;
        long wal = directory.walBytes();
        if (state.failure().isPresent() || (idleTicks >= 2 && wal > 0)) {
            checkpoint("TRUNCATE");
        } else if (wal > limits.checkpoint()) {
            checkpoint("PASSIVE");
        }
    }

    private void checkpoint(String mode) {
        try {
            open().number("pragma wal_checkpoint(" + mode + ")");
            // The writer went on meanwhile, and the log starts anew only once all of it is in the file.
            upkeep.finishCheckpoint();
        } catch (SQLException | JournalException e) {
            if (state.failure().isEmpty()) {
                LOG.warn("The journal's checkpoint failed; it is tried again: {}", e.getMessage());
            }
            closeDatabase();
        }
    }

    private void lookForOldest() throws JournalException {
        try {
            for (Map.Entry<PipelineId, JournalState.Place> entry :
                    state.places().entrySet()) {
                JournalState.Place place = entry.getValue();
                Optional<Instant> oldest = place.position() >= state.sizes().lastSeq()
                        ? Optional.empty()
                        : open().first(
                                        OLDEST,
                                        row -> Times.instant(row.getLong(1)),
                                        place.position(),
                                        entry.getKey().destination(),
                                        entry.getKey().toString());
                state.places()
                        .replace(entry.getKey(), place, new JournalState.Place(place.row(), place.position(), oldest));
            }
        } catch (SQLException e) {
            LOG.warn("The journal cannot tell the oldest waiting event: {}", e.getMessage());
            closeDatabase();
        }
    }

    /** Warns when what waits for destinations fills the journal, long before events expire. */
    private void forecast() throws JournalException {
        long behind = state.places().values().stream()
                .mapToLong(place -> state.sizes().lastSeq() - place.position())
                .max()
                .orElse(0);
        try {
            long retained = state.sizes().lastSeq() - open().number("select min(seq) from event") + 1;
            double share = Math.min(1, behind / (double) Math.max(1, retained));
            forecast.warning(System.nanoTime(), share * state.sizes().usedPages() / limits.pages())
                    .ifPresent(warning -> LOG.warn("{} The slowest destination has {} events to go.", warning, behind));
        } catch (SQLException e) {
            LOG.warn("The journal cannot tell how full it is: {}", e.getMessage());
            closeDatabase();
        }
    }

    /** Counts rows, which takes its time with a long backlog: once a minute. */
    private void compareLedger() throws JournalException {
        if (System.nanoTime() - ledgerRead < LEDGER_NANOS) {
            return;
        }
        try {
            long difference = LedgerReader.read(open()).difference();
            if (difference != 0) {
                LOG.error("The ledger does not close, by {} events: see 'cxotel ledger'", difference);
            }
            ledgerDifference = OptionalLong.of(difference);
        } catch (SQLException e) {
            LOG.warn("The ledger could not be read: {}", e.getMessage());
            closeDatabase();
        }
        ledgerRead = System.nanoTime();
    }

    /** What the two sides of the ledger differed by a minute ago at most; empty before the first look. */
    public OptionalLong ledgerDifference() {
        return ledgerDifference;
    }

    private Database open() throws SQLException, JournalException {
        if (reopen) {
            reopen = false;
            closeDatabase();
        }
        Database open = database;
        if (open == null) {
            open = opening.open();
            database = open;
        }
        return open;
    }

    private void closeDatabase() {
        Database open = database;
        if (open != null) {
            open.close();
        }
        database = null;
    }
}
