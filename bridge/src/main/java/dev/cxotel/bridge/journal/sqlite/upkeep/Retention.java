package dev.cxotel.bridge.journal.sqlite.upkeep;

import dev.cxotel.bridge.config.JournalConfig;
import dev.cxotel.bridge.journal.sqlite.database.Database;
import dev.cxotel.bridge.journal.sqlite.database.Tally;
import dev.cxotel.bridge.journal.sqlite.operations.Replays;
import dev.cxotel.bridge.journal.sqlite.table.ContactTable;
import dev.cxotel.bridge.journal.sqlite.table.Identities;
import dev.cxotel.bridge.journal.sqlite.table.PipelineRow;
import dev.cxotel.bridge.journal.sqlite.table.Pipelines;
import dev.cxotel.bridge.journal.sqlite.table.QuarantineTable;
import dev.cxotel.bridge.journal.sqlite.table.Times;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What ends and what goes. Delivered events go after {@code replay_retention}, or when space is needed; undelivered ones
 * expire after {@code max_backlog_age}, or, when space is needed and nothing delivered is left, the oldest first. Each
 * step removes at most {@value #STEP} events. Used on the writer's thread.
 */
public final class Retention {

    static final int STEP = 1000;
    static final String MAX_SIZE = "max_size";
    static final String MAX_BACKLOG_AGE = "max_backlog_age";

    private static final long ALL = Long.MAX_VALUE;
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final String OLDEST = """
            select e.seq, coalesce(e.offered_at, d.received_at) from event e join delivery d on d.id = e.delivery_id
            where e.seq > ? and e.seq <= ? order by e.seq limit ?""";

    private final JournalConfig config;
    private final Limits limits;
    private final InstantSource clock;
    /** Nothing at or before this position can go: it is gone, or quarantine keeps it. */
    private long floor;

    private Instant expiryLogged = Instant.MIN;

    /** @param limits bound quarantine */
    public Retention(JournalConfig config, Limits limits, InstantSource clock) {
        this.config = config;
        this.limits = limits;
        this.clock = clock;
    }

    /** One step of what time asks for; returns whether there is more to do. */
    boolean age(Database database, Tally tally) throws SQLException {
        Instant now = clock.instant();
        boolean more = expireOld(database, tally, now);
        more |= deleteDelivered(
                        database, Times.nanos(now.minus(config.replayRetention())), Replays.firstWanted(database) - 1)
                == STEP;
        more |= forgetIdentities(database, tally, Times.nanos(now)) == STEP;
        more |= ContactTable.forgetClosed(database, Times.nanos(now.minus(config.deduplicationWindow())), STEP) == STEP;
        more |= boundQuarantine(database, tally, limits.quarantine());
        more |= ageQuarantine(database, tally, Times.nanos(now.minus(config.quarantineRetention())));
        more |= Replays.feed(database, tally, now);
        return more;
    }

    /**
     * One step of making room.
     *
     * @param need bytes to be freed; not much more than that goes
     * @param mayExpire whether events go that a pipeline still waits for
     * @return whether anything went
     */
    boolean makeRoom(Database database, Tally tally, long need, boolean mayExpire) throws SQLException {
        List<Long> oldest = oldest(database, need);
        if (!oldest.isEmpty() && deleteDelivered(database, Long.MAX_VALUE, oldest.getLast()) > 0) {
            return true;
        }
        if (!mayExpire) {
            return false;
        }
        if (database.number("select count from counter where name = 'identities'") > identityLimit()) {
            LOG.warn("Identities take a quarter of journal.max_size: the oldest are forgotten before their time");
            return forgetIdentities(database, tally, ALL) > 0;
        }
        if (ContactTable.forgetClosed(database, ALL, STEP) > 0) {
            return true;
        }
        return expireOldest(database, tally, oldest)
                || boundQuarantine(database, tally, 0)
                || forgetIdentities(database, tally, ALL) > 0;
    }

    private long identityLimit() {
        return Math.max(STEP, config.maxSize() / 4 / Identities.ROW_BYTES);
    }

    private static int forgetIdentities(Database database, Tally tally, long expiredBefore) throws SQLException {
        int forgotten = Identities.forgetExpired(database, expiredBefore, STEP);
        tally.changeIdentities(-forgotten);
        return forgotten;
    }

    private boolean expireOld(Database database, Tally tally, Instant now) throws SQLException {
        long cutoff = Times.nanos(now.minus(config.maxBacklogAge()));
        boolean more = false;
        for (PipelineRow pipeline : PipelineRow.all(database)) {
            List<Long> old = new ArrayList<>();
            database.forEach(
                    OLDEST,
                    row -> row.getLong(2) < cutoff && old.add(row.getLong(1)),
                    pipeline.position(),
                    Long.MAX_VALUE,
                    STEP);
            if (!old.isEmpty()) {
                expire(database, tally, pipeline, old.getLast(), MAX_BACKLOG_AGE);
                more |= old.size() == STEP;
            }
        }
        return more;
    }

    /** The oldest events whose bodies have {@code need} bytes together, at most a step of them. */
    private List<Long> oldest(Database database, long need) throws SQLException {
        List<Long> oldest = new ArrayList<>();
        Need left = new Need(need);
        database.forEach(
                """
                select e.seq, e.delivery_id, length(d.body) from event e join delivery d on d.id = e.delivery_id
                where e.seq > ? order by e.seq limit ?""", row -> left.take(row.getLong(2), row.getLong(3)) && oldest.add(row.getLong(1)), floor, STEP);
        return oldest;
    }

    /** Bytes still to be found; the body that reaches them is taken whole. */
    private static final class Need {
        private long left;
        private long delivery;

        private Need(long left) {
            this.left = left;
        }

        private boolean take(long id, long bytes) {
            if (id == delivery) {
                return true;
            }
            boolean wanted = left > 0;
            delivery = id;
            left -= bytes;
            return wanted;
        }
    }

    private boolean expireOldest(Database database, Tally tally, List<Long> oldest) throws SQLException {
        if (oldest.isEmpty()) {
            return false;
        }
        for (PipelineRow pipeline : PipelineRow.all(database)) {
            if (pipeline.position() < oldest.getLast()) {
                expire(database, tally, pipeline, oldest.getLast(), MAX_SIZE);
            }
        }
        return deleteDelivered(database, Long.MAX_VALUE, oldest.getLast()) > 0;
    }

    private void expire(Database database, Tally tally, PipelineRow pipeline, long upto, String reason)
            throws SQLException {
        long count = Pipelines.expire(database, pipeline, upto, reason);
        tally.movePipelines();
        tally.expire(pipeline.id(), reason, count);
        Instant now = clock.instant();
        if (count > 0 && now.isAfter(expiryLogged.plusSeconds(60))) {
            expiryLogged = now;
            LOG.error(
                    "{}: {} events were given up by journal.{} before the destination accepted them, and more may follow; "
                            + "'cxotel ledger' has the sum",
                    pipeline.id(),
                    count,
                    reason);
        }
    }

    /**
     * Deletes events up to {@code upto} that every pipeline is past, received before {@code before}; returns how many it
     * looked at.
     */
    private int deleteDelivered(Database database, long before, long upto) throws SQLException {
        long past = database.first("select min(position) from pipeline having count(*) > 0", row -> row.getLong(1))
                .orElse(Long.MAX_VALUE);
        List<Long> seqs = new ArrayList<>(STEP);
        database.forEach(
                OLDEST, row -> row.getLong(2) < before && seqs.add(row.getLong(1)), floor, Math.min(past, upto), STEP);
        if (seqs.isEmpty()) {
            return 0;
        }
        // The deliveries of what goes, read before it goes: what was offered again points to old ones.
        String deliveries = database.first(
                        "select json_group_array(distinct delivery_id) from event where seq > ? and seq <= ?",
                        row -> row.getString(1),
                        floor,
                        seqs.getLast())
                .orElse("[]");
        database.update("""
                delete from event where seq > ? and seq <= ?
                  and not exists (select 1 from quarantine q where q.seq = event.seq)""", floor, seqs.getLast());
        database.update("""
                delete from delivery where id in (select value from json_each(?))
                  and not exists (select 1 from event e where e.delivery_id = delivery.id)
                  and not exists (select 1 from quarantine q where q.delivery_id = delivery.id)""", deliveries);
        floor = seqs.getLast();
        return seqs.size();
    }

    private boolean boundQuarantine(Database database, Tally tally, long maxBytes) throws SQLException {
        int removed = QuarantineTable.removeBeyond(database, maxBytes, STEP);
        if (removed > 0) {
            // What it kept can go now.
            floor = 0;
            tally.changeQuarantine();
            LOG.warn("Quarantine is full (journal.quarantine_max_size): its {} oldest entries were dropped", removed);
        }
        return removed > 0;
    }

    private boolean ageQuarantine(Database database, Tally tally, long before) throws SQLException {
        int removed = QuarantineTable.removeOlder(database, before, STEP);
        if (removed > 0) {
            floor = 0;
            tally.changeQuarantine();
            LOG.warn("{} entries of quarantine reached journal.quarantine_retention and were dropped", removed);
        }
        return removed == STEP;
    }

    /** What a transaction that failed said about the floor does not hold, nor does it once quarantine lets something go. */
    void forgetFloor() {
        floor = 0;
    }
}
