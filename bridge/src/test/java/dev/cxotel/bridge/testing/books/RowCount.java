package dev.cxotel.bridge.testing.books;

import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.journal.PipelineId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The rows in the journal's file, held against the ledger. A row that is gone was counted once, but for whom cannot be
 * told any more; so with rows gone a count may be less by as many.
 */
final class RowCount {

    private final Path journal;
    private final List<String> wrong = new ArrayList<>();

    RowCount(Path journal) {
        this.journal = journal;
    }

    /** @param released entries that were taken out of quarantine and are still in the ledger; empty: not known */
    List<String> disagreements(Ledger ledger, OptionalLong released) throws SQLException {
        long gone = JournalRows.positions(journal) - count("select count(*) from event");
        long appended = 0;
        for (Ledger.SubscriptionLine line : ledger.subscriptions()) {
            appended += line.appended();
            between(line.subscription() + " appended rows", line.appended(), appended(line.subscription()), gone);
            if (line.revised() + line.similar() > line.appended() || line.accepted() > line.deliveries()) {
                wrong.add(line + " counts a part that is more than the whole");
            }
        }
        between("appended rows", appended, count("""
                select count(*) from event e left join delivery d on d.id = e.delivery_id
                where coalesce(d.kind, 1) = 1 and e.addressee is null"""), gone);
        for (Ledger.PipelineLine line : ledger.pipelines()) {
            between(line.id() + " waiting rows", line.waiting(), waiting(line.id()), 0);
        }
        quarantine(ledger, released);
        return wrong;
    }

    private void quarantine(Ledger ledger, OptionalLong released) throws SQLException {
        long entered = ledger.subscriptions().stream()
                        .mapToLong(Ledger.SubscriptionLine::unreadable)
                        .sum()
                + ledger.pipelines().stream()
                        .flatMap(line -> line.outcomes().counts().entrySet().stream())
                        .filter(entry -> entry.getKey().outcome() == Outcome.QUARANTINED)
                        .mapToLong(Map.Entry::getValue)
                        .sum();
        long gone = count("select coalesce((select seq from sqlite_sequence where name = 'quarantine'), 0)")
                - count("select count(*) from quarantine");
        between(
                "rows in quarantine",
                entered - released.orElse(0),
                count(
                        "select count(*) from quarantine q join delivery d on d.id = q.delivery_id where d.kind in (1, 2)"),
                released.isPresent() ? 0 : gone);
    }

    private long appended(String subscription) throws SQLException {
        return count("""
                select count(*) from event e join delivery d on d.id = e.delivery_id
                where d.kind = 1 and e.addressee is null and d.subscription = '%s'""".formatted(subscription));
    }

    private long waiting(PipelineId pipeline) throws SQLException {
        return count("""
                select count(*) from event where (addressee is null or addressee = '%1$s/%2$s') and seq >
                  (select position from pipeline where destination = '%1$s' and signal = '%2$s')""".formatted(pipeline.destination(), pipeline.signal()));
    }

    private void between(String what, long ledger, long rows, long gone) {
        if (rows > ledger || ledger > rows + gone) {
            wrong.add("%s: %d and %d that are gone, and the ledger says %d".formatted(what, rows, gone, ledger));
        }
    }

    private long count(String query) throws SQLException {
        return JournalRows.count(journal, query);
    }
}
