package dev.cxotel.bridge.journal.sqlite;

import dev.cxotel.bridge.journal.PipelineId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a transaction counts in memory until it writes it in one go. Each side of the ledger is counted where it
 * happens: {@link Line#deliveries} when a delivery comes in, {@link Line#accepted} when its rows are in; {@link Line#decoded}
 * from what was handed over, {@link Line#appended} from what the inserts did. Used by one thread at a time.
 */
final class Tally {

    private static final String ADD_LINE = """
            update subscription set deliveries = deliveries + ?, accepted = accepted + ?, empty = empty + ?,
              decoded = decoded + ?, appended = appended + ?, duplicate = duplicate + ?, unreadable = unreadable + ?,
              revised = revised + ?, similar = similar + ?
            where name = ?""";
    private static final String ADD_REFUSAL = """
            insert into refusal(subscription, reason, count) values (?, ?, ?)
            on conflict do update set count = count + excluded.count""";
    private static final String ADD_OFFER = """
            insert into offer(addressee, total) values (?, ?)
            on conflict do update set total = total + excluded.total""";

    /** The counts of one subscription. */
    static final class Line {
        long deliveries;
        long accepted;
        long empty;
        long decoded;
        long appended;
        long duplicate;
        long unreadable;
        long revised;
        long similar;
        final Map<String, Long> refused = new HashMap<>();

        private void add(Line other) {
            deliveries += other.deliveries;
            accepted += other.accepted;
            empty += other.empty;
            decoded += other.decoded;
            appended += other.appended;
            duplicate += other.duplicate;
            unreadable += other.unreadable;
            revised += other.revised;
            similar += other.similar;
            other.refused.forEach((reason, count) -> refused.merge(reason, count, Long::sum));
        }
    }

    final Map<String, Line> lines = new HashMap<>();
    /** Event rows inserted, by addressee; the empty text stands for all. */
    final Map<String, Long> offered = new HashMap<>();

    /** Events that expired, to be reported once that is durable. */
    final List<Expired> expired = new ArrayList<>();

    /** Events that a pipeline waited for and will not get. */
    record Expired(PipelineId pipeline, String reason, long count) {}

    /** Identities remembered less those forgotten. */
    long identities;

    private boolean pipelinesMoved;
    private boolean quarantineChanged;
    private boolean quarantineReleased;
    private int deliveries;

    Line line(String subscription) {
        return lines.computeIfAbsent(subscription, name -> new Line());
    }

    void offer(String addressee) {
        offered.merge(addressee, 1L, Long::sum);
    }

    void expire(PipelineId pipeline, String reason, long count) {
        expired.add(new Expired(pipeline, reason, count));
    }

    void movePipelines() {
        pipelinesMoved = true;
    }

    void changeQuarantine() {
        quarantineChanged = true;
    }

    /** Entries left quarantine, and what they kept may go when its time has come. */
    void releaseQuarantine() {
        quarantineChanged = true;
        quarantineReleased = true;
    }

    void countDelivery() {
        deliveries++;
    }

    boolean pipelinesMoved() {
        return pipelinesMoved;
    }

    boolean quarantineChanged() {
        return quarantineChanged;
    }

    boolean quarantineReleased() {
        return quarantineReleased;
    }

    /** Deliveries appended: the size of the group. */
    int deliveries() {
        return deliveries;
    }

    void add(Tally other) {
        other.lines.forEach((name, line) -> line(name).add(line));
        other.offered.forEach((addressee, count) -> offered.merge(addressee, count, Long::sum));
        identities += other.identities;
        expired.addAll(other.expired);
        pipelinesMoved |= other.pipelinesMoved;
        quarantineChanged |= other.quarantineChanged;
        quarantineReleased |= other.quarantineReleased;
        deliveries += other.deliveries;
    }

    /** Adds the counts to their rows. */
    void write(Database database) throws SQLException {
        for (Map.Entry<String, Line> entry : lines.entrySet()) {
            writeLine(database, entry.getKey(), entry.getValue());
        }
        for (Map.Entry<String, Long> entry : offered.entrySet()) {
            database.update(ADD_OFFER, entry.getKey(), entry.getValue());
        }
        if (identities != 0) {
            database.update("update counter set count = count + ? where name = 'identities'", identities);
        }
    }

    private static void writeLine(Database database, String name, Line line) throws SQLException {
        database.update("insert into subscription(name) values (?) on conflict do nothing", name);
        database.update(
                ADD_LINE,
                line.deliveries,
                line.accepted,
                line.empty,
                line.decoded,
                line.appended,
                line.duplicate,
                line.unreadable,
                line.revised,
                line.similar,
                name);
        for (Map.Entry<String, Long> refusal : line.refused.entrySet()) {
            database.update(ADD_REFUSAL, name, refusal.getKey(), refusal.getValue());
        }
    }
}
