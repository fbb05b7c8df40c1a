package dev.cxotel.bridge.journal.sqlite.operations;

import dev.cxotel.bridge.event.Delivery;
import dev.cxotel.bridge.event.Event;
import dev.cxotel.bridge.event.Unreadable;
import dev.cxotel.bridge.journal.AppendResult;
import dev.cxotel.bridge.journal.Operations;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.journal.sqlite.database.Database;
import dev.cxotel.bridge.journal.sqlite.database.Tally;
import dev.cxotel.bridge.journal.sqlite.table.Identities;
import dev.cxotel.bridge.journal.sqlite.table.PipelineRow;
import dev.cxotel.bridge.journal.sqlite.table.QuarantineTable;
import dev.cxotel.bridge.journal.sqlite.table.Rows;
import dev.cxotel.bridge.journal.sqlite.table.Schema;
import dev.cxotel.bridge.journal.sqlite.table.Times;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The steps that bring what is in quarantine back into the log, each within one transaction. */
public final class Readmission {

    private static final String INSERT = """
            insert into event(delivery_id, idx, type, revision, content, addressee, offered_at)
            values (?, ?, ?, ?, ?, null, ?)""";

    private final Identities identities;

    /** @param identities what the readmitted events are known by */
    public Readmission(Identities identities) {
        this.identities = identities;
    }

    private record Kept(long delivery, int index, int kind, String subscription, Instant receivedAt) {}

    Optional<AppendResult.Appended> readmit(
            Database database, Tally tally, long entry, List<Event> events, List<Unreadable> unreadable, Instant now)
            throws SQLException {
        Optional<Kept> kept = database.first(
                """
                select d.id, q.idx, d.kind, d.subscription, d.received_at
                from quarantine q join delivery d on d.id = q.delivery_id where q.id = ? and q.seq is null""",
                row -> new Kept(
                        row.getLong(1), row.getInt(2), row.getInt(3), row.getString(4), Times.instant(row.getLong(5))),
                entry);
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        Kept delivery = kept.get();
        return Optional.of(
                delivery.kind() == Schema.HELD || delivery.kind() == Schema.REFUSED
                        ? whole(database, tally, entry, delivery, events, unreadable, now)
                        : parts(database, tally, delivery, events, unreadable, now));
    }

    /** Nothing of the delivery was ever decoded. */
    private AppendResult.Appended whole(
            Database database,
            Tally tally,
            long entry,
            Kept kept,
            List<Event> events,
            List<Unreadable> unreadable,
            Instant now)
            throws SQLException {
        Counts counts = append(database, tally, kept, events, now);
        database.update("update delivery set kind = ?, headers = null where id = ?", Schema.WEBHOOK, kept.delivery());
        Delivery delivery = database.first(
                        "select body from delivery where id = ?",
                        row -> new Delivery(kept.subscription(), kept.receivedAt(), Rows.body(database, row, 1)),
                        kept.delivery())
                .orElseThrow();
        int quarantined = 0;
        for (Unreadable part : unreadable) {
            quarantined += QuarantineTable.insertUnreadable(database, kept.delivery(), delivery, part);
        }
        QuarantineTable.remove(database, entry);
        tally.releaseQuarantine();
        Tally.Line line = tally.line(kept.subscription());
        AppendResult.Appended result = counts.result(events.size() - counts.appended, quarantined);
        line.decode((long) events.size() + unreadable.size());
        line.append(result);
        return result;
    }

    /** Some parts of the delivery were decoded when it came; those are known by their identity. */
    private AppendResult.Appended parts(
            Database database, Tally tally, Kept kept, List<Event> events, List<Unreadable> unreadable, Instant now)
            throws SQLException {
        Set<Integer> still = new HashSet<>();
        unreadable.forEach(part -> still.add(part.index()));
        if (still.contains(kept.index())) {
            return new AppendResult.Appended(0, 0, 0, 0, 1);
        }
        Counts counts = append(database, tally, kept, events, now);
        record Part(long id, int index) {}
        int removed = 0;
        for (Part part : database.list(
                "select id, idx from quarantine where delivery_id = ? and seq is null",
                row -> new Part(row.getLong(1), row.getInt(2)),
                kept.delivery())) {
            if (!still.contains(part.index())) {
                QuarantineTable.remove(database, part.id());
                removed++;
            }
        }
        tally.releaseQuarantine();
        int known = Math.max(0, removed - counts.appended);
        Tally.Line line = tally.line(kept.subscription());
        AppendResult.Appended result = counts.result(known, 0);
        line.decode((long) counts.appended + known - removed);
        line.takeBackUnreadable(removed);
        line.append(result);
        return result;
    }

    private Counts append(Database database, Tally tally, Kept kept, List<Event> events, Instant now)
            throws SQLException {
        Counts counts = new Counts();
        for (Event event : events) {
            OptionalInt revision = identities.claim(database, tally, event.identity(), now);
            if (revision.isPresent()) {
                counts.appended += database.update(
                        INSERT,
                        kept.delivery(),
                        event.index(),
                        event.type().id(),
                        revision.getAsInt(),
                        event.identity().content().toBytes(),
                        Times.nanos(now));
                tally.offer("", 1);
                if (revision.getAsInt() > 0) {
                    boolean revised = Rows.isRevision(event.identity());
                    counts.revised += revised ? 1 : 0;
                    counts.similar += revised ? 0 : 1;
                }
            }
        }
        return counts;
    }

    private static final class Counts {
        private int appended;
        private int revised;
        private int similar;

        private AppendResult.Appended result(int duplicates, int quarantined) {
            return new AppendResult.Appended(appended, duplicates, revised, similar, quarantined);
        }
    }

    /** An event that a pipeline could not deliver. */
    record Undelivered(long seq, PipelineId pipeline) {}

    Operations.Offer offerAgain(Database database, Tally tally, long entry, Instant now) throws SQLException {
        Optional<Undelivered> event = undelivered(database, entry);
        if (event.isEmpty()) {
            return Operations.Offer.GONE;
        }
        Operations.Offer offer = offer(database, tally, event.get(), now);
        if (offer == Operations.Offer.OFFERED) {
            QuarantineTable.remove(database, entry);
            tally.releaseQuarantine();
        }
        return offer;
    }

    static Optional<Undelivered> undelivered(Database database, long entry) throws SQLException {
        return database.first(
                "select seq, destination, signal from quarantine where id = ? and seq is not null",
                row -> new Undelivered(row.getLong(1), new PipelineId(row.getString(2), row.getString(3))),
                entry);
    }

    /** Appends the event once more, for its pipeline alone. */
    static Operations.Offer offer(Database database, Tally tally, Undelivered event, Instant now) throws SQLException {
        if (PipelineRow.find(database, event.pipeline()).isEmpty()) {
            return Operations.Offer.NO_PIPELINE;
        }
        String addressee = event.pipeline().toString();
        int offered = database.update("""
                insert into event(delivery_id, idx, type, revision, content, addressee, offered_at)
                select delivery_id, idx, type, revision, content, ?, ? from event where seq = ?""", addressee, Times.nanos(now), event.seq());
        if (offered == 0) {
            return Operations.Offer.GONE;
        }
        tally.offer(addressee, 1);
        return Operations.Offer.OFFERED;
    }
}
