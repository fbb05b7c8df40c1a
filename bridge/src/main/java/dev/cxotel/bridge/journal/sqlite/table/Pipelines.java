package dev.cxotel.bridge.journal.sqlite.table;

import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.journal.Outcomes;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.journal.Window;
import dev.cxotel.bridge.journal.sqlite.database.Database;
import java.sql.SQLException;
import java.time.Instant;

/** Changes to the rows of pipelines. */
public final class Pipelines {

    /** The last position given out, even when its event is gone. */
    public static final String LAST_SEQ = "select seq from sqlite_sequence where name = 'event'";

    /** Counts the events in {@code (?, ?]} that concern destination {@code ?}, or pipeline {@code ?} alone. */
    static final String COUNT = """
            select count(*) from event where seq > ? and seq <= ?
              and (addressee is null or addressee in (?, ?))""";

    private static final String OFFERED = "select sum(total) from offer where addressee in ('', ?, ?)";
    private static final String ADD_OUTCOME = """
            insert into pipeline_outcome(pipeline_id, outcome, reason, count) values (?, ?, ?, ?)
            on conflict do update set count = count + excluded.count""";

    private Pipelines() {}

    /** All rows ever appended for the pipeline. */
    static long offered(Database database, PipelineId pipeline) throws SQLException {
        return database.number(OFFERED, pipeline.destination(), pipeline.toString());
    }

    /** Counts what lies after the position. */
    public static long waiting(Database database, PipelineId pipeline, long position) throws SQLException {
        return database.number(COUNT, position, Long.MAX_VALUE, pipeline.destination(), pipeline.toString());
    }

    /** The pipeline's row, made when there is none. */
    public static PipelineRow bear(Database database, PipelineId id, Journal.Start start, Instant now)
            throws SQLException {
        PipelineRow known = PipelineRow.find(database, id).orElse(null);
        if (known != null) {
            return known;
        }
        long last = database.number(LAST_SEQ);
        long position =
                switch (start) {
                    case NOW -> last;
                    case OLDEST_RETAINED ->
                        database.first("select min(seq) from event having count(*) > 0", row -> row.getLong(1) - 1)
                                .orElse(last);
                };
        long bornTotal = offered(database, id) - waiting(database, id, position);
        database.update("""
                insert into pipeline(destination, signal, born_at, born_seq, born_total, position, committed)
                values (?, ?, ?, ?, ?, ?, ?)""", id.destination(), id.signal(), Times.nanos(now), position, bornTotal, position, position);
        return PipelineRow.find(database, id).orElseThrow();
    }

    /** Removes the row and everything that hangs on it. */
    public static void remove(Database database, long row) throws SQLException {
        database.update("delete from pipeline where id = ?", row);
        database.update("delete from pipeline_outcome where pipeline_id = ?", row);
        database.update("delete from expired_range where pipeline_id = ?", row);
        database.update("delete from replay_job where pipeline_id = ?", row);
    }

    /** Remembers the window that is pending. */
    public static void reserve(Database database, long row, Window window) throws SQLException {
        database.update(
                "update pipeline set pending_to = ?, pending_start = ?, pending_end = ?, pending_translation = ?"
                        + " where id = ?",
                window.to(),
                Times.nanos(window.start()),
                Times.nanos(window.end()),
                window.translation(),
                row);
    }

    /** Counts outcomes. */
    public static void add(Database database, long row, Outcomes outcomes) throws SQLException {
        for (var entry : outcomes.counts().entrySet()) {
            add(database, row, entry.getKey().outcome(), entry.getKey().reason(), entry.getValue());
        }
    }

    /** Counts one outcome; a negative count takes back. */
    public static void add(Database database, long row, Outcome outcome, String reason, long count)
            throws SQLException {
        database.update(ADD_OUTCOME, row, outcome.configName(), reason, count);
    }

    /** Moves the position; a window that was to end at or before it is not pending any more. */
    public static void move(Database database, long row, long position) throws SQLException {
        database.update("update pipeline set position = max(position, ?) where id = ?", position, row);
        database.update("""
                update pipeline set pending_to = null, pending_start = null, pending_end = null
                where id = ? and pending_to <= position""", row);
    }

    /**
     * Ends what the pipeline has waiting up to {@code upto} as expired, and remembers the range until the next commit: a
     * page of it may be on its way.
     *
     * @return how many events expired
     */
    public static long expire(Database database, PipelineRow pipeline, long upto, String reason) throws SQLException {
        long count = database.number(
                COUNT,
                pipeline.position(),
                upto,
                pipeline.id().destination(),
                pipeline.id().toString());
        if (count > 0) {
            add(database, pipeline.row(), Outcome.EXPIRED, reason, count);
        }
        int merged = database.update("""
                update expired_range set upto = ?1 where pipeline_id = ?2 and reason = ?3
                  and upto = (select max(upto) from expired_range where pipeline_id = ?2)""", upto, pipeline.row(), reason);
        if (merged == 0) {
            database.update(
                    "insert into expired_range(pipeline_id, upto, reason) values (?, ?, ?)",
                    pipeline.row(),
                    upto,
                    reason);
        }
        move(database, pipeline.row(), upto);
        return count;
    }
}
