package dev.cxotel.bridge.journal.sqlite.file;

import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.journal.seal.Seal;
import dev.cxotel.bridge.journal.sqlite.database.Database;
import dev.cxotel.bridge.journal.sqlite.database.Mutant;
import dev.cxotel.bridge.journal.sqlite.table.LedgerReader;
import dev.cxotel.bridge.journal.sqlite.table.PipelineRow;
import dev.cxotel.bridge.journal.sqlite.table.Pipelines;
import dev.cxotel.bridge.journal.sqlite.table.Rows;
import dev.cxotel.bridge.journal.sqlite.table.Schema;
import dev.cxotel.bridge.journal.sqlite.table.SealKeys;
import dev.cxotel.bridge.journal.sqlite.table.Sequences;
import dev.cxotel.bridge.journal.sqlite.table.Times;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The rows that are copied from a damaged file into a new one, and what is counted on the way. Used once. */
final class SalvagedRows {

    private static final Set<String> LOG = Set.of("delivery", "event");
    private static final int GROUP = 1000;
    /** Above this a last number was spoiled. */
    private static final long MOST_PLAUSIBLE = 1L << 53;

    private final Mutant mutant;
    private final Seal seal;
    private final Instant now;
    private long deliveries;
    private long events;
    private long unreadable;
    private long damagedBodies;
    private long lostEvents;
    private long givenUp;
    private int open;

    SalvagedRows(Mutant mutant, Seal seal, Instant now) {
        this.seal = seal;
        this.mutant = mutant;
        this.now = now;
    }

    /** @param acknowledged the highest position that was acknowledged */
    void copy(Path from, Path into, long acknowledged) throws SQLException, JournalException {
        try (Database damaged = Database.openDamaged(from).sealedWith(seal);
                Database fresh = Database.open(into, mutant, 1 << 20, 1000)) {
            Schema.refuseForeign(damaged);
            Schema.migrate(fresh);
            DamagedFile source = new DamagedFile(damaged);
            fresh.beginWrite();
            copyDeliveries(source, damaged, fresh);
            copyEvents(source, damaged, fresh);
            List<String> tables = fresh.list(
                    "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'",
                    row -> row.getString(1));
            for (String table : tables) {
                if (!LOG.contains(table)) {
                    copyTable(source, damaged, fresh, table);
                }
            }
            fresh.update("delete from quarantine where delivery_id not in (select id from delivery)");
            raiseNumbers(source, fresh, tables);
            Sequences.raise(fresh, "event", acknowledged);
            closeLedger(fresh);
            unreadable = source.unreadable();
            fresh.update(
                    "insert into audit(at, who, action, detail, count) values (?, 'cxotel', 'journal salvage', ?, ?)",
                    Times.nanos(now),
                    "unreadable " + unreadable + ", damaged bodies " + damagedBodies + ", lost events " + lostEvents,
                    events);
            fresh.commit();
            fresh.number("pragma wal_checkpoint(TRUNCATE)");
        }
    }

    /** A number that was given once, to an event or an entry of quarantine, names nothing else later. */
    private static void raiseNumbers(DamagedFile source, Database fresh, List<String> tables) throws SQLException {
        for (List<Object> row : source.rows("select name, seq from sqlite_sequence", 2)) {
            if (row.get(0) instanceof String table
                    && row.get(1) instanceof Number last
                    && tables.contains(table)
                    && last.longValue() < MOST_PLAUSIBLE) {
                Sequences.raise(fresh, table, last.longValue());
            }
        }
    }

    Salvage.Report report(Path journal, Path damaged) {
        return new Salvage.Report(journal, damaged, deliveries, events, unreadable, damagedBodies, lostEvents, givenUp);
    }

    private void copyDeliveries(DamagedFile source, Database damaged, Database fresh)
            throws SQLException, JournalException {
        Set<String> missing = new TreeSet<>();
        Columns columns = Columns.common(damaged, fresh, "delivery", "id");
        int hash = columns.index("body_hash");
        int body = columns.index("body");
        source.forEach(
                "select " + columns.list() + " from delivery where id between ? and ? order by id",
                last(source, "delivery", "id"),
                row -> {
                    Bytes opened = Rows.body(damaged, row, body);
                    if (!opened.sha256().equals(Rows.hash(row, hash))) {
                        seal.missingKey(opened.toArray()).ifPresent(missing::add);
                        damagedBodies++;
                        return true;
                    }
                    insert(fresh, "delivery", columns, columns.read(row));
                    deliveries++;
                    return true;
                });
        if (!missing.isEmpty()) {
            throw SealKeys.missing(missing.iterator().next());
        }
    }

    private void copyEvents(DamagedFile source, Database damaged, Database fresh) throws SQLException {
        Columns columns = Columns.common(damaged, fresh, "event", "seq");
        int delivery = columns.index("delivery_id");
        source.forEach(
                "select " + columns.list() + " from event where seq between ? and ? order by seq",
                last(source, "event", "seq"),
                row -> {
                    if (fresh.number("select count(*) from delivery where id = ?", row.getLong(delivery)) == 0) {
                        lostEvents++;
                        return true;
                    }
                    insert(fresh, "event", columns, columns.read(row));
                    events++;
                    return true;
                });
    }

    private static long last(DamagedFile source, String table, String number) {
        return Math.max(
                source.number("select seq from sqlite_sequence where name = '" + table + "'", 0),
                source.number("select max(" + number + ") from " + table, 0));
    }

    private void copyTable(DamagedFile source, Database damaged, Database fresh, String table) throws SQLException {
        Columns columns = Columns.common(damaged, fresh, table, "");
        if (columns.names().isEmpty()) {
            return;
        }
        for (List<Object> row : source.rows(
                "select " + columns.list() + " from " + table, columns.names().size())) {
            insert(fresh, table, columns, row);
        }
    }

    private void insert(Database fresh, String table, Columns columns, List<Object> values) throws SQLException {
        fresh.update(
                "insert or replace into " + table + "(" + columns.list() + ") values ("
                        + String.join(", ", Collections.nCopies(values.size(), "?")) + ")",
                values.toArray());
        open++;
        if (open % GROUP == 0) {
            fresh.commit();
            fresh.number("pragma wal_checkpoint(PASSIVE)");
            fresh.beginWrite();
        }
    }

    /** What a pipeline waited for and is not there any more has ended for it. */
    private void closeLedger(Database fresh) throws SQLException {
        for (PipelineRow pipeline : PipelineRow.all(fresh)) {
            Ledger.PipelineLine line = LedgerReader.line(fresh, pipeline);
            if (line.difference() > 0) {
                Pipelines.add(fresh, pipeline.row(), Outcome.EXPIRED, "damaged", line.difference());
                givenUp += line.difference();
            } else if (line.difference() < 0) {
                fresh.update(
                        "update pipeline set replayed = replayed + ? where id = ?", -line.difference(), pipeline.row());
            }
        }
        fresh.update("update counter set count = count + ? where name = 'lost'", lostEvents);
    }

    /** The columns that a table has in both files, its number first. */
    private record Columns(List<String> names) {

        private static Columns common(Database damaged, Database fresh, String table, String number)
                throws SQLException {
            Set<String> old = new TreeSet<>(names(damaged, table));
            List<String> both = new ArrayList<>(names(fresh, table));
            both.retainAll(old);
            if (both.remove(number)) {
                both.addFirst(number);
            }
            return new Columns(List.copyOf(both));
        }

        private static List<String> names(Database database, String table) throws SQLException {
            return database.list("select name from pragma_table_info('" + table + "')", row -> row.getString(1));
        }

        private String list() {
            return String.join(", ", names);
        }

        private int index(String name) {
            return names.indexOf(name) + 1;
        }

        private List<Object> read(java.sql.ResultSet row) throws SQLException {
            List<Object> values = new ArrayList<>(names.size());
            for (int i = 1; i <= names.size(); i++) {
                values.add(row.getObject(i));
            }
            return values;
        }
    }
}
