package dev.cxotel.bridge.journal.sqlite;

import static dev.cxotel.bridge.journal.Numbered.delivery;
import static dev.cxotel.bridge.journal.Numbered.events;
import static dev.cxotel.bridge.journal.Numbered.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Unreadable;
import dev.cxotel.bridge.journal.AppendResult.Appended;
import dev.cxotel.bridge.journal.Commit;
import dev.cxotel.bridge.journal.Cursor;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.JournalRig;
import dev.cxotel.bridge.journal.Operations;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.journal.Outcomes;
import dev.cxotel.bridge.journal.Page;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.journal.Quarantine;
import dev.cxotel.bridge.journal.QuarantinedEvent;
import dev.cxotel.bridge.journal.StoredEvent;
import dev.cxotel.bridge.journal.sqlite.database.Database;
import dev.cxotel.bridge.journal.sqlite.database.Mutant;
import dev.cxotel.bridge.testing.CountingTelemetry;
import dev.cxotel.semconv.CxotelMetrics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does to a journal: each thing once, and the ledger closes. */
class OperationsTest extends JournalRig {

    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant LATER = Instant.parse("2040-01-01T00:00:00Z");

    @TempDir
    Path directory;

    private final CountingTelemetry telemetry = new CountingTelemetry();

    @Override
    protected Journal open() throws JournalException {
        return SqliteJournal.open(TestConfig.in(directory), clock, telemetry);
    }

    private void tend() {
        ((SqliteJournal) journal).tend();
    }

    private List<Long> drain(Cursor cursor) throws Exception {
        List<Long> all = new ArrayList<>();
        for (Page page = poll(cursor, 100); !page.isEmpty(); page = poll(cursor, 100)) {
            all.addAll(numbers(page));
            cursor.commit(exported(page));
            tend();
        }
        return all;
    }

    private long entry() throws JournalException {
        return journal.quarantine().list(1).getFirst().id();
    }

    private long count(String counter) throws Exception {
        try (Database database = Database.open(directory.resolve("journal.db"), Mutant.NONE, 0, 1000)) {
            return database.number("select count from counter where name = ?", counter);
        }
    }

    @Test
    void replay_range_offersItOnceMoreToThatPipelineOnlyWithTheSameIdentity() throws Exception {
        Cursor traces = journal.cursor(TRACES, Journal.Start.NOW);
        Cursor logs = journal.cursor(LOGS, Journal.Start.NOW);
        append(1, 2);
        clock.advance(Duration.ofMinutes(1));
        Instant from = clock.instant();
        append(3, 4);
        append(5);
        clock.advance(Duration.ofMinutes(1));
        Instant to = clock.instant();
        append(6);
        Page first = poll(traces, 10);
        traces.commit(exported(first));
        drain(logs);
        Operations.Replay replay =
                journal.operations().replay(TRACES, from, to, "me").orElseThrow();
        assertThat(replay.total()).isEqualTo(3);
        tend();
        Page again = poll(traces, 10);
        assertThat(numbers(again)).containsExactly(3L, 4L, 5L);
        assertThat(again.events())
                .extracting(StoredEvent::content, StoredEvent::arrival, StoredEvent::index)
                .isEqualTo(first.events().subList(2, 5).stream()
                        .map(event ->
                                org.assertj.core.groups.Tuple.tuple(event.content(), event.arrival(), event.index()))
                        .toList());
        assertThat(line(TRACES).offered()).isEqualTo(9);
        assertThat(line(TRACES).waiting()).isEqualTo(3);
        traces.commit(exported(again));
        assertThat(drain(logs)).isEmpty();
        assertThat(line(LOGS).offered()).isEqualTo(6);
        tend();
        replay = journal.operations().replays().getFirst();
        assertThat(replay.offered()).isEqualTo(3);
        assertThat(replay.waiting()).isZero();
        assertThat(replay.complete()).isTrue();
    }

    @Test
    void replay_ofAReplay_offersEachEventOnce() throws Exception {
        Cursor traces = journal.cursor(TRACES, Journal.Start.NOW);
        append(1);
        drain(traces);
        for (int i = 0; i < 3; i++) {
            assertThat(journal.operations()
                            .replay(TRACES, LONG_AGO, LATER, "me")
                            .orElseThrow()
                            .total())
                    .isEqualTo(1);
            tend();
            assertThat(drain(traces)).containsExactly(1L);
        }
    }

    @Test
    void replay_long_survivesRestartAndDoesNotStarveNewEvents() throws Exception {
        Cursor traces = journal.cursor(TRACES, Journal.Start.NOW);
        long[] numbers = LongStream.rangeClosed(1, 5000).toArray();
        append(numbers);
        drain(traces);
        journal.operations().replay(TRACES, LONG_AGO, LATER, "me");
        tend();
        Page page = poll(traces, 300);
        traces.commit(exported(page));
        List<Long> seen = new ArrayList<>(numbers(page));
        append(6000);
        reopen();
        traces = journal.cursor(TRACES, Journal.Start.NOW);
        seen.addAll(drain(traces));
        assertThat(seen.indexOf(6000L)).as("behind one piece at most").isLessThan(1001);
        seen.remove(6000L);
        assertThat(seen).containsExactly(LongStream.rangeClosed(1, 5000).boxed().toArray(Long[]::new));
        assertThat(journal.operations().replays().getFirst().complete()).isTrue();
    }

    @Test
    void replay_oldEvents_doNotExpireForTheirReceiveTime() throws Exception {
        Cursor traces = journal.cursor(TRACES, Journal.Start.NOW);
        append(1);
        drain(traces);
        clock.advance(Duration.ofHours(23));
        journal.operations().replay(TRACES, LONG_AGO, LATER, "me");
        tend();
        clock.advance(Duration.ofHours(60));
        tend();
        assertThat(drain(traces)).containsExactly(1L);
        clock.advance(Duration.ofHours(25));
        tend();
        tend();
        try (Database database = Database.open(directory.resolve("journal.db"), Mutant.NONE, 0, 1000)) {
            assertThat(database.number("select count(*) from delivery")).isZero();
            assertThat(database.number("select count(*) from event")).isZero();
        }
    }

    @Test
    void replay_unknownPipeline_isNone() throws Exception {
        assertThat(journal.operations().replay(TRACES, LONG_AGO, LATER, "me")).isEmpty();
    }

    @Test
    void offerAgain_byTwoOperatorsAtOnce_isOnce() throws Exception {
        Cursor traces = journal.cursor(TRACES, Journal.Start.NOW);
        append(1, 2);
        Page page = poll(traces, 10);
        QuarantinedEvent refused = new QuarantinedEvent(page.events().getFirst().seq(), "status_400", "no");
        traces.commit(new Commit(
                page,
                Outcomes.of(Outcome.EXPORTED, 1).plus(Outcome.QUARANTINED, "status_400", 1),
                List.of(refused),
                List.of(),
                Optional.empty()));
        assertThat(journal.quarantine().list(1).getFirst().kind()).isEqualTo(Quarantine.Kind.UNDELIVERED);
        long entry = entry();
        List<Future<Operations.Offer>> ends = new ArrayList<>();
        try (ExecutorService operators = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                ends.add(operators.submit(() -> journal.operations().offerAgain(entry)));
            }
        }
        assertThat(ends).extracting(Future::resultNow).containsOnlyOnce(Operations.Offer.OFFERED);
        assertThat(drain(traces)).containsExactly(1L);
        assertThat(journal.quarantine().list(10)).isEmpty();
        assertThat(line(TRACES).offered()).isEqualTo(3);
    }

    @Test
    void offerAgain_eventThatExpiredOnItsWay_isStillThere() throws Exception {
        Cursor traces = journal.cursor(TRACES, Journal.Start.NOW);
        append(1);
        Page page = poll(traces, 10);
        clock.advance(Duration.ofHours(100));
        tend();
        tend();
        traces.commit(new Commit(
                page,
                Outcomes.of(Outcome.QUARANTINED, 1),
                List.of(new QuarantinedEvent(1, "status_400", "no")),
                List.of(),
                Optional.empty()));
        assertThat(journal.operations().offerAgain(entry())).isEqualTo(Operations.Offer.OFFERED);
        assertThat(drain(traces)).containsExactly(1L);
    }

    @Test
    void offerAgain_destinationGone_stays() throws Exception {
        Cursor traces = journal.cursor(TRACES, Journal.Start.NOW);
        append(1);
        Page page = poll(traces, 10);
        traces.commit(new Commit(
                page,
                Outcomes.of(Outcome.QUARANTINED, 1),
                List.of(new QuarantinedEvent(1, "status_400", "no")),
                List.of(),
                Optional.empty()));
        journal.retainPipelines(java.util.Set.of(new PipelineId("other", "traces")));
        assertThat(journal.operations().offerAgain(entry())).isEqualTo(Operations.Offer.NO_PIPELINE);
        assertThat(journal.quarantine().list(10)).hasSize(1);
    }

    @Test
    void readmit_unreadablePart_appendsWhatIsNewAndNothingTwice() throws Exception {
        Cursor traces = journal.cursor(TRACES, Journal.Start.NOW);
        journal.append(delivery(clock.instant(), 1, 2), events(1), List.of(new Unreadable(1, "bad_time", "")));
        drain(traces);
        // Longer than deduplication_window and replay_retention: the sibling must still be known.
        clock.advance(Duration.ofHours(100));
        tend();
        long entry = entry();
        assertThat(journal.operations().readmit(entry, events(1), List.of(new Unreadable(1, "bad_time", ""))))
                .contains(new Appended(0, 0, 0, 0, 1));
        assertThat(journal.operations().readmit(entry, events(1, 2), List.of())).contains(new Appended(1, 0, 0, 0, 0));
        assertThat(journal.operations().readmit(entry, events(1, 2), List.of())).isEmpty();
        assertThat(drain(traces)).containsExactly(2L);
        var line = journal.ledger().subscriptions().getFirst();
        assertThat(line.decoded()).isEqualTo(2);
        assertThat(line.appended()).isEqualTo(2);
        assertThat(line.unreadable()).isZero();
    }

    @Test
    void readmit_heldDelivery_keepsItsReceiveTime() throws Exception {
        Cursor traces = journal.cursor(TRACES, Journal.Start.NOW);
        Instant received = clock.instant();
        journal.hold(delivery(received, 1, 2), Bytes.utf8("request"), "no_key");
        clock.advance(Duration.ofHours(80));
        assertThat(journal.operations().readmit(entry(), events(1, 2), List.of()))
                .contains(new Appended(2, 0, 0, 0, 0));
        tend();
        Page page = poll(traces, 10);
        assertThat(page.events())
                .extracting(event -> event.arrival().receivedAt())
                .containsOnly(received);
        assertThat(journal.quarantine().list(10)).isEmpty();
        assertThat(append(1)).isEqualTo(new Appended(0, 1, 0, 0, 0));
    }

    @Test
    void readmit_refusedBody_mayLeaveUnreadableParts() throws Exception {
        journal.keepRefused(delivery(clock.instant(), 1, 2), "not_json", "");
        assertThat(journal.operations().readmit(entry(), events(1), List.of(new Unreadable(1, "bad_time", ""))))
                .contains(new Appended(1, 0, 0, 0, 1));
        assertThat(journal.quarantine().list(10))
                .singleElement()
                .extracting(Quarantine.Entry::kind)
                .isEqualTo(Quarantine.Kind.UNREADABLE);
    }

    @Test
    void drop_entry_isGoneAndTheLedgerCloses() throws Exception {
        journal.append(delivery(clock.instant(), 1), List.of(), List.of(new Unreadable(0, "bad_time", "")));
        assertThat(journal.operations().drop(entry())).isTrue();
        assertThat(journal.operations().drop(1)).isFalse();
        assertThat(journal.quarantine().list(10)).isEmpty();
        assertThat(journal.status().quarantined()).isZero();
    }

    @Test
    void quarantine_olderThanItsRetention_goesAndIsCounted() throws Exception {
        journal.append(delivery(clock.instant(), 1), List.of(), List.of(new Unreadable(0, "bad_time", "")));
        journal.hold(delivery(clock.instant(), 2), Bytes.utf8("request"), "no_key");
        clock.advance(Duration.ofHours(167));
        tend();
        assertThat(journal.quarantine().list(10)).hasSize(2);
        clock.advance(Duration.ofHours(2));
        tend();
        assertThat(journal.quarantine().list(10)).isEmpty();
        assertThat(count("quarantine_dropped")).isEqualTo(2);
        assertThat(telemetry.count(CxotelMetrics.CXOTEL_JOURNAL_QUARANTINE_DROPPED))
                .isEqualTo(2);
    }

    @Test
    void quarantine_largerThanItsBound_losesTheOldestAndCountsThem() throws Exception {
        for (int i = 0; i < 20; i++) {
            journal.append(
                    new dev.cxotel.bridge.event.Delivery("voice", clock.instant(), Bytes.utf8(i + " ".repeat(1 << 20))),
                    List.of(),
                    List.of(new Unreadable(0, "bad_time", "")));
        }
        tend();
        List<Quarantine.Entry> kept = journal.quarantine().list(100);
        assertThat(kept).hasSizeLessThan(7).isNotEmpty();
        assertThat(kept.getFirst().id()).isEqualTo(20);
        assertThat(count("quarantine_dropped")).isEqualTo(20 - kept.size());
        assertThat(telemetry.count(CxotelMetrics.CXOTEL_JOURNAL_QUARANTINE_DROPPED))
                .isEqualTo(20 - kept.size());
    }

    @Test
    void backup_ofARunningJournal_opensAsAJournalWithTheSameBooks() throws Exception {
        Cursor traces = journal.cursor(TRACES, Journal.Start.NOW);
        append(1, 2, 3);
        Path copy = directory.resolve("copy");
        java.nio.file.Files.createDirectory(copy);
        assertThat(journal.operations().backup(copy.resolve("journal.db"))).isPositive();
        assertThat(java.nio.file.attribute.PosixFilePermissions.toString(
                        java.nio.file.Files.getPosixFilePermissions(copy.resolve("journal.db"))))
                .isEqualTo("rw-------");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> journal.operations().backup(copy.resolve("journal.db"))))
                .hasMessageContaining("exists already");
        try (Journal restored = SqliteJournal.open(TestConfig.in(copy), clock, telemetry)) {
            assertThat(restored.ledger()).isEqualTo(journal.ledger());
            assertThat(restored.instanceId()).isEqualTo(journal.instanceId());
            assertThat(numbers(poll(restored.cursor(traces.id(), Journal.Start.NOW), 10)))
                    .containsExactly(1L, 2L, 3L);
            assertThat(restored.operations().check().isSound()).isTrue();
        }
    }
}
