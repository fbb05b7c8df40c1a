package dev.cxotel.bridge.journal;

import static dev.cxotel.bridge.journal.Numbered.delivery;
import static dev.cxotel.bridge.journal.Numbered.events;
import static dev.cxotel.bridge.journal.Numbered.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Identity;
import dev.cxotel.bridge.event.Unreadable;
import dev.cxotel.bridge.journal.AppendResult.Appended;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every journal must do with what it is given. */
public abstract class JournalContract extends JournalRig {

    @Test
    void append_newEvents_reachEveryCursorInOrder() throws Exception {
        Cursor traces = journal.cursor(TRACES, Journal.Start.NOW);
        Cursor logs = journal.cursor(LOGS, Journal.Start.NOW);
        assertThat(append(1, 2)).isEqualTo(new Appended(2, 0, 0, 0, 0));
        assertThat(append(3)).isEqualTo(new Appended(1, 0, 0, 0, 0));
        assertThat(numbers(poll(traces, 10))).containsExactly(1L, 2L, 3L);
        assertThat(numbers(poll(logs, 10))).containsExactly(1L, 2L, 3L);
    }

    @Test
    void append_sameContent_isDuplicateAlsoAfterReopening() throws Exception {
        Cursor traces = journal.cursor(TRACES, Journal.Start.NOW);
        append(1, 2);
        assertThat(append(2, 1, 3)).isEqualTo(new Appended(1, 2, 0, 0, 0));
        reopen();
        assertThat(append(3)).isEqualTo(new Appended(0, 1, 0, 0, 0));
        assertThat(numbers(poll(journal.cursor(traces.id(), Journal.Start.NOW), 10)))
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void append_sameContentTwiceInOneBody_isOnce() {
        assertThat(append(5, 5)).isEqualTo(new Appended(1, 1, 0, 0, 0));
    }

    @Test
    void append_otherContentUnderSameKey_isRevisionOrSimilar() throws Exception {
        Cursor traces = journal.cursor(TRACES, Journal.Start.NOW);
        for (String content : List.of("request", "response", "response again", "response")) {
            journal.append(
                    delivery(clock.instant(), 0),
                    List.of(Numbered.event(0, "message", content, Identity.OnChange.REVISION)),
                    List.of());
        }
        assertThat(poll(traces, 10).events())
                .extracting(event -> event.arrival().revision())
                .containsExactly(0, 1, 2);
        assertThat(journal.append(
                        delivery(clock.instant(), 0),
                        List.of(
                                Numbered.event(0, "leg", "agent", Identity.OnChange.SIMILAR),
                                Numbered.event(1, "leg", "customer", Identity.OnChange.SIMILAR)),
                        List.of()))
                .isEqualTo(new Appended(2, 0, 0, 1, 0));
        Ledger.SubscriptionLine line = journal.ledger().subscriptions().getFirst();
        assertThat(line.appended()).isEqualTo(5);
        assertThat(line.duplicate()).isEqualTo(1);
        assertThat(line.revised()).isEqualTo(2);
        assertThat(line.similar()).isEqualTo(1);
    }

    @Test
    void append_unreadableParts_areQuarantinedWithTheBody() throws Exception {
        AppendResult result = journal.append(
                delivery(clock.instant(), 1, 2), events(1), List.of(new Unreadable(1, "bad_time", "EndDateTime")));
        assertThat(result).isEqualTo(new Appended(1, 0, 0, 0, 1));
        List<Quarantine.Entry> entries = journal.quarantine().list(10);
        assertThat(entries).hasSize(1);
        assertThat(entries.getFirst().reason()).isEqualTo("bad_time");
        assertThat(entries.getFirst().index()).isEqualTo(1);
        assertThat(entries.getFirst().destination()).isEmpty();
        assertThat(entries.getFirst().seq()).isEmpty();
        assertThat(journal.quarantine()
                        .show(entries.getFirst().id())
                        .orElseThrow()
                        .body())
                .isEqualTo(Bytes.utf8("1,2"));
        assertThat(journal.quarantine().show(4711)).isEmpty();
        assertThat(journal.status().quarantined()).isEqualTo(1);
    }

    @Test
    void append_noEvents_countsOnlyTheDelivery() throws Exception {
        assertThat(append()).isEqualTo(new Appended(0, 0, 0, 0, 0));
        Ledger.SubscriptionLine line = journal.ledger().subscriptions().getFirst();
        assertThat(line.deliveries()).isEqualTo(1);
        assertThat(line.accepted()).isEqualTo(1);
        assertThat(line.decoded()).isZero();
    }

    @Test
    void count_refusals_areInTheLedgerAndSurviveClosing() throws Exception {
        journal.count("voice", "empty");
        journal.count("voice", "unauthenticated");
        journal.count("voice", "unauthenticated");
        reopen();
        Ledger.SubscriptionLine line = journal.ledger().subscriptions().getFirst();
        assertThat(line.deliveries()).isEqualTo(3);
        assertThat(line.empty()).isEqualTo(1);
        assertThat(line.refused()).containsExactlyEntriesOf(java.util.Map.of("unauthenticated", 2L));
    }

    @Test
    void keepRefused_manyBodies_keepsTheLast100() throws Exception {
        for (int i = 0; i < 120; i++) {
            journal.keepRefused(delivery(clock.instant(), i), "not_json", "it begins with <");
        }
        List<Quarantine.Entry> entries = journal.quarantine().list(1000);
        assertThat(entries).hasSize(100);
        assertThat(journal.quarantine()
                        .show(entries.getFirst().id())
                        .orElseThrow()
                        .body()
                        .toUtf8())
                .isEqualTo("119");
    }

    @Test
    void hold_delivery_isInQuarantineWithItsRequestAndNoCursorSeesIt() throws Exception {
        Cursor traces = journal.cursor(TRACES, Journal.Start.NOW);
        assertThat(journal.hold(delivery(clock.instant(), 1), Bytes.utf8("POST /v1"), "wrong_signature"))
                .isTrue();
        reopen();
        Quarantine.Entry entry = journal.quarantine().list(10).getFirst();
        assertThat(entry.kind()).isEqualTo(Quarantine.Kind.HELD);
        assertThat(entry.reason()).isEqualTo("wrong_signature");
        Quarantine.Content content = journal.quarantine().show(entry.id()).orElseThrow();
        assertThat(content.delivery()).isEqualTo(delivery(clock.instant(), 1));
        assertThat(content.request()).contains(Bytes.utf8("POST /v1"));
        assertThat(poll(journal.cursor(traces.id(), Journal.Start.NOW), 10).isEmpty())
                .isTrue();
        assertThat(journal.ledger().subscriptions()).isEmpty();
    }

    @Test
    void hold_moreThanMayBeHeld_keepsTheFirstAndSaysSo() throws Exception {
        Bytes large = Bytes.utf8("x".repeat(1 << 20));
        int kept = 0;
        while (kept < 100 && journal.hold(delivery(clock.instant(), kept), large, "no_signature")) {
            kept++;
        }
        assertThat(kept).isEqualTo(6);
        assertThat(journal.quarantine().list(1000)).hasSize(6);
        assertThat(journal.quarantine().show(1)).isPresent();
    }

    @Test
    void append_manyThreads_everyAcknowledgedEventIsStoredOnce() throws Exception {
        Cursor traces = journal.cursor(TRACES, Journal.Start.NOW);
        AtomicLong numbers = new AtomicLong();
        Queue<Long> acknowledged = new ConcurrentLinkedQueue<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < 64; thread++) {
                threads.execute(() -> {
                    for (int i = 0; i < 20; i++) {
                        long number = numbers.incrementAndGet();
                        if (append(number) instanceof Appended
                                && append(number) instanceof Appended again
                                && again.duplicates() == 1) {
                            acknowledged.add(number);
                        }
                    }
                });
            }
        }
        assertThat(acknowledged).hasSize(64 * 20);
        List<Long> stored = new ArrayList<>();
        for (Page page = poll(traces, 100); !page.isEmpty(); page = poll(traces, 100)) {
            stored.addAll(numbers(page));
            traces.commit(exported(page));
        }
        assertThat(stored)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 64 * 20).boxed().toList());
    }

    @Test
    void instanceId_reopened_isTheSame() throws Exception {
        String id = journal.instanceId();
        reopen();
        assertThat(journal.instanceId()).isEqualTo(id).isNotBlank();
    }

    @Test
    void append_closed_isUnavailable() throws Exception {
        journal.close();
        assertThat(append(1)).isInstanceOf(AppendResult.Unavailable.class);
        journal = open();
    }
}
