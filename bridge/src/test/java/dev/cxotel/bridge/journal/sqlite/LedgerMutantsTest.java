package dev.cxotel.bridge.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.event.Event;
import dev.cxotel.bridge.event.Identity.OnChange;
import dev.cxotel.bridge.event.Unreadable;
import dev.cxotel.bridge.journal.AppendResult;
import dev.cxotel.bridge.journal.Commit;
import dev.cxotel.bridge.journal.Cursor;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.ManualClock;
import dev.cxotel.bridge.journal.Numbered;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.journal.Outcomes;
import dev.cxotel.bridge.journal.Page;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.journal.QuarantinedEvent;
import dev.cxotel.bridge.telemetry.Telemetry;
import dev.cxotel.bridge.testing.books.Books;
import dev.cxotel.bridge.testing.books.JournalRows;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One increment of each counter of the ledger is taken away, and the recount must notice. The increment is taken by a
 * trigger in the file, past the program, so that no code of the program knows of it.
 */
class LedgerMutantsTest {

    private static final String VOICE = Numbered.SUBSCRIPTION;
    private static final PipelineId TRACES = new PipelineId("sink", "traces");
    private static final String ONCE = "(select count(*) from taken) = 0";

    /** What the scenario appends before the events that stay waiting. */
    private static final int ENDED = 12;

    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock();
    private final Books books = new Books();

    @Test
    void recount_allCounts_agree() throws Exception {
        assertThat(recount()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("counters")
    void recount_oneIncrementMissing_isFoundOut(String counter) throws Exception {
        SqliteJournal.open(TestConfig.in(directory), clock, Telemetry.NONE).close();
        JournalRows.execute(directory, "create table taken(n integer)");
        JournalRows.execute(directory, saboteurs(counter).toArray(String[]::new));

        List<String> wrong = recount();

        assertThat(JournalRows.count(directory, "select count(*) from taken"))
                .as("increments taken away")
                .isOne();
        assertThat(wrong).isNotEmpty();
    }

    static Stream<String> counters() {
        Stream<String> outcomes = Stream.of(Outcome.values()).map(outcome -> "outcome " + outcome.configName());
        return Stream.concat(
                Stream.of(
                        "deliveries",
                        "accepted",
                        "empty",
                        "refused",
                        "decoded",
                        "appended",
                        "duplicate",
                        "unreadable",
                        "revised",
                        "similar",
                        "offered",
                        "waiting",
                        "quarantine"),
                outcomes);
    }

    private static List<String> saboteurs(String counter) {
        return switch (counter) {
            case "refused" -> ofCount("refusal", "");
            case "offered" -> ofColumn("offer", "total", "addressee");
            case "waiting" ->
                List.of("create trigger t after insert on event when new.seq > " + ENDED + " and " + ONCE
                        + " begin insert into taken values (1); delete from event where seq = new.seq; end");
            case "quarantine" ->
                List.of("create trigger t after insert on quarantine when " + ONCE
                        + " begin insert into taken values (1); delete from quarantine where id = new.id; end");
            default ->
                counter.startsWith("outcome ")
                        ? ofCount("pipeline_outcome", " and new.outcome = '" + counter.substring(8) + "'")
                        : ofColumn("subscription", counter, "name");
        };
    }

    /** Of a row that is updated. */
    private static List<String> ofColumn(String table, String column, String key) {
        return List.of(
                "create trigger t after update on %1$s when new.%2$s > old.%2$s and %4$s begin insert into taken values (1); update %1$s set %2$s = %2$s - 1 where %3$s = new.%3$s; end"
                        .formatted(table, column, key, ONCE));
    }

    /** Of a row that is inserted with its first count, and updated later. */
    private static List<String> ofCount(String table, String condition) {
        String body =
                " on %1$s when %2$s%3$s begin insert into taken values (1); update %1$s set count = count - 1 where %4$s; end"
                        .formatted(
                                table,
                                ONCE,
                                condition,
                                table.equals("refusal")
                                        ? "subscription = new.subscription and reason = new.reason"
                                        : "pipeline_id = new.pipeline_id and outcome = new.outcome and reason = new.reason");
        return List.of("create trigger t after insert" + body, "create trigger u after update" + body);
    }

    /** Does everything that the ledger counts, counts it by itself, and compares. */
    private List<String> recount() throws Exception {
        try (SqliteJournal journal = SqliteJournal.open(TestConfig.in(directory), clock, Telemetry.NONE)) {
            Cursor cursor = journal.cursor(TRACES, Journal.Start.NOW);
            receive(journal);
            deliver(cursor);
            clock.advance(Duration.ofHours(73));
            journal.tend();
            books.ended("sink/traces", Outcome.EXPIRED, 3);
            append(journal, 21, 22, 23, 24);
            journal.tend();
            return books.disagreements(journal.ledger(), directory);
        }
    }

    private void receive(SqliteJournal journal) {
        append(journal, 1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(journal.append(Numbered.delivery(clock.instant(), 1, 2), Numbered.events(1, 2), List.of()))
                .isEqualTo(new AppendResult.Appended(0, 2, 0, 0, 0));
        books.door(VOICE, "deliveries", 1).door(VOICE, "accepted", 1).door(VOICE, "decoded", 2);
        books.door(VOICE, "duplicate", 2);
        change(journal, OnChange.REVISION, "revised");
        change(journal, OnChange.SIMILAR, "similar");
        journal.append(
                Numbered.delivery(clock.instant(), 9), List.of(), List.of(new Unreadable(0, "not_an_object", "[]")));
        books.door(VOICE, "deliveries", 1).door(VOICE, "accepted", 1).door(VOICE, "decoded", 1);
        books.door(VOICE, "unreadable", 1);
        journal.count(VOICE, "empty");
        books.door(VOICE, "deliveries", 1).door(VOICE, "empty", 1);
        journal.count(VOICE, "too_large");
        journal.count(VOICE, "signature_mismatch");
        books.door(VOICE, "deliveries", 2).door(VOICE, "refused", 2);
    }

    private void append(SqliteJournal journal, long... numbers) {
        journal.append(Numbered.delivery(clock.instant(), numbers), Numbered.events(numbers), List.of());
        books.door(VOICE, "deliveries", 1).door(VOICE, "accepted", 1);
        books.door(VOICE, "decoded", numbers.length).door(VOICE, "appended", numbers.length);
        books.offered("sink/traces", numbers.length);
    }

    private void change(SqliteJournal journal, OnChange onChange, String counter) {
        List<Event> events = List.of(
                Numbered.event(0, "key " + counter, "first", onChange),
                Numbered.event(1, "key " + counter, "second", onChange));
        journal.append(Numbered.delivery(clock.instant(), 0, 0), events, List.of());
        books.door(VOICE, "deliveries", 1).door(VOICE, "accepted", 1);
        books.door(VOICE, "decoded", 2).door(VOICE, "appended", 2).door(VOICE, counter, 1);
        books.offered("sink/traces", 2);
    }

    /** Ends nine of the twelve events, each way but the one of time. */
    private void deliver(Cursor cursor) throws Exception {
        Page page = cursor.poll(9, 1 << 20, Duration.ZERO);
        Outcomes outcomes = Outcomes.of(Outcome.EXPORTED, 3);
        for (Outcome outcome : List.of(
                Outcome.EXPORTED_IN_PART, Outcome.SKIPPED, Outcome.REJECTED, Outcome.QUARANTINED, Outcome.DROPPED)) {
            long count = outcome == Outcome.SKIPPED ? 2 : 1;
            outcomes = outcomes.plus(outcome, outcome.name().toLowerCase(Locale.ROOT), count);
            books.ended("sink/traces", outcome, count);
        }
        books.ended("sink/traces", Outcome.EXPORTED, 3);
        cursor.commit(new Commit(
                page,
                outcomes,
                List.of(new QuarantinedEvent(page.events().getFirst().seq(), "refused", "HTTP 400")),
                List.of(),
                Optional.empty()));
    }
}
