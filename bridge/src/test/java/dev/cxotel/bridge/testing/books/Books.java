package dev.cxotel.bridge.testing.books;

import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.signal.Signal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Three counts of the same events, made apart: a test's own of what it sent and its backends stored, the ledger's, and one
 * of the rows in the file. Where they disagree, a count is wrong.
 */
public final class Books {

    private final Map<String, Long> own = new TreeMap<>();
    private OptionalLong released = OptionalLong.of(0);

    /** Counts {@code count} more of what the subscription did: a word of the ledger such as {@code appended}. */
    public Books door(String subscription, String counter, long count) {
        own.merge(subscription + " " + counter, count, Long::sum);
        return this;
    }

    /** Counts {@code count} more events that ended so for the pipeline. */
    public Books ended(String pipeline, Outcome outcome, long count) {
        own.merge(pipeline + " " + outcome.configName(), count, Long::sum);
        return this;
    }

    /** Counts {@code count} more events that the pipeline has to deal with. */
    public Books offered(String pipeline, long count) {
        own.merge(pipeline + " offered", count, Long::sum);
        return this;
    }

    /** Counts {@code count} more entries that an operator took out of quarantine; the ledger remembers that they were in. */
    public Books outOfQuarantine(long count) {
        released = OptionalLong.of(released.orElse(0) + count);
        return this;
    }

    /** Does not know what an operator took out of quarantine. */
    Books withoutQuarantine() {
        released = OptionalLong.empty();
        return this;
    }

    /** Counts what a backend stored, repeats left out; metrics cannot be counted by event. */
    public Books stored(String destination, Backend backend) {
        ended(
                destination + "/traces",
                Outcome.EXPORTED,
                backend.spans().stream()
                        .map(span -> span.getSpanId())
                        .distinct()
                        .count());
        long logs =
                backend.logs().stream().map(log -> log.getSpanId()).distinct().count();
        return ended(destination + "/logs", Outcome.EXPORTED, logs);
    }

    /** What the three counts disagree in; empty when the books are right. */
    public List<String> disagreements(Ledger ledger, Path journal) throws SQLException {
        List<String> wrong = new ArrayList<>();
        Map<String, Long> theirs = flat(ledger);
        own.forEach((counter, count) -> compare(wrong, counter, count, theirs.getOrDefault(counter, 0L)));
        ledger.subscriptions().forEach(line -> {
            compare(wrong, line.subscription() + " deliveries and their ends", 0, line.deliveryDifference());
            compare(wrong, line.subscription() + " events and their ends", 0, line.eventDifference());
        });
        for (Ledger.PipelineLine line : ledger.pipelines()) {
            compare(wrong, line.id() + " offered and its ends", 0, line.difference());
        }
        wrong.addAll(new RowCount(journal).disagreements(ledger, released));
        return wrong;
    }

    private static Map<String, Long> flat(Ledger ledger) {
        Map<String, Long> flat = new TreeMap<>();
        ledger.subscriptions().forEach(line -> {
            String name = line.subscription() + " ";
            flat.put(name + "deliveries", line.deliveries());
            flat.put(name + "accepted", line.accepted());
            flat.put(name + "empty", line.empty());
            flat.put(name + "decoded", line.decoded());
            flat.put(name + "appended", line.appended());
            flat.put(name + "duplicate", line.duplicate());
            flat.put(name + "unreadable", line.unreadable());
            flat.put(name + "revised", line.revised());
            flat.put(name + "similar", line.similar());
            line.refused().forEach((reason, count) -> flat.merge(name + "refused", count, Long::sum));
        });
        ledger.pipelines().forEach(line -> {
            flat.put(line.id() + " offered", line.offered());
            flat.put(line.id() + " waiting", line.waiting());
            line.outcomes()
                    .counts()
                    .forEach((key, count) -> flat.merge(
                            line.id() + " " + key.outcome().name().toLowerCase(Locale.ROOT), count, Long::sum));
        });
        return flat;
    }

    private static void compare(List<String> wrong, String counter, long expected, long actual) {
        if (expected != actual) {
            wrong.add("%s: %d, and the ledger says %d".formatted(counter, expected, actual));
        }
    }

    /** The pipeline's name in the books. */
    public static String pipeline(String destination, Signal signal) {
        return destination + "/" + signal.configName();
    }
}
