package dev.cxotel.bridge.journal;

import static dev.cxotel.bridge.journal.Numbered.delivery;
import static dev.cxotel.bridge.journal.Numbered.events;
import static dev.cxotel.bridge.journal.Numbered.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Delivery;
import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.event.Hash;
import dev.cxotel.bridge.event.Identity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every cursor must do. */
public abstract class CursorContract extends JournalRig {

    @Test
    void poll_storedEvent_isWhatWasAppended() throws Exception {
        Cursor traces = journal.cursor(TRACES, Journal.Start.NOW);
        append(7, 8);
        StoredEvent event = poll(traces, 10).events().get(1);
        Delivery delivery = delivery(clock.instant(), 7, 8);
        assertThat(event.type()).isEqualTo(EventType.VOICE_QUALITY);
        assertThat(event.index()).isEqualTo(1);
        assertThat(event.content()).isEqualTo(events(7, 8).get(1).identity().content());
        assertThat(event.arrival().subscription()).isEqualTo(delivery.subscription());
        assertThat(event.arrival().receivedAt()).isEqualTo(delivery.receivedAt());
        assertThat(event.arrival().bodyHash()).isEqualTo(delivery.body().sha256());
        assertThat(event.arrival().revision()).isZero();
        assertThat(event.body()).isEqualTo(delivery.body());
        assertThat(event.damaged()).isFalse();
    }

    @Test
    void poll_withoutCommit_readsTheSameAgain() throws Exception {
        Cursor traces = journal.cursor(TRACES, Journal.Start.NOW);
        append(1, 2, 3);
        assertThat(poll(traces, 2)).isEqualTo(poll(traces, 2));
        reopen();
        assertThat(numbers(poll(journal.cursor(TRACES, Journal.Start.NOW), 10))).containsExactly(1L, 2L, 3L);
    }

    @Test
    void tail_seesWhatComes_standsInNoLedgerAndIsForgotten() throws Exception {
        PipelineId preview = new PipelineId("preview", "traces");
        append(1);
        Cursor tail = journal.tail(preview);
        append(2, 3);
        assertThat(numbers(poll(tail, 10))).containsExactly(2L, 3L);
        assertThat(numbers(poll(tail, 1))).as("not moved by reading").containsExactly(2L);
        tail.commit(exported(poll(tail, 1)));
        assertThat(numbers(poll(tail, 10))).containsExactly(3L);
        assertThat(journal.ledger().pipelines()).isEmpty();
        assertThat(journal.status().pipelines()).isEmpty();
        reopen();
        assertThat(poll(journal.tail(preview), 10).isEmpty()).isTrue();
    }

    @Test
    void commit_page_movesOnlyThisCursor() throws Exception {
        Cursor traces = journal.cursor(TRACES, Journal.Start.NOW);
        Cursor logs = journal.cursor(LOGS, Journal.Start.NOW);
        append(1, 2, 3);
        traces.commit(exported(poll(traces, 2)));
        assertThat(numbers(poll(traces, 10))).containsExactly(3L);
        reopen();
        assertThat(numbers(poll(journal.cursor(TRACES, Journal.Start.NOW), 10))).containsExactly(3L);
        assertThat(numbers(poll(journal.cursor(logs.id(), Journal.Start.NOW), 10)))
                .containsExactly(1L, 2L, 3L);
        assertThat(line(TRACES).outcomes()).isEqualTo(Outcomes.of(Outcome.EXPORTED, 2));
        assertThat(line(TRACES).waiting()).isEqualTo(1);
        assertThat(line(LOGS).waiting()).isEqualTo(3);
    }

    @Test
    void commit_wrongTotal_isRefusedAndChangesNothing() throws Exception {
        Cursor traces = journal.cursor(TRACES, Journal.Start.NOW);
        append(1, 2);
        Page page = poll(traces, 10);
        assertThatThrownBy(() -> traces.commit(Commit.of(page, Outcomes.of(Outcome.EXPORTED, 1))))
                .hasStackTraceContaining("2 events cannot end as 1");
        assertThat(line(TRACES).waiting()).isEqualTo(2);
        traces.commit(exported(page));
    }

    @Test
    void commit_samePageAgain_changesNothing() throws Exception {
        Cursor traces = journal.cursor(TRACES, Journal.Start.NOW);
        append(1, 2);
        Page page = poll(traces, 10);
        traces.commit(exported(page));
        traces.commit(exported(page));
        assertThat(line(TRACES).outcomes().total()).isEqualTo(2);
    }

    @Test
    void commit_quarantinedEvent_isKeptForItsDestination() throws Exception {
        Cursor traces = journal.cursor(TRACES, Journal.Start.NOW);
        append(1, 2);
        Page page = poll(traces, 10);
        long poison = page.events().get(1).seq();
        traces.commit(new Commit(
                page,
                Outcomes.of(Outcome.EXPORTED, 1).plus(Outcome.QUARANTINED, "", 1),
                List.of(new QuarantinedEvent(poison, "refused", "400: no")),
                List.of(),
                Optional.empty()));
        Quarantine.Entry entry = journal.quarantine().list(10).getFirst();
        assertThat(entry.destination()).contains(TRACES);
        assertThat(entry.seq()).contains(poison);
        assertThat(entry.index()).isEqualTo(1);
        assertThat(entry.detail()).isEqualTo("400: no");
    }

    @Test
    void commit_derivedEvents_reachTheirAddresseeOnce() throws Exception {
        Cursor traces = journal.cursor(TRACES, Journal.Start.NOW);
        Cursor logs = journal.cursor(LOGS, Journal.Start.NOW);
        append(1);
        Identity identity = new Identity(Hash.of("root"), Hash.of("root 1"), Identity.OnChange.REVISION);
        DerivedEvent forAll =
                new DerivedEvent(EventType.CONTACT, identity, "voice", Bytes.utf8("41"), Optional.empty());
        DerivedEvent forLocal = new DerivedEvent(
                EventType.LATE_SPAN,
                new Identity(Hash.of("late"), Hash.of("late 1"), Identity.OnChange.REVISION),
                "voice",
                Bytes.utf8("42"),
                Optional.of("local"));
        Page page = poll(traces, 10);
        traces.commit(new Commit(
                page,
                Outcomes.of(Outcome.EXPORTED, 1),
                List.of(),
                List.of(forAll, forLocal, forAll),
                Optional.empty()));
        assertThat(numbers(poll(traces, 10))).containsExactly(41L);
        assertThat(numbers(poll(logs, 10))).containsExactly(1L, 41L, 42L);
        assertThat(line(TRACES).offered()).isEqualTo(2);
        assertThat(line(LOGS).offered()).isEqualTo(3);
        traces.commit(exported(poll(traces, 10)));
        assertThat(poll(traces, 10).isEmpty()).isTrue();
        assertThat(journal.status().pipelines().stream()
                        .filter(status -> status.id().equals(TRACES))
                        .findFirst()
                        .orElseThrow()
                        .behind())
                .isZero();
    }

    @Test
    void cursor_bornLater_startsNowOrAtTheOldest() throws Exception {
        append(1, 2);
        Cursor now = journal.cursor(TRACES, Journal.Start.NOW);
        Cursor oldest = journal.cursor(LOGS, Journal.Start.OLDEST_RETAINED);
        append(3);
        assertThat(numbers(poll(now, 10))).containsExactly(3L);
        assertThat(numbers(poll(oldest, 10))).containsExactly(1L, 2L, 3L);
        assertThat(line(TRACES).offered()).isEqualTo(1);
        assertThat(line(LOGS).offered()).isEqualTo(3);
    }

    @Test
    void retainPipelines_removedOne_isNamedWithWhatItHadWaiting() throws Exception {
        journal.cursor(TRACES, Journal.Start.NOW);
        journal.cursor(LOGS, Journal.Start.NOW);
        append(1, 2);
        assertThat(journal.retainPipelines(Set.of(LOGS)))
                .singleElement()
                .asString()
                .contains("honeycomb/traces")
                .contains("2 events waiting");
        assertThat(journal.ledger().pipelines()).hasSize(1);
        assertThat(poll(journal.cursor(TRACES, Journal.Start.NOW), 10).isEmpty())
                .isTrue();
    }

    @Test
    void reserve_window_isPendingUntilItIsCommitted() throws Exception {
        Cursor metrics = journal.cursor(TRACES, Journal.Start.NOW);
        append(1, 2, 3);
        Page page = poll(metrics, 2);
        assertThat(page.isFull()).isTrue();
        Window window = new Window(page.to(), clock.instant().minusSeconds(15), clock.instant(), "mapping");
        metrics.reserve(window);
        reopen();
        metrics = journal.cursor(TRACES, Journal.Start.NOW);
        assertThat(metrics.pendingWindow()).contains(window);
        Page again = metrics.pollTo(window.to());
        assertThat(again.events()).isEqualTo(page.events());
        assertThat(again.to()).isEqualTo(page.to());
        metrics.commit(new Commit(again, Outcomes.of(Outcome.EXPORTED, 2), List.of(), List.of(), Optional.of(window)));
        assertThat(metrics.pendingWindow()).isEmpty();
        reopen();
        metrics = journal.cursor(TRACES, Journal.Start.NOW);
        assertThat(metrics.lastWindow()).contains(new Window(window.to(), window.start(), window.end()));
        assertThat(metrics.pendingWindow()).isEmpty();
        assertThat(numbers(poll(metrics, 10))).containsExactly(3L);
    }

    @Test
    void poll_byteLimit_readsAtLeastOneDelivery() throws Exception {
        Cursor traces = journal.cursor(TRACES, Journal.Start.NOW);
        append(1, 2);
        append(3);
        assertThat(numbers(traces.poll(10, 1, Duration.ZERO))).containsExactly(1L, 2L);
        assertThat(numbers(traces.poll(10, 4, Duration.ZERO))).containsExactly(1L, 2L, 3L);
    }

    @Test
    void poll_nothingThere_waitsForAnAppend() throws Exception {
        Cursor traces = journal.cursor(TRACES, Journal.Start.NOW);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Page> page = threads.submit(() -> traces.poll(10, 1 << 20, Duration.ofMinutes(5)));
            append(1);
            assertThat(numbers(page.get(60, TimeUnit.SECONDS))).containsExactly(1L);
        }
    }
}
