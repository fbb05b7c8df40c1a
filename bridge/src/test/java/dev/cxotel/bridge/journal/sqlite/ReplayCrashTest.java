package dev.cxotel.bridge.journal.sqlite;

import static dev.cxotel.bridge.journal.Numbered.delivery;
import static dev.cxotel.bridge.journal.Numbered.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Event;
import dev.cxotel.bridge.event.Unreadable;
import dev.cxotel.bridge.journal.Commit;
import dev.cxotel.bridge.journal.Cursor;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.journal.ManualClock;
import dev.cxotel.bridge.journal.Numbered;
import dev.cxotel.bridge.journal.Operations;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.journal.Outcomes;
import dev.cxotel.bridge.journal.Page;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.journal.Quarantine;
import dev.cxotel.bridge.journal.QuarantinedEvent;
import dev.cxotel.bridge.journal.StoredEvent;
import dev.cxotel.bridge.journal.sqlite.database.Mutant;
import dev.cxotel.bridge.telemetry.Telemetry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An operator's process is killed before, in and after each commit of a replay or a drop, and the command is given again:
 * each event arrives once, but for the page that was accepted when its commit was cut, and the ledger closes.
 */
class ReplayCrashTest {

    private static final PipelineId SINK = new PipelineId("sink", "traces");
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant LATER = Instant.parse("2040-01-01T00:00:00Z");

    /** Numbers from here on are not understood. */
    private static final long UNREADABLE = 90;

    private interface Command {
        void give(Operations operations, Quarantine quarantine) throws Exception;
    }

    @TempDir
    Path parent;

    private final ManualClock clock = new ManualClock();

    @Test
    void kill_atAnyCommitOfAReplayOfUndelivered_deliversEachOnce() throws Exception {
        killOffering(Mutant.NONE);
    }

    @ParameterizedTest
    @EnumSource(names = {"REPLAY_KEEPS_ENTRY", "REPLAY_LOSES_EVENT"})
    void kill_atAnyCommitOfATornReplay_isFoundOut(Mutant mutant) {
        assertThatThrownBy(() -> killOffering(mutant))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("arrived");
    }

    @Test
    void kill_atAnyCommitOfAReplayOfHeldRefusedAndUnreadable_deliversEachOnce() throws Exception {
        try (SqliteJournal journal = open(directory())) {
            journal.cursor(SINK, Journal.Start.NOW);
            journal.append(delivery(clock.instant(), 7, 8), events(7), List.of(new Unreadable(1, "bad_time", "")));
            hold(journal, 1, 2);
            hold(journal, 2, 3);
            hold(journal, 6, 99);
            journal.keepRefused(delivery(clock.instant(), 5), "not_json", "");
        }
        Command replay = ReplayCrashTest::decodeAll;
        List<DyingOperator.Remains> deaths = deathsOf(replay, Mutant.NONE);
        assertThat(deaths).hasSize(11);
        for (DyingOperator.Remains death : deaths) {
            Ledger.SubscriptionLine line = after(death, replay, 7, 1, 1, 2, 3, 5, 6, 7, 8)
                    .subscriptions()
                    .getFirst();
            assertThat(List.of(line.decoded(), line.appended(), line.duplicate(), line.unreadable()))
                    .as(death.moment())
                    .containsExactly(9L, 7L, 1L, 1L);
        }
    }

    @Test
    void kill_atAnyCommitOfADrop_takesTheEntriesAndNothingElse() throws Exception {
        quarantineFour();
        Command drop = (operations, quarantine) -> {
            for (Quarantine.Entry entry : oldestFirst(quarantine)) {
                operations.drop(entry.id());
            }
        };
        for (DyingOperator.Remains death : deathsOf(drop, Mutant.NONE)) {
            after(death, drop, 5, 0, 5);
        }
    }

    @Test
    void kill_atAnyCommitOfAReplayOfARange_deliversEachOnceMore() throws Exception {
        long[] numbers = LongStream.rangeClosed(1, 1100).toArray();
        try (SqliteJournal journal = open(directory())) {
            Cursor cursor = journal.cursor(SINK, Journal.Start.NOW);
            journal.append(delivery(clock.instant(), numbers), events(numbers), List.of());
            deliver(journal, cursor);
        }
        Command replay = (operations, quarantine) -> {
            boolean ended = operations.replays().stream().anyMatch(one -> one.complete() && one.waiting() == 0);
            if (!ended) {
                operations.replay(SINK, LONG_AGO, LATER, "me");
            }
        };
        List<DyingOperator.Remains> deaths;
        try (DyingOperator operator = new DyingOperator(directory(), parent, clock, Mutant.NONE)) {
            replay.give(operator.operations(), operator.quarantine());
            for (int i = 0; i < 3; i++) {
                operator.feed();
                operator.deliver(SINK, 600);
            }
            deaths = operator.remains();
        }
        assertThat(deaths.getLast().arrived()).hasSize(1100);
        for (DyingOperator.Remains death : deaths) {
            after(death, replay, 2 * 1100, 0, numbers);
        }
    }

    private void killOffering(Mutant mutant) throws Exception {
        quarantineFour();
        Command replay = (operations, quarantine) -> {
            for (Quarantine.Entry entry : oldestFirst(quarantine)) {
                operations.offerAgain(entry.id());
            }
        };
        List<DyingOperator.Remains> deaths = deathsOf(replay, mutant);
        assertThat(deaths).hasSizeGreaterThanOrEqualTo(9);
        for (DyingOperator.Remains death : deaths) {
            after(death, replay, 9, 0, 1, 2, 3, 4, 5);
        }
    }

    /** Four events that the sink refused, of two deliveries, and one that waits. */
    private void quarantineFour() throws Exception {
        try (SqliteJournal journal = open(directory())) {
            Cursor cursor = journal.cursor(SINK, Journal.Start.NOW);
            append(journal, 1, 2);
            append(journal, 3, 4);
            Page page = cursor.poll(10, 1 << 20, Duration.ZERO);
            List<QuarantinedEvent> refused = page.events().stream()
                    .map(StoredEvent::seq)
                    .map(seq -> new QuarantinedEvent(seq, "status_400", "no"))
                    .toList();
            cursor.commit(new Commit(page, Outcomes.of(Outcome.QUARANTINED, 4), refused, List.of(), Optional.empty()));
            append(journal, 5);
        }
    }

    private List<DyingOperator.Remains> deathsOf(Command command, Mutant mutant) throws Exception {
        try (DyingOperator operator = new DyingOperator(directory(), parent, clock, mutant)) {
            command.give(operator.operations(), operator.quarantine());
            return operator.remains();
        }
    }

    /** Starts again after the death, gives the command again, and checks what there is in the end. */
    private Ledger after(DyingOperator.Remains death, Command again, long offered, int quarantined, long... arrived)
            throws Exception {
        try (SqliteJournal journal = open(death.directory())) {
            Cursor cursor = journal.cursor(SINK, Journal.Start.NOW);
            List<Long> all = new ArrayList<>(death.arrived());
            again.give(journal.operations(), journal.quarantine());
            all.addAll(deliver(journal, cursor));
            death.inFlight().forEach(twice -> assertThat(all.remove(twice)).isTrue());
            assertThat(all).as("arrived, killed " + death.moment()).containsExactlyInAnyOrder(boxed(arrived));
            assertThat(journal.quarantine().list(10)).as(death.moment()).hasSize(quarantined);
            assertThat(journal.operations().check().problems())
                    .as(death.moment())
                    .isEmpty();
            Ledger ledger = journal.ledger();
            assertThat(ledger.difference()).as(death.moment()).isZero();
            assertThat(ledger.pipelines()).as(death.moment()).singleElement().satisfies(line -> assertThat(
                            line.offered())
                    .isEqualTo(offered));
            return ledger;
        }
    }

    private static Long[] boxed(long... numbers) {
        return LongStream.of(numbers).boxed().toArray(Long[]::new);
    }

    private static List<Long> deliver(SqliteJournal journal, Cursor cursor) throws Exception {
        List<Long> all = new ArrayList<>();
        journal.tend();
        for (Page page = cursor.poll(2000, 1 << 20, Duration.ZERO);
                !page.isEmpty();
                page = cursor.poll(2000, 1 << 20, Duration.ZERO)) {
            all.addAll(Numbered.numbers(page));
            cursor.commit(
                    Commit.of(page, Outcomes.of(Outcome.EXPORTED, page.events().size())));
            journal.tend();
        }
        return all;
    }

    private static void decodeAll(Operations operations, Quarantine quarantine) throws Exception {
        for (Quarantine.Entry entry : oldestFirst(quarantine)) {
            List<Event> events = new ArrayList<>();
            List<Unreadable> unreadable = new ArrayList<>();
            Optional<Quarantine.Content> content = quarantine.show(entry.id());
            String[] parts =
                    content.map(found -> found.body().toUtf8()).orElse("").split(",", -1);
            for (int i = 0; i < parts.length && content.isPresent(); i++) {
                long number = Long.parseLong(parts[i]);
                if (number < UNREADABLE) {
                    events.add(Numbered.event(i, number));
                } else {
                    unreadable.add(new Unreadable(i, "bad_time", ""));
                }
            }
            operations.readmit(entry.id(), events, unreadable);
        }
    }

    private static List<Quarantine.Entry> oldestFirst(Quarantine quarantine) throws Exception {
        return quarantine.list(100).reversed();
    }

    private void append(SqliteJournal journal, long... numbers) {
        journal.append(delivery(clock.instant(), numbers), events(numbers), List.of());
    }

    private void hold(SqliteJournal journal, long... numbers) {
        assertThat(journal.hold(delivery(clock.instant(), numbers), Bytes.utf8("request"), "no_key"))
                .isTrue();
    }

    private Path directory() throws Exception {
        return Files.createDirectories(parent.resolve("data"));
    }

    private SqliteJournal open(Path directory) throws Exception {
        return SqliteJournal.open(TestConfig.in(directory), clock, Telemetry.NONE, Mutant.NONE);
    }
}
