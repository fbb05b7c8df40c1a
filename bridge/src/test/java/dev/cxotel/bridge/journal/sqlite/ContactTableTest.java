package dev.cxotel.bridge.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.contact.Contact;
import dev.cxotel.bridge.event.Activity.Quality;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.journal.Commit;
import dev.cxotel.bridge.journal.Cursor;
import dev.cxotel.bridge.journal.DerivedEvent;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.ManualClock;
import dev.cxotel.bridge.journal.Outcomes;
import dev.cxotel.bridge.journal.Page;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.journal.sqlite.database.Mutant;
import dev.cxotel.bridge.telemetry.Telemetry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rows of the contacts, on a real file. */
class ContactTableTest {

    private static final SortedSet<String> SUBSCRIPTIONS =
            Collections.unmodifiableSortedSet(new TreeSet<>(List.of("scripts", "voice")));

    private final ManualClock clock = new ManualClock();

    @TempDir
    private Path parent;

    @Test
    void commit_contacts_areThereAfterARestartAsTheyWere() throws Exception {
        Contact open = contact("1|7", clock.instant().plusSeconds(60), Optional.empty());
        Contact closed = contact("1|8", clock.instant(), Optional.of(clock.instant()));
        try (SqliteJournal journal = open()) {
            commit(journal, List.of(), open, closed);
        }
        try (SqliteJournal journal = open()) {
            assertThat(journal.contacts().find(List.of("1|7", "1|8", "1|9")).values())
                    .containsExactlyInAnyOrder(open, closed);
            assertThat(journal.contacts().open()).isEqualTo(1);
        }
    }

    @Test
    void due_openContacts_theLongestDueFirst() throws Exception {
        Instant now = clock.instant();
        try (SqliteJournal journal = open()) {
            commit(
                    journal,
                    List.of(),
                    contact("b", now.minusSeconds(1), Optional.empty()),
                    contact("a", now.minusSeconds(2), Optional.empty()),
                    contact("closed", now.minusSeconds(3), Optional.of(now)),
                    contact("later", now, Optional.empty()));
            assertThat(journal.contacts().due(now, 10)).extracting(Contact::key).containsExactly("a", "b");
            assertThat(journal.contacts().due(now, 1)).extracting(Contact::key).containsExactly("a");
        }
    }

    @Test
    void commit_ofARootThatWasAppendedBefore_appendsNone() throws Exception {
        DerivedEvent root = new DerivedEvent(
                EventType.CONTACT, Contact.rootIdentity("1|7"), "voice", Bytes.utf8("{}"), Optional.empty());
        DerivedEvent other = new DerivedEvent(
                EventType.CONTACT, Contact.rootIdentity("1|7"), "voice", Bytes.utf8("{\"x\":1}"), Optional.empty());
        try (SqliteJournal journal = open()) {
            Cursor witness = journal.cursor(new PipelineId("witness", "traces"), Journal.Start.NOW);
            commit(journal, List.of(root));
            commit(journal, List.of(other));
            assertThat(witness.pollTo(Long.MAX_VALUE).events()).hasSize(1);
            assertThat(journal.ledger().difference()).isZero();
        }
    }

    @Test
    void tend_afterTheDeduplicationWindow_forgetsClosedContactsOnly() throws Exception {
        try (SqliteJournal journal = open()) {
            commit(
                    journal,
                    List.of(),
                    contact("open", clock.instant(), Optional.empty()),
                    contact("closed", clock.instant(), Optional.of(clock.instant())));
            clock.advance(Duration.ofHours(23));
            journal.tend();
            assertThat(journal.contacts().find(List.of("open", "closed"))).hasSize(2);
            clock.advance(Duration.ofHours(2));
            journal.tend();
            assertThat(journal.contacts().find(List.of("open", "closed"))).containsOnlyKeys("open");
        }
    }

    /** {@code format-1.db} was made with the statements of format 1 and SQLite 3.40.1: an event, and nothing read yet. */
    @Test
    void open_fileOfFormat1_isMigratedWithItsEvents() throws Exception {
        Path data = Files.createDirectory(parent.resolve("data"));
        Files.copy(Path.of("src", "test", "resources", "journal", "format-1.db"), data.resolve("journal.db"));
        try (SqliteJournal journal = open()) {
            Page page = journal.cursor(new PipelineId("sink", "traces"), Journal.Start.OLDEST_RETAINED)
                    .pollTo(Long.MAX_VALUE);
            assertThat(page.events()).hasSize(1);
            assertThat(journal.instanceId()).isEqualTo("11111111-2222-3333-4444-555555555555");
            commit(journal, List.of(), contact("1|7", clock.instant(), Optional.empty()));
            assertThat(journal.contacts().open()).isEqualTo(1);
        }
    }

    private SqliteJournal open() throws Exception {
        return SqliteJournal.open(TestConfig.in(parent.resolve("data")), clock, Telemetry.NONE, Mutant.NONE);
    }

    private static void commit(Journal journal, List<DerivedEvent> derived, Contact... contacts) throws Exception {
        Cursor cursor = journal.cursor(new PipelineId("contacts", "roots"), Journal.Start.NOW);
        Page page = cursor.pollTo(0);
        Page here = new Page(page.from(), page.from(), List.of());
        cursor.commit(new Commit(here, Outcomes.NONE, List.of(), derived, List.of(contacts), Optional.empty()));
    }

    private Contact contact(String key, Instant dueAt, Optional<Instant> closedAt) {
        return new Contact(
                key,
                SUBSCRIPTIONS,
                "voice",
                -5,
                1_700_000_000_123_456_789L,
                clock.instant().minusSeconds(9),
                clock.instant(),
                42,
                2,
                7,
                1,
                Quality.FAIR,
                dueAt,
                closedAt);
    }
}
