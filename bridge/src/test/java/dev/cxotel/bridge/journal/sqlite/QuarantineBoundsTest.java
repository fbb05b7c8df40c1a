package dev.cxotel.bridge.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Delivery;
import dev.cxotel.bridge.event.Unreadable;
import dev.cxotel.bridge.journal.Commit;
import dev.cxotel.bridge.journal.Cursor;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.JournalRig;
import dev.cxotel.bridge.journal.Numbered;
import dev.cxotel.bridge.journal.Operations;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.journal.Outcomes;
import dev.cxotel.bridge.journal.Page;
import dev.cxotel.bridge.journal.Quarantine;
import dev.cxotel.bridge.journal.QuarantinedEvent;
import dev.cxotel.bridge.journal.sqlite.database.Mutant;
import dev.cxotel.bridge.telemetry.Telemetry;
import dev.cxotel.bridge.testing.books.JournalRows;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What quarantine keeps is what its bounds say, and goes when it leaves. Its limit here is 6.4 MiB. */
class QuarantineBoundsTest extends JournalRig {

    @TempDir
    Path directory;

    @Override
    protected Journal open() throws JournalException {
        return SqliteJournal.open(TestConfig.in(directory), clock, Telemetry.NONE, Mutant.NONE);
    }

    private void tend() {
        ((SqliteJournal) journal).tend();
    }

    private void quarantineAll(Cursor cursor) throws Exception {
        for (Page page = poll(cursor, 1000); !page.isEmpty(); page = poll(cursor, 1000)) {
            List<QuarantinedEvent> refused = page.events().stream()
                    .map(event -> new QuarantinedEvent(event.seq(), "status_400", "no"))
                    .toList();
            cursor.commit(new Commit(
                    page, Outcomes.of(Outcome.QUARANTINED, refused.size()), refused, List.of(), Optional.empty()));
        }
    }

    @Test
    void quarantine_eventsOfOneLargeWebhook_countItsBodyOnce() throws Exception {
        Cursor cursor = journal.cursor(TRACES, Journal.Start.NOW);
        long[] numbers = LongStream.rangeClosed(1, 600).toArray();
        String body = Numbered.delivery(clock.instant(), numbers).body().toUtf8();
        journal.append(
                new Delivery(Numbered.SUBSCRIPTION, clock.instant(), Bytes.utf8(body + " ".repeat(300_000))),
                Numbered.events(numbers),
                List.of());
        quarantineAll(cursor);
        tend();
        assertThat(journal.quarantine().list(1000))
                .as("180 MB if each counted it")
                .hasSize(600);
    }

    @Test
    void quarantine_largerThanItsBound_losesTheOldestBodiesWithAllTheirEntries() throws Exception {
        for (int i = 0; i < 20; i++) {
            journal.append(
                    new Delivery(Numbered.SUBSCRIPTION, clock.instant(), Bytes.utf8(i + " ".repeat(1 << 20))),
                    List.of(),
                    IntStream.range(0, 3)
                            .mapToObj(part -> new Unreadable(part, "bad_time", ""))
                            .toList());
        }
        tend();
        assertThat(journal.quarantine().list(100))
                .extracting(Quarantine.Entry::id)
                .containsExactlyElementsOf(LongStream.rangeClosed(43, 60)
                        .boxed()
                        .sorted(java.util.Comparator.reverseOrder())
                        .toList());
        assertThat(JournalRows.count(directory, "select count(*) from delivery"))
                .as("six bodies of 1 MiB")
                .isEqualTo(6);
    }

    @Test
    void drop_eventThatOnlyQuarantineKept_letsItsBodyGoWithoutARestart() throws Exception {
        Cursor cursor = journal.cursor(TRACES, Journal.Start.NOW);
        append(1, 2);
        quarantineAll(cursor);
        clock.advance(Duration.ofHours(30));
        tend();
        assertThat(JournalRows.count(directory, "select count(*) from event")).isEqualTo(2);
        List<Quarantine.Entry> entries = journal.quarantine().list(10);
        assertThat(journal.operations().drop(entries.getLast().id())).isTrue();
        assertThat(journal.operations().offerAgain(entries.getFirst().id())).isEqualTo(Operations.Offer.OFFERED);
        cursor.commit(exported(poll(cursor, 10)));
        clock.advance(Duration.ofHours(30));
        tend();
        assertThat(JournalRows.count(directory, "select count(*) from event")).isZero();
        assertThat(JournalRows.count(directory, "select count(*) from delivery"))
                .isZero();
    }
}
