package dev.cxotel.bridge.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cxotel.bridge.config.JournalConfig;
import dev.cxotel.bridge.config.SecretKey;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Delivery;
import dev.cxotel.bridge.journal.Commit;
import dev.cxotel.bridge.journal.Cursor;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.ManualClock;
import dev.cxotel.bridge.journal.Numbered;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.journal.Outcomes;
import dev.cxotel.bridge.journal.Page;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.journal.sqlite.database.Database;
import dev.cxotel.bridge.journal.sqlite.file.Salvage;
import dev.cxotel.bridge.telemetry.Telemetry;
import dev.cxotel.bridge.testing.Leaks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the journal's files tell of bodies, with a key, with another, and without. */
class EncryptionTest {

    private static final PipelineId PIPELINE = new PipelineId("sink", "traces");
    private static final String SECRET = " Zebediah Markwort";
    private static final SecretKey OLD = key(1);
    private static final SecretKey NEW = key(2);

    private final ManualClock clock = new ManualClock();

    @TempDir
    Path directory;

    private static SecretKey key(int fill) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) fill);
        return new SecretKey(Bytes.wrap(bytes));
    }

    private JournalConfig config(SecretKey... keys) {
        JournalConfig plain = TestConfig.in(directory);
        return new JournalConfig(
                plain.directory(),
                plain.maxSize(),
                plain.minFreeDisk(),
                plain.replayRetention(),
                plain.deduplicationWindow(),
                plain.maxBacklogAge(),
                plain.onFull(),
                plain.quarantineMaxSize(),
                plain.quarantineRetention(),
                List.of(keys));
    }

    private SqliteJournal open(SecretKey... keys) throws JournalException {
        return SqliteJournal.open(config(keys), clock, Telemetry.NONE);
    }

    /** Small bodies share a page, long ones have pages of their own. */
    private void append(Journal journal, long number) {
        int length = number % 2 == 0 ? 400 : 1;
        Bytes body = Bytes.utf8(number + SECRET.repeat(length));
        journal.append(new Delivery(Numbered.SUBSCRIPTION, clock.instant(), body), Numbered.events(number), List.of());
    }

    private Delivery delivery(String text) {
        return new Delivery(Numbered.SUBSCRIPTION, clock.instant(), Bytes.utf8(text + SECRET));
    }

    private static List<String> bodies(Page page) {
        return page.events().stream()
                .map(event -> event.body().toUtf8().substring(0, 1) + (event.damaged() ? " damaged" : ""))
                .toList();
    }

    private List<String> leaks() throws Exception {
        Leaks leaks = new Leaks(List.of("zebediah"));
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                leaks.search(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return leaks.found();
    }

    @Test
    void encrypted_filesTellNothing_bodiesAreReadAgainAndVerified() throws Exception {
        try (SqliteJournal journal = open(OLD)) {
            Cursor cursor = journal.cursor(PIPELINE, Journal.Start.NOW);
            append(journal, 1);
            append(journal, 2);
            assertThat(journal.hold(delivery("held"), Bytes.utf8(SECRET), "why"))
                    .isTrue();
            journal.keepRefused(delivery("refused"), "not_json", "no");
            assertThat(bodies(cursor.poll(10, 1 << 20, Duration.ZERO))).containsExactly("1", "2");
            assertThat(leaks()).as("while it is open, the write-ahead log too").isEmpty();
            assertThat(journal.quarantine().show(1).orElseThrow().body()).isEqualTo(Bytes.utf8("held" + SECRET));
            assertThat(journal.quarantine().show(1).orElseThrow().request()).contains(Bytes.utf8(SECRET));
        }
        assertThat(leaks()).isEmpty();
    }

    @Test
    void rotated_bodiesOfBothKeysAreRead_untilTheOldOnesAreGone() throws Exception {
        try (SqliteJournal journal = open(OLD)) {
            journal.cursor(PIPELINE, Journal.Start.NOW);
            append(journal, 1);
        }
        try (SqliteJournal journal = open(NEW, OLD)) {
            Cursor cursor = journal.cursor(PIPELINE, Journal.Start.NOW);
            append(journal, 2);
            Page page = cursor.poll(10, 1 << 20, Duration.ZERO);
            assertThat(bodies(page)).containsExactly("1", "2");
            cursor.commit(Commit.of(page, Outcomes.of(Outcome.EXPORTED, 2)));
        }
        for (SecretKey[] keys : List.of(new SecretKey[] {NEW}, new SecretKey[] {})) {
            assertThatThrownBy(() -> open(keys).close())
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("are encrypted with the key " + (keys.length > 0 ? OLD.id("journal") : ""))
                    .hasMessageContaining("put it at the end of journal.encryption.keys");
        }
        clock.advance(Duration.ofHours(25));
        try (SqliteJournal journal = open(NEW, OLD)) {
            append(journal, 3);
            await().until(() -> deliveries() == 1);
        }
        open(NEW).close();
    }

    @Test
    void damagedOrForeign_isSalvagedWithTheKeyOnly() throws Exception {
        try (SqliteJournal journal = open(OLD)) {
            append(journal, 1);
            append(journal, 2);
        }
        assertThatThrownBy(() -> Salvage.run(config(NEW), Optional.of(directory.resolve("a")), clock.instant()))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("are encrypted with the key " + OLD.id("journal"));
        Salvage.Report report = Salvage.run(config(OLD), Optional.of(directory.resolve("b")), clock.instant());
        assertThat(report.deliveries()).isEqualTo(2);
        assertThat(report.damagedBodies()).isZero();
    }

    @Test
    void notEncrypted_afterRetention_filesTellNothing() throws Exception {
        try (SqliteJournal journal = open()) {
            Cursor cursor = journal.cursor(PIPELINE, Journal.Start.NOW);
            for (long number = 0; number < 40; number++) {
                append(journal, number);
            }
            Page page = cursor.poll(50, 10 << 20, Duration.ZERO);
            cursor.commit(
                    Commit.of(page, Outcomes.of(Outcome.EXPORTED, page.events().size())));
            assertThat(leaks()).as("the search finds what is there").isNotEmpty();
            clock.advance(Duration.ofHours(25));
            journal.append(Numbered.delivery(clock.instant(), 77), Numbered.events(77), List.of());
            await().until(() -> deliveries() == 1);
        }
        assertThat(leaks()).isEmpty();
    }

    private long deliveries() throws SQLException {
        try (Database database = Database.openAsItIs(directory.resolve("journal.db"))) {
            return database.number("select count(*) from delivery");
        }
    }
}
