package dev.cxotel.bridge.journal.sqlite.operations;

import dev.cxotel.bridge.journal.Operations;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.journal.sqlite.database.Database;
import dev.cxotel.bridge.journal.sqlite.database.Tally;
import dev.cxotel.bridge.journal.sqlite.table.PipelineRow;
import dev.cxotel.bridge.journal.sqlite.table.Pipelines;
import dev.cxotel.bridge.journal.sqlite.table.Times;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The replays: each adds rows to the log that point to old deliveries and are addressed to one pipeline. The next piece is
 * added when the pipeline is past the last one.
 */
public final class Replays {

    /** Positions of the log that are looked at for one piece. */
    private static final int PIECE = 1000;

    /** Replays that are remembered. */
    private static final int REMEMBERED = 100;

    /** What concerns a destination, and was not offered again itself. */
    private static final String RANGE = """
            from event e join delivery d on d.id = e.delivery_id
            where e.seq >= ? and e.seq <= ? and e.offered_at is null and (e.addressee is null or e.addressee = ?)
              and d.received_at >= ? and d.received_at < ?""";

    private static final String OFFER = """
            insert into event(delivery_id, idx, type, revision, content, addressee, offered_at)
            select e.delivery_id, e.idx, e.type, e.revision, e.content, ?, ? %s order by e.seq""".formatted(RANGE);

    /** A replay of which something is still to be offered, or to end. */
    private static final String UNENDED = """
            select max(j.id) from replay_job j join pipeline p on p.id = j.pipeline_id
            where j.pipeline_id = ? and j.from_at = ? and j.to_at = ?
              and (j.next_seq <= j.upto_seq or p.position < j.fed_seq) having count(*) > 0""";

    private Replays() {}

    /** Returns the id of the replay, of the same range one that has not ended; empty when there is no such pipeline. */
    static Optional<Long> start(
            Database database, PipelineId pipeline, Instant from, Instant to, String who, Instant now)
            throws SQLException {
        PipelineRow row = PipelineRow.find(database, pipeline).orElse(null);
        if (row == null) {
            return Optional.empty();
        }
        Optional<Long> unended =
                database.first(UNENDED, found -> found.getLong(1), row.row(), Times.nanos(from), Times.nanos(to));
        if (unended.isPresent()) {
            return unended;
        }
        long first = database.number("select min(seq) from event");
        long last = database.number(Pipelines.LAST_SEQ);
        long total = database.number(
                "select count(*) " + RANGE, first, last, pipeline.destination(), Times.nanos(from), Times.nanos(to));
        database.update(
                "delete from replay_job where next_seq > upto_seq and id <= (select max(id) from replay_job) - ?",
                REMEMBERED);
        return database.first(
                """
                insert into replay_job(pipeline_id, at, who, from_at, to_at, next_seq, upto_seq, fed_seq, total)
                values (?, ?, ?, ?, ?, ?, ?, 0, ?) returning id""",
                found -> found.getLong(1),
                row.row(),
                Times.nanos(now),
                who,
                Times.nanos(from),
                Times.nanos(to),
                first,
                last,
                total);
    }

    /** Adds the next piece of each replay that may go on; returns whether any was. */
    public static boolean feed(Database database, Tally tally, Instant now) throws SQLException {
        record Due(long id, PipelineId pipeline, long from, long to, long next, long upto) {}
        List<Due> due = database.list(
                """
                select j.id, p.destination, p.signal, j.from_at, j.to_at, j.next_seq, j.upto_seq
                from replay_job j join pipeline p on p.id = j.pipeline_id
                where j.next_seq <= j.upto_seq and p.position >= j.fed_seq""",
                row -> new Due(
                        row.getLong(1),
                        new PipelineId(row.getString(2), row.getString(3)),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7)));
        for (Due job : due) {
            long last = Math.min(job.upto(), job.next() + PIECE - 1);
            String addressee = job.pipeline().toString();
            int offered = database.update(
                    OFFER,
                    addressee,
                    Times.nanos(now),
                    job.next(),
                    last,
                    job.pipeline().destination(),
                    job.from(),
                    job.to());
            tally.offer(addressee, offered);
            database.update(
                    "update replay_job set next_seq = ?, offered = offered + ?, fed_seq = max(fed_seq, ?) where id = ?",
                    last + 1,
                    offered,
                    offered == 0 ? 0 : database.number(Pipelines.LAST_SEQ),
                    job.id());
        }
        return !due.isEmpty();
    }

    /** The first position that a replay still wants to read; {@link Long#MAX_VALUE} when none does. */
    public static long firstWanted(Database database) throws SQLException {
        return database.first(
                        "select min(next_seq) from replay_job where next_seq <= upto_seq having count(*) > 0",
                        row -> row.getLong(1))
                .orElse(Long.MAX_VALUE);
    }

    static List<Operations.Replay> list(Database database) throws SQLException {
        return database.list(
                """
                select j.id, p.destination, p.signal, j.from_at, j.to_at, j.total, j.offered, j.next_seq > j.upto_seq,
                  (select count(*) from event e where e.seq > p.position and e.seq <= j.fed_seq
                     and e.addressee = p.destination || '/' || p.signal)
                from replay_job j join pipeline p on p.id = j.pipeline_id order by j.id desc limit ?""",
                row -> new Operations.Replay(
                        row.getLong(1),
                        new PipelineId(row.getString(2), row.getString(3)),
                        Times.instant(row.getLong(4)),
                        Times.instant(row.getLong(5)),
                        row.getLong(6),
                        row.getLong(7),
                        row.getLong(9),
                        row.getBoolean(8)),
                REMEMBERED);
    }
}
