package dev.cxotel.bridge.journal.sqlite;

import dev.cxotel.bridge.config.JournalConfig;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Delivery;
import dev.cxotel.bridge.event.Event;
import dev.cxotel.bridge.event.Unreadable;
import dev.cxotel.bridge.journal.AppendResult;
import dev.cxotel.bridge.journal.Contacts;
import dev.cxotel.bridge.journal.Cursor;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.JournalStatus;
import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.journal.Operations;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.journal.Quarantine;
import dev.cxotel.bridge.journal.seal.Seal;
import dev.cxotel.bridge.journal.sqlite.database.Database;
import dev.cxotel.bridge.journal.sqlite.database.JournalState;
import dev.cxotel.bridge.journal.sqlite.database.Mutant;
import dev.cxotel.bridge.journal.sqlite.database.Readers;
import dev.cxotel.bridge.journal.sqlite.database.Writer;
import dev.cxotel.bridge.journal.sqlite.file.Acknowledged;
import dev.cxotel.bridge.journal.sqlite.file.JournalDirectory;
import dev.cxotel.bridge.journal.sqlite.file.JournalLock;
import dev.cxotel.bridge.journal.sqlite.operations.Readmission;
import dev.cxotel.bridge.journal.sqlite.operations.SqliteOperations;
import dev.cxotel.bridge.journal.sqlite.operations.SqliteQuarantine;
import dev.cxotel.bridge.journal.sqlite.table.ContactTable;
import dev.cxotel.bridge.journal.sqlite.table.Identities;
import dev.cxotel.bridge.journal.sqlite.table.LedgerReader;
import dev.cxotel.bridge.journal.sqlite.table.PipelineRow;
import dev.cxotel.bridge.journal.sqlite.table.Pipelines;
import dev.cxotel.bridge.journal.sqlite.table.QuarantineTable;
import dev.cxotel.bridge.journal.sqlite.table.Schema;
import dev.cxotel.bridge.journal.sqlite.table.SealKeys;
import dev.cxotel.bridge.journal.sqlite.upkeep.Housekeeper;
import dev.cxotel.bridge.journal.sqlite.upkeep.Limits;
import dev.cxotel.bridge.journal.sqlite.upkeep.PendingCounts;
import dev.cxotel.bridge.journal.sqlite.upkeep.Reporting;
import dev.cxotel.bridge.journal.sqlite.upkeep.Retention;
import dev.cxotel.bridge.journal.sqlite.upkeep.Upkeep;
import dev.cxotel.bridge.telemetry.Telemetry;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The journal in one SQLite file, {@code journal.db}; one process at a time may have it open. */
public final class SqliteJournal implements Journal {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteJournal.class);
    private static final int READERS = 3;
    private static final int WRITER_BUSY_MILLIS = 10_000;

    private final JournalConfig config;
    private final Limits limits;
    private final InstantSource clock;
    private final Mutant mutant;
    private final JournalDirectory directory;
    private final JournalLock lock;
    private final JournalState state = new JournalState();
    private final PendingCounts pending = new PendingCounts();
    private final Identities identities;
    private final Appends appends;
    private final Commits commits;
    private final Upkeep upkeep;
    private final Writer writer;
    private final Readers readers;
    private final Housekeeper housekeeper;
    private final Reporting reporting;
    private final String instanceId;
    private final Seal seal;
    private final Acknowledged acknowledged;

    /**
     * Opens the journal in {@code config.directory()}, created when absent.
     *
     * @param telemetry makes what the journal reports to, from the journal's instance id
     * @throws JournalException when another process has it open, the disk cannot be used, or the file is none that this
     *     version can read; the message says what to do
     */
    public static SqliteJournal open(JournalConfig config, InstantSource clock, Function<String, Telemetry> telemetry)
            throws JournalException {
        return open(config, clock, telemetry, Mutant.fromSystemProperty());
    }

    /** The same, reporting to {@code telemetry}. */
    public static SqliteJournal open(JournalConfig config, InstantSource clock, Telemetry telemetry)
            throws JournalException {
        return open(config, clock, instanceId -> telemetry);
    }

    static SqliteJournal open(JournalConfig config, InstantSource clock, Telemetry telemetry, Mutant mutant)
            throws JournalException {
        return open(config, clock, instanceId -> telemetry, mutant);
    }

    private static SqliteJournal open(
            JournalConfig config, InstantSource clock, Function<String, Telemetry> telemetry, Mutant mutant)
            throws JournalException {
        if (mutant != Mutant.NONE) {
            LOG.error("The journal is broken on purpose ({}): for tests only, data will be lost", mutant);
        }
        JournalDirectory directory = JournalDirectory.prepare(config.directory());
        JournalLock lock = JournalLock.acquire(directory);
        try {
            return new SqliteJournal(config, clock, telemetry, mutant, directory, lock);
        } catch (SQLException e) {
            lock.close();
            throw new JournalException(
                    "cannot open the journal " + directory.database() + ": " + e.getMessage() + Database.advice(e), e);
        } catch (JournalException e) {
            lock.close();
            throw new JournalException("the journal " + directory.database() + " " + e.getMessage(), e);
        } catch (IOException e) {
            lock.close();
            throw JournalDirectory.unusable(directory.path(), e);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private SqliteJournal(
            JournalConfig config,
            InstantSource clock,
            Function<String, Telemetry> telemetry,
            Mutant mutant,
            JournalDirectory directory,
            JournalLock lock)
            throws SQLException, JournalException, IOException {
        this.config = config;
        this.clock = clock;
        this.mutant = mutant;
        this.directory = directory;
        this.lock = lock;
        this.limits = Limits.of(config);
        this.seal = new Seal(config.encryptionKeys(), new SecureRandom());
        this.identities = new Identities(config.deduplicationWindow(), mutant);
        this.appends = new Appends(identities, config.quarantineRetention());
        this.commits = new Commits(identities, clock);
        Database first = connect(limits, WRITER_BUSY_MILLIS);
        try {
            Schema.migrate(first);
            SealKeys.check(first, seal);
            this.instanceId = instanceId(first);
            this.acknowledged = new Acknowledged(directory);
            acknowledged.compare(first, clock.instant());
        } catch (SQLException | JournalException | IOException | RuntimeException e) {
            first.close();
            throw e;
        }
        this.reporting = new Reporting(telemetry.apply(instanceId));
        this.readers = new Readers(READERS, () -> connect(limits, WRITER_BUSY_MILLIS));
        Retention retention = new Retention(config, limits, clock);
        this.upkeep = new Upkeep(
                config,
                limits,
                directory,
                state,
                pending,
                retention,
                reporting,
                this::reopenOthers,
                this::wakeHousekeeper);
        long lost;
        try {
            upkeep.refreshPlaces(first);
            upkeep.measure(first, true);
            lost = Acknowledged.lost(first);
        } catch (SQLException | RuntimeException e) {
            first.close();
            throw e;
        }
        this.writer = new Writer(first, () -> connect(limits, WRITER_BUSY_MILLIS), upkeep, mutant);
        this.housekeeper = new Housekeeper(
                writer, upkeep, state, directory, acknowledged, limits, config.minFreeDisk(), () -> connect(limits, 0));
        writer.start();
        housekeeper.start();
        reporting.observe(this::status, housekeeper::ledgerDifference, lost);
    }

    private Database connect(Limits limits, int busyMillis) throws SQLException {
        return Database.open(directory.database(), mutant, limits.wal(), busyMillis)
                .sealedWith(seal);
    }

    private static String instanceId(Database database) throws SQLException {
        database.update(
                "insert or ignore into meta(name, value) values ('instance_id', ?)",
                UUID.randomUUID().toString());
        return database.first("select value from meta where name = 'instance_id'", row -> row.getString(1))
                .orElseThrow();
    }

    private void reopenOthers() {
        readers.reopen();
        housekeeper.reopen();
    }

    private void wakeHousekeeper() {
        housekeeper.wake();
    }

    @Override
    public AppendResult append(Delivery delivery, List<Event> events, List<Unreadable> unreadable) {
        try {
            return writer.write(delivery.body().size(), (database, tally) -> {
                Optional<AppendResult.Unavailable> refusal = upkeep.refusalOfGroup();
                return refusal.isPresent()
                        ? refusal.get()
                        : appends.append(database, tally, delivery, events, unreadable);
            });
        } catch (JournalException e) {
            return new AppendResult.Unavailable(state.isClosed() ? "stopping" : "disk", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void count(String subscription, String refusal) {
        pending.count(subscription, refusal);
    }

    @Override
    public void keepRefused(Delivery delivery, String reason, String detail) {
        try {
            writer.write(delivery.body().size(), (database, tally) -> {
                QuarantineTable.insertRefused(database, delivery, reason, detail);
                tally.changeQuarantine();
                return true;
            });
        } catch (JournalException e) {
            LOG.warn("A refused body could not be kept: {}", e.getMessage());
        }
    }

    @Override
    public boolean hold(Delivery delivery, Bytes request, String reason) {
        try {
            return writer.write((long) delivery.body().size() + request.size(), (database, tally) -> {
                boolean held = upkeep.refusal().isEmpty()
                        && QuarantineTable.insertHeld(database, delivery, request, reason, limits.held());
                if (held) {
                    tally.changeQuarantine();
                }
                return held;
            });
        } catch (JournalException e) {
            LOG.warn("A delivery that could not be verified could not be held: {}", e.getMessage());
            return false;
        }
    }

    @Override
    public Cursor cursor(PipelineId pipeline, Start start) throws JournalException {
        PipelineRow row = writer.write(0, (database, tally) -> {
            tally.movePipelines();
            return Pipelines.bear(database, pipeline, start, clock.instant());
        });
        return new SqliteCursor(writer, readers, state, commits, mutant, row);
    }

    @Override
    public Cursor tail(PipelineId pipeline) throws JournalException {
        long end = readers.read(database -> database.number(Pipelines.LAST_SEQ));
        return new TailCursor(pipeline, readers, state, end);
    }

    @Override
    public List<String> retainPipelines(Set<PipelineId> pipelines) throws JournalException {
        return writer.write(0, (database, tally) -> {
            List<String> removed = new ArrayList<>();
            for (PipelineRow row : PipelineRow.all(database)) {
                if (!pipelines.contains(row.id())) {
                    long waiting = Pipelines.waiting(database, row.id(), row.position());
                    Pipelines.remove(database, row.row());
                    removed.add("pipeline " + row.id() + " is not configured any more: its cursor was removed with "
                            + waiting + " events waiting");
                }
            }
            tally.movePipelines();
            return List.copyOf(removed);
        });
    }

    @Override
    public Ledger ledger() throws JournalException {
        // Lets the counts in memory be written first; when the disk does not permit it, what is written is read.
        if (state.failure().isEmpty()) {
            writer.write(0, (database, tally) -> true);
        }
        return readers.read(LedgerReader::read);
    }

    @Override
    public Quarantine quarantine() {
        return new SqliteQuarantine(readers);
    }

    @Override
    public Operations operations() {
        return new SqliteOperations(
                writer,
                readers,
                directory.database(),
                new Readmission(identities),
                mutant,
                this::wakeHousekeeper,
                clock);
    }

    @Override
    public JournalStatus status() {
        JournalState.Sizes sizes = state.sizes();
        Instant now = clock.instant();
        List<JournalStatus.PipelineStatus> places = state.places().entrySet().stream()
                .map(entry -> {
                    JournalState.Place place = entry.getValue();
                    double age = place.oldest()
                            .map(oldest -> Duration.between(oldest, now).toNanos() / 1e9)
                            .orElse(0.0);
                    return new JournalStatus.PipelineStatus(
                            entry.getKey(), place.position(), sizes.lastSeq() - place.position(), Math.max(0, age));
                })
                .sorted(java.util.Comparator.comparing(status -> status.id().toString()))
                .toList();
        long wal = directory.walBytes();
        return new JournalStatus(
                writable(),
                sizes.usedPages() + wal,
                wal,
                config.maxSize(),
                sizes.lastSeq(),
                sizes.quarantined(),
                places);
    }

    private Optional<String> writable() {
        if (state.isClosed()) {
            return Optional.of("stopping");
        }
        return state.failure().or(() -> upkeep.refusal().map(AppendResult.Unavailable::reason));
    }

    @Override
    public String instanceId() {
        return instanceId;
    }

    @Override
    public Contacts contacts() {
        return new ContactTable(readers);
    }

    /** Does at once what the housekeeper does each second. */
    void tend() {
        housekeeper.tend();
    }

    @Override
    public void close() {
        if (state.isClosed()) {
            return;
        }
        try {
            writer.write(0, (database, tally) -> true);
        } catch (JournalException e) {
            LOG.warn("The last counts of the journal could not be written: {}", e.getMessage());
        }
        reporting.close();
        state.close();
        writer.stop();
        readers.close();
        housekeeper.stop();
        lock.close();
    }
}
