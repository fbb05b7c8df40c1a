package dev.cxotel.bridge.journal.sqlite.database;

import dev.cxotel.bridge.journal.AppendResult;
import dev.cxotel.bridge.journal.PipelineId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a transaction counts in memory until it writes it in one go. Each side of the ledger is counted where it
 * happens: {@link Line#receive} when a delivery comes in, {@link Line#accept} when its rows are in; {@link Line#decode}
 * from what was handed over, {@link Line#append} from what the inserts did. Used by one thread at a time.
 */
public final class Tally {

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
    public static final class Line {
        private long deliveries;
        private long accepted;
        private long empty;
        private long decoded;
        private long appended;
        private long duplicate;
        private long unreadable;
        private long revised;
        private long similar;
        private final Map<String, Long> refused = new HashMap<>();

        /** Counts a delivery that came in. */
        public void receive() {
            deliveries++;
        }

        /** Counts a delivery whose rows are in. */
        public void accept() {
            accepted++;
        }

        /** Counts a delivery that held nothing. */
        public void findEmpty() {
            empty++;
        }

        /** Counts a delivery that was refused for a reason. */
        public void refuse(String reason) {
            refused.merge(reason, 1L, Long::sum);
        }

        /** Counts parts that were handed over, readable or not; negative for parts that were counted before. */
        public void decode(long parts) {
            decoded += parts;
        }

        /** Counts what became of the parts. */
        public void append(AppendResult.Appended result) {
            appended += result.appended();
            duplicate += result.duplicates();
            unreadable += result.unreadable();
            revised += result.revised();
            similar += result.similar();
        }

        /** Takes back parts that were unreadable and are not any more. */
        public void takeBackUnreadable(long parts) {
            unreadable -= parts;
        }

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

    private final Map<String, Line> lines = new HashMap<>();
    private final Map<String, Long> offered = new HashMap<>();
    private final List<Expired> expired = new ArrayList<>();

    /** Events that a pipeline waited for and will not get. */
    public record Expired(PipelineId pipeline, String reason, long count) {}

    private long identities;

    private boolean pipelinesMoved;
    private boolean quarantineChanged;
    private boolean quarantineReleased;
    private int deliveries;

    /** The counts of a subscription. */
    public Line line(String subscription) {
        return lines.computeIfAbsent(subscription, name -> new Line());
    }

    /** Counts event rows inserted for an addressee; the empty text stands for all. */
    public void offer(String addressee, long rows) {
        offered.merge(addressee, rows, Long::sum);
    }

    /** Counts identities remembered, or forgotten when negative. */
    public void changeIdentities(long difference) {
        identities += difference;
    }

    /** Counts events that expired. */
    public void expire(PipelineId pipeline, String reason, long count) {
        expired.add(new Expired(pipeline, reason, count));
    }

    /** Events that expired, to be reported once that is durable. */
    public List<Expired> expired() {
        return expired;
    }

    /** Notes that pipelines came, went or moved. */
    public void movePipelines() {
        pipelinesMoved = true;
    }

    /** Notes that entries came into quarantine or left it. */
    public void changeQuarantine() {
        quarantineChanged = true;
    }

    /** Entries left quarantine, and what they kept may go when its time has come. */
    public void releaseQuarantine() {
        quarantineChanged = true;
        quarantineReleased = true;
    }

    /** Counts a delivery into the size of the group. */
    public void countDelivery() {
        deliveries++;
    }

    /** Whether pipelines came, went or moved. */
    public boolean pipelinesMoved() {
        return pipelinesMoved;
    }

    /** Whether entries came into quarantine or left it. */
    public boolean quarantineChanged() {
        return quarantineChanged;
    }

    /** Whether entries left quarantine on an operator's word. */
    public boolean quarantineReleased() {
        return quarantineReleased;
    }

    /** Deliveries appended: the size of the group. */
    public int deliveries() {
        return deliveries;
    }

    /** Adds the counts of another step. */
    public void add(Tally other) {
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
    public void write(Database database) throws SQLException {
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
