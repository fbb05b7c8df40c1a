package dev.cxotel.bridge.journal.sqlite;

import dev.cxotel.bridge.contact.Contact;
import dev.cxotel.bridge.journal.Commit;
import dev.cxotel.bridge.journal.DerivedEvent;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.journal.Page;
import dev.cxotel.bridge.journal.QuarantinedEvent;
import dev.cxotel.bridge.journal.StoredEvent;
import dev.cxotel.bridge.journal.Window;
import dev.cxotel.bridge.journal.sqlite.database.Database;
import dev.cxotel.bridge.journal.sqlite.database.Tally;
import dev.cxotel.bridge.journal.sqlite.table.ContactTable;
import dev.cxotel.bridge.journal.sqlite.table.Identities;
import dev.cxotel.bridge.journal.sqlite.table.PipelineRow;
import dev.cxotel.bridge.journal.sqlite.table.Pipelines;
import dev.cxotel.bridge.journal.sqlite.table.QuarantineTable;
import dev.cxotel.bridge.journal.sqlite.table.Rows;
import dev.cxotel.bridge.journal.sqlite.table.Schema;
import dev.cxotel.bridge.journal.sqlite.table.Times;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The step that ends a page: outcomes, quarantine, derived events and the cursor, all or nothing. */
final class Commits {

    private final Identities identities;
    private final InstantSource clock;

    Commits(Identities identities, InstantSource clock) {
        this.identities = identities;
        this.clock = clock;
    }

    /** A page that was committed already changes nothing, so that a commit of unknown end may be tried again. */
    PipelineRow commit(Database database, Tally tally, long row, Commit commit) throws SQLException {
        PipelineRow pipeline = PipelineRow.load(database, row);
        Page page = commit.page();
        check(pipeline, commit);
        if (page.from() < pipeline.committed()) {
            return pipeline;
        }
        Instant now = clock.instant();
        takeBackExpired(database, pipeline, page);
        Pipelines.add(database, row, commit.outcomes());
        Map<Long, StoredEvent> events =
                page.events().stream().collect(Collectors.toMap(StoredEvent::seq, Function.identity()));
        for (QuarantinedEvent quarantined : commit.quarantined()) {
            StoredEvent event = events.get(quarantined.seq());
            if (event == null) {
                throw new IllegalArgumentException("event " + quarantined.seq() + " is not on the page");
            }
            QuarantineTable.insertEvent(database, pipeline.id(), now, event, quarantined);
            tally.changeQuarantine();
        }
        for (DerivedEvent derived : commit.derived()) {
            append(database, tally, derived, now);
        }
        for (Contact contact : commit.contacts()) {
            ContactTable.put(database, contact);
        }
        Pipelines.move(database, row, page.to());
        database.update("update pipeline set committed = ? where id = ?", page.to(), row);
        database.update("delete from expired_range where pipeline_id = ? and upto <= ?", row, page.to());
        if (commit.lastWindow().isPresent()) {
            Window last = commit.lastWindow().get();
            database.update("""
                    update pipeline set last_to = ?, last_start = ?, last_end = ?,
                      pending_to = null, pending_start = null, pending_end = null where id = ?""", last.to(), Times.nanos(last.start()), Times.nanos(last.end()), row);
        }
        tally.movePipelines();
        return PipelineRow.load(database, row);
    }

    private static void check(PipelineRow pipeline, Commit commit) {
        Page page = commit.page();
        if (commit.outcomes().total() != page.events().size()) {
            throw new IllegalArgumentException("a page of " + page.events().size() + " events cannot end as "
                    + commit.outcomes().total() + ": " + commit.outcomes());
        }
        if (page.from() < pipeline.committed() && page.to() > pipeline.committed()) {
            throw new IllegalArgumentException("the page (" + page.from() + ", " + page.to() + "] of " + pipeline.id()
                    + " overlaps what was committed up to " + pipeline.committed());
        }
    }

    /**
     * Events of the page that expired while it was on its way are counted as what they really became. The ranges say
     * under which reason each was counted.
     */
    private static void takeBackExpired(Database database, PipelineRow pipeline, Page page) throws SQLException {
        if (pipeline.position() == pipeline.committed()) {
            return;
        }
        record Range(long upto, String reason) {}
        List<Range> ranges = database.list(
                "select upto, reason from expired_range where pipeline_id = ? order by upto",
                row -> new Range(row.getLong(1), row.getString(2)),
                pipeline.row());
        Map<String, Long> overlap = new HashMap<>();
        for (StoredEvent event : page.events()) {
            for (Range range : ranges) {
                if (event.seq() <= range.upto()) {
                    overlap.merge(range.reason(), 1L, Long::sum);
                    break;
                }
            }
        }
        for (Map.Entry<String, Long> entry : overlap.entrySet()) {
            Pipelines.add(database, pipeline.row(), Outcome.EXPIRED, entry.getKey(), -entry.getValue());
        }
    }

    private void append(Database database, Tally tally, DerivedEvent derived, Instant now) throws SQLException {
        OptionalInt revision = identities.claim(database, tally, derived.identity(), now);
        if (revision.isEmpty()) {
            return;
        }
        long delivery = Rows.insertDelivery(database, Schema.DERIVED, derived.subscription(), now, derived.body());
        Rows.insertEvent(
                database,
                delivery,
                0,
                derived.type(),
                revision.getAsInt(),
                derived.identity().content(),
                derived.addressee().orElse(null));
        tally.offer(derived.addressee().orElse(""), 1);
    }
}
