package dev.cxotel.bridge.journal.sqlite.table;

import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.journal.Outcomes;
import dev.cxotel.bridge.journal.sqlite.database.Database;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the books in one state of the file. */
public final class LedgerReader {

    private static final String SUBSCRIPTIONS = """
            select name, deliveries, accepted, empty, decoded, appended, duplicate, unreadable, revised, similar
            from subscription order by name""";

    private LedgerReader() {}

    /** The whole ledger, in a transaction of its own. */
    public static Ledger read(Database database) throws SQLException {
        database.beginRead();
        try {
            return new Ledger(subscriptions(database), pipelines(database));
        } finally {
            database.rollback();
        }
    }

    private static List<Ledger.SubscriptionLine> subscriptions(Database database) throws SQLException {
        Map<String, Map<String, Long>> refused = new HashMap<>();
        database.forEach("select subscription, reason, count from refusal", row -> {
            refused.computeIfAbsent(row.getString(1), name -> new HashMap<>()).put(row.getString(2), row.getLong(3));
            return true;
        });
        return database.list(
                SUBSCRIPTIONS,
                row -> new Ledger.SubscriptionLine(
                        row.getString(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        refused.getOrDefault(row.getString(1), Map.of()),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7),
                        row.getLong(8),
                        row.getLong(9),
                        row.getLong(10)));
    }

    private static List<Ledger.PipelineLine> pipelines(Database database) throws SQLException {
        List<Ledger.PipelineLine> lines = new ArrayList<>();
        for (PipelineRow pipeline : PipelineRow.all(database)) {
            lines.add(line(database, pipeline));
        }
        return lines;
    }

    /** The line of one pipeline. */
    public static Ledger.PipelineLine line(Database database, PipelineRow pipeline) throws SQLException {
        long born = database.number("select born_total - replayed from pipeline where id = ?", pipeline.row());
        return new Ledger.PipelineLine(
                pipeline.id(),
                Pipelines.offered(database, pipeline.id()) - born,
                outcomes(database, pipeline.row()),
                Pipelines.waiting(database, pipeline.id(), pipeline.position()));
    }

    private static Outcomes outcomes(Database database, long pipeline) throws SQLException {
        Map<Outcomes.Key, Long> counts = new HashMap<>();
        database.forEach(
                "select outcome, reason, count from pipeline_outcome where pipeline_id = ? and count <> 0",
                row -> {
                    Outcome outcome = Outcome.valueOf(row.getString(1).toUpperCase(Locale.ROOT));
                    counts.put(new Outcomes.Key(outcome, row.getString(2)), row.getLong(3));
                    return true;
                },
                pipeline);
        return new Outcomes(counts);
    }
}
