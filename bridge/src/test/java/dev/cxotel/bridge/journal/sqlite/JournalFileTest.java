package dev.cxotel.bridge.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.cxotel.bridge.journal.sqlite.database.Mutant;
import dev.cxotel.bridge.journal.sqlite.table.Schema;
import dev.cxotel.bridge.telemetry.Telemetry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file itself: who may read it, who holds it, which one is refused, and what the guards are worth. */
class JournalFileTest {

    private static final PipelineId PIPELINE = new PipelineId("sink", "traces");

    private final ManualClock clock = new ManualClock();

    @TempDir
    Path parent;

    private SqliteJournal open(Mutant mutant) throws JournalException {
        return SqliteJournal.open(TestConfig.in(parent.resolve("data")), clock, Telemetry.NONE, mutant);
    }

    private void append(Journal journal, long... numbers) {
        journal.append(Numbered.delivery(clock.instant(), numbers), Numbered.events(numbers), List.of());
    }

    private void edit(String... statements) throws Exception {
        try (Database database = Database.open(parent.resolve("data/journal.db"), Mutant.NONE, 0, 1000)) {
            for (String statement : statements) {
                database.execute(statement);
            }
        }
    }

    @Test
    void open_newDirectory_isForItsOwnerOnly() throws Exception {
        try (Journal journal = open(Mutant.NONE)) {
            append(journal, 1);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(parent.resolve("data"))))
                    .isEqualTo("rwx------");
            try (Stream<Path> files = Files.list(parent.resolve("data"))) {
                assertThat(files)
                        .extracting(path -> path.getFileName().toString())
                        .contains("journal.db", "journal.db-wal", "journal.lock");
            }
            try (Stream<Path> files = Files.list(parent.resolve("data"))) {
                assertThat(files).allSatisfy(file -> assertThat(
                                PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void open_twiceInOneProcess_isRefused() throws Exception {
        try (Journal journal = open(Mutant.NONE)) {
            assertThatThrownBy(() -> open(Mutant.NONE))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("already open in this process");
            append(journal, 1);
        }
        open(Mutant.NONE).close();
    }

    @Test
    void open_heldByAnotherProcess_namesIt() throws Exception {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        PowerCutChild.class.getName(),
                        parent.resolve("data").toString(),
                        "0")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var said = holder.inputReader()) {
            assertThat(said.lines().anyMatch(line -> line.startsWith("A "))).isTrue();
            assertThatThrownBy(() -> open(Mutant.NONE))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("in use by process " + holder.pid());
        } finally {
            holder.destroyForcibly();
            holder.waitFor();
        }
        try (Journal journal = open(Mutant.NONE)) {
            assertThat(journal.ledger().difference()).isZero();
        }
    }

    @Test
    void open_newerFormat_isRefusedAndSaysWhatToDo() throws Exception {
        open(Mutant.NONE).close();
        edit("pragma user_version=99");
        assertThatThrownBy(() -> open(Mutant.NONE))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("newer cxotel (format 99");
    }

    @Test
    void open_otherSqliteFile_isLeftAlone() throws Exception {
        Files.createDirectories(parent.resolve("data"));
        edit("create table recipes(name text)");
        assertThatThrownBy(() -> open(Mutant.NONE))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("no journal of cxotel");
        edit("insert into recipes values ('soup')");
    }

    @Test
    void open_noSqliteFile_isRefused() throws Exception {
        Files.createDirectories(parent.resolve("data"));
        Files.writeString(parent.resolve("data/journal.db"), "not a database, but long enough to be one".repeat(100));
        assertThatThrownBy(() -> open(Mutant.NONE))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("not a database");
    }

    @Test
    void file_hasTheSettingsThatTheDesignAsksFor() throws Exception {
        open(Mutant.NONE).close();
        try (Database database = Database.open(parent.resolve("data/journal.db"), Mutant.NONE, 4096, 1000)) {
            assertThat(database.number("pragma auto_vacuum")).as("incremental").isEqualTo(2);
            assertThat(database.number("pragma synchronous")).as("full").isEqualTo(2);
            assertThat(database.number("pragma secure_delete")).as("on").isEqualTo(1);
            assertThat(database.number("pragma wal_autocheckpoint")).isZero();
            assertThat(database.number("pragma user_version")).isEqualTo(Schema.version());
        }
    }

    @Test
    void poll_bodyWithFlippedBits_isMarkedDamaged() throws Exception {
        try (Journal journal = open(Mutant.NONE)) {
            journal.cursor(PIPELINE, Journal.Start.NOW);
            append(journal, 1);
            append(journal, 2);
        }
        edit("update delivery set body = '9' where id = 1");
        try (Journal journal = open(Mutant.NONE)) {
            Page page = journal.cursor(PIPELINE, Journal.Start.NOW).poll(10, 1000, Duration.ZERO);
            assertThat(page.events()).extracting(event -> event.damaged()).containsExactly(true, false);
        }
    }

    @Test
    void mutant_identityDropped_countsARepeatTwice() throws Exception {
        try (Journal journal = open(Mutant.IDENTITY_DROPPED)) {
            Cursor cursor = journal.cursor(PIPELINE, Journal.Start.NOW);
            append(journal, 1);
            append(journal, 1);
            assertThat(Numbered.numbers(cursor.poll(10, 1000, Duration.ZERO))).containsExactly(1L, 1L);
        }
    }

    @Test
    void mutant_cursorBeforeAcceptance_losesAPageAndTheLedgerTellsIt() throws Exception {
        try (Journal journal = open(Mutant.CURSOR_BEFORE_ACCEPTANCE)) {
            Cursor cursor = journal.cursor(PIPELINE, Journal.Start.NOW);
            append(journal, 1, 2);
            assertThat(cursor.poll(10, 1000, Duration.ZERO).events()).hasSize(2);
        }
        try (Journal journal = open(Mutant.NONE)) {
            Cursor cursor = journal.cursor(PIPELINE, Journal.Start.NOW);
            assertThat(cursor.poll(10, 1000, Duration.ZERO).isEmpty()).isTrue();
            assertThat(journal.ledger().difference()).isEqualTo(2);
        }
    }

    @Test
    void longLog_underConstantLoad_isCutByCheckpoints() throws Exception {
        try (SqliteJournal journal = open(Mutant.NONE)) {
            Cursor cursor = journal.cursor(PIPELINE, Journal.Start.NOW);
            long[] numbers = new long[500];
            long next = 1;
            long longest = 0;
            for (int i = 0; i < 80; i++) {
                for (int k = 0; k < numbers.length; k++) {
                    numbers[k] = next++;
                }
                append(journal, numbers);
                Page page = cursor.poll(1000, 1 << 20, Duration.ZERO);
                cursor.commit(Commit.of(
                        page, Outcomes.of(Outcome.EXPORTED, page.events().size())));
                longest = Math.max(longest, journal.status().walBytes());
            }
            assertThat(longest).isLessThan(32L << 20);
        }
    }
}
