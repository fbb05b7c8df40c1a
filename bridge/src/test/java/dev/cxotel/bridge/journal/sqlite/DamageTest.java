package dev.cxotel.bridge.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Delivery;
import dev.cxotel.bridge.event.Unreadable;
import dev.cxotel.bridge.journal.Commit;
import dev.cxotel.bridge.journal.Cursor;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.JournalCheck;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.ManualClock;
import dev.cxotel.bridge.journal.Numbered;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.journal.Outcomes;
import dev.cxotel.bridge.journal.Page;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.journal.sqlite.database.Mutant;
import dev.cxotel.bridge.journal.sqlite.file.Salvage;
import dev.cxotel.bridge.telemetry.Telemetry;
import dev.cxotel.bridge.testing.CountingTelemetry;
import dev.cxotel.semconv.CxotelMetrics;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as a broken disk, a careless copy or another version leaves them: opened, or refused with what to do. */
class DamageTest {

    private static final PipelineId PIPELINE = new PipelineId("sink", "traces");
    private static final int EVENTS = 160;
    private static final int DELIVERED = 40;

    @TempDir
    static Path template;

    private final ManualClock clock = new ManualClock();

    @TempDir
    Path parent;

    private Path data() {
        return parent.resolve("data");
    }

    private Path file(String name) {
        return data().resolve(name);
    }

    private SqliteJournal open() throws JournalException {
        return open(data());
    }

    private SqliteJournal open(Path directory) throws JournalException {
        return SqliteJournal.open(TestConfig.in(directory), clock, Telemetry.NONE);
    }

    private static void append(Journal journal, ManualClock clock, long number) {
        journal.append(
                new Delivery("voice", clock.instant(), Bytes.utf8(number + " ".repeat(3000))),
                Numbered.events(number),
                List.of());
    }

    /** Puts a journal in place with 160 events of which 40 were delivered, and an unreadable part. */
    private void fill() throws Exception {
        Files.createDirectories(data());
        for (String name : List.of("journal.db", "acknowledged")) {
            Files.copy(template.resolve(name), file(name));
        }
    }

    /** Written once: each append is a sync. */
    @BeforeAll
    static void write() throws Exception {
        ManualClock clock = new ManualClock();
        try (Journal journal = SqliteJournal.open(TestConfig.in(template), clock, Telemetry.NONE)) {
            Cursor cursor = journal.cursor(PIPELINE, Journal.Start.NOW);
            for (long number = 1; number <= EVENTS; number++) {
                append(journal, clock, number);
            }
            journal.append(
                    Numbered.delivery(clock.instant(), 0), List.of(), List.of(new Unreadable(0, "bad_time", "x")));
            Page page = cursor.poll(DELIVERED, 1 << 20, Duration.ZERO);
            cursor.commit(
                    Commit.of(page, Outcomes.of(Outcome.EXPORTED, page.events().size())));
        }
    }

    private static void truncate(Path file, long bytes) throws Exception {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(bytes);
        }
    }

    private static void flip(Path file, long at) throws Exception {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(at);
            int old = open.read();
            open.seek(at);
            open.write(old ^ 0x5a);
        }
    }

    private Salvage.Report salvage() throws JournalException {
        return Salvage.run(TestConfig.in(data()), Optional.empty(), clock.instant());
    }

    /** Everything that is left for the pipeline, none twice, and the books close. */
    private List<Long> waiting(Path directory) throws Exception {
        List<Long> numbers = new ArrayList<>();
        try (SqliteJournal journal = open(directory)) {
            Cursor cursor = journal.cursor(PIPELINE, Journal.Start.NOW);
            assertThat(journal.ledger().difference()).isZero();
            for (Page page = cursor.poll(100, 1 << 20, Duration.ZERO);
                    !page.isEmpty();
                    page = cursor.poll(100, 1 << 20, Duration.ZERO)) {
                assertThat(page.events()).allMatch(event -> !event.damaged());
                numbers.addAll(Numbered.numbers(page));
                cursor.commit(Commit.of(
                        page, Outcomes.of(Outcome.EXPORTED, page.events().size())));
            }
            append(journal, clock, 999);
            assertThat(Numbered.numbers(cursor.poll(10, 1 << 20, Duration.ZERO)))
                    .containsExactly(999L);
            assertThat(journal.operations().check().isSound()).isTrue();
        }
        assertThat(new HashSet<>(numbers)).hasSize(numbers.size());
        return numbers;
    }

    @Test
    void salvage_truncatedFile_savesWhatCanBeVerified() throws Exception {
        fill();
        truncate(file("journal.db"), Files.size(file("journal.db")) * 3 / 4);
        try (Journal journal = open()) {
            JournalCheck check = journal.operations().check();
            assertThat(check.isSound()).isFalse();
            assertThat(check.problems()).isNotEmpty();
        } catch (JournalException e) {
            assertThat(e).hasMessageContaining("journal salvage");
        }
        Salvage.Report report = salvage();
        assertThat(report.events()).isGreaterThan(EVENTS / 2);
        assertThat(report.unreadable()).isPositive();
        assertThat(report.damaged()).exists();
        assertThat(report.damaged().getFileName().toString()).startsWith("journal.db.damaged-");
        List<Long> left = waiting(data());
        assertThat(left).hasSizeGreaterThan(EVENTS / 4).allMatch(number -> number > DELIVERED);
        assertThat(left.size() + report.givenUp()).isEqualTo(EVENTS - DELIVERED);
    }

    @Test
    void salvage_manyFlippedPages_neverSavesWhatIsWrong() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed of this run: " + seed);
        Random random = new Random(seed);
        fill();
        long size = Files.size(file("journal.db"));
        for (int i = 0; i < 12; i++) {
            flip(file("journal.db"), 8192 + random.nextLong(size - 8192));
        }
        Salvage.Report report =
                Salvage.run(TestConfig.in(data()), Optional.of(parent.resolve("saved")), clock.instant());
        assertThat(report.damaged()).isEqualTo(file("journal.db"));
        assertThat(file("journal.db")).hasSize(size);
        assertThat(parent.resolve("saved"))
                .isDirectoryNotContaining(path -> path.toString().contains("damaged"));
        waiting(parent.resolve("saved"));
    }

    @Test
    void salvage_soundJournal_savesAll() throws Exception {
        fill();
        Salvage.Report report = salvage();
        assertThat(report.events()).isEqualTo(EVENTS);
        assertThat(report.unreadable()).isZero();
        assertThat(report.givenUp()).isZero();
        try (Journal journal = open()) {
            assertThat(journal.quarantine().list(10)).hasSize(1);
        }
        assertThat(waiting(data())).hasSize(EVENTS - DELIVERED);
    }

    @Test
    void salvage_besideARunningBridge_isRefused() throws Exception {
        fill();
        try (Journal journal = open()) {
            assertThatThrownBy(this::salvage).hasMessageContaining("already open in this process");
            append(journal, clock, 500);
        }
    }

    @Test
    void open_firstPageDestroyed_saysWhatToDo() throws Exception {
        fill();
        for (int i = 0; i < 100; i++) {
            flip(file("journal.db"), i);
        }
        assertThatThrownBy(this::open)
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("cxotel journal salvage");
        assertThatThrownBy(this::salvage)
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("Restore a backup, or move it away");
        try (Stream<Path> files = Files.list(data())) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .contains("journal.db")
                    .noneMatch(name -> name.startsWith("salvage"));
        }
    }

    /** Flips a bit in the last event's body. */
    private void flipABody() throws Exception {
        byte[] all = Files.readAllBytes(file("journal.db"));
        byte[] wanted = (EVENTS + " ".repeat(20)).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        int at = 0;
        while (!java.util.Arrays.equals(all, at, at + wanted.length, wanted, 0, wanted.length)) {
            at++;
        }
        flip(file("journal.db"), at + wanted.length);
    }

    private void assertOneDamaged(Mutant mutant) throws Exception {
        try (Journal journal = SqliteJournal.open(TestConfig.in(data()), clock, Telemetry.NONE, mutant)) {
            JournalCheck check = journal.operations().check();
            assertThat(check.problems()).isEmpty();
            assertThat(check.damagedBodies()).isEqualTo(1);
            Page page = journal.cursor(PIPELINE, Journal.Start.NOW).poll(1000, 1 << 24, Duration.ZERO);
            assertThat(page.events()).hasSize(EVENTS - DELIVERED);
            assertThat(page.events().stream().filter(event -> event.damaged()))
                    .as("damaged")
                    .hasSize(1);
        }
    }

    @Test
    void check_flippedBitInABody_findsItAndThePipelineGoesOn() throws Exception {
        fill();
        flipABody();
        assertOneDamaged(Mutant.NONE);
        assertThat(salvage().damagedBodies()).isEqualTo(1);
        assertThat(waiting(data())).hasSize(EVENTS - DELIVERED - 1);
    }

    @Test
    void mutant_hashUnchecked_isFoundOut() throws Exception {
        fill();
        flipABody();
        assertThatThrownBy(() -> assertOneDamaged(Mutant.HASH_UNCHECKED)).hasMessageContaining("damaged");
    }

    @Test
    void open_missingLog_goesOnCountsTheLossAndUsesNoPositionTwice() throws Exception {
        Path copy = parent.resolve("copy");
        try (SqliteJournal journal = open()) {
            journal.cursor(PIPELINE, Journal.Start.NOW);
            for (long number = 1; number <= 20; number++) {
                append(journal, clock, number);
            }
            journal.tend();
            Files.createDirectory(copy);
            Files.copy(file("journal.db"), copy.resolve("journal.db"));
            Files.copy(file("acknowledged"), copy.resolve("acknowledged"));
            assertThat(journal.status().walBytes()).isPositive();
        }
        CountingTelemetry telemetry = new CountingTelemetry();
        try (SqliteJournal journal = SqliteJournal.open(TestConfig.in(copy), clock, telemetry)) {
            assertThat(journal.operations().check().lost()).isEqualTo(20);
            assertThat(telemetry.readings(CxotelMetrics.CXOTEL_JOURNAL_LOST))
                    .singleElement()
                    .satisfies(reading -> assertThat(reading.value()).isEqualTo(20));
            Cursor cursor = journal.cursor(PIPELINE, Journal.Start.NOW);
            append(journal, clock, 21);
            assertThat(cursor.poll(10, 1 << 20, Duration.ZERO).events())
                    .extracting(event -> event.seq())
                    .containsExactly(21L);
            assertThat(journal.ledger().difference()).isZero();
        }
    }

    @Test
    void open_truncatedLog_keepsItsSoundBeginning() throws Exception {
        Path copy = parent.resolve("copy");
        try (SqliteJournal journal = open()) {
            journal.cursor(PIPELINE, Journal.Start.NOW);
            append(journal, clock, 1);
            journal.tend();
            long first = Files.size(file("journal.db-wal"));
            append(journal, clock, 2);
            journal.tend();
            Files.createDirectory(copy);
            for (String name : List.of("journal.db", "journal.db-wal", "acknowledged")) {
                Files.copy(file(name), copy.resolve(name));
            }
            truncate(copy.resolve("journal.db-wal"), first + 100);
        }
        try (SqliteJournal journal = open(copy)) {
            assertThat(Numbered.numbers(
                            journal.cursor(PIPELINE, Journal.Start.NOW).poll(10, 1 << 20, Duration.ZERO)))
                    .containsExactly(1L);
            assertThat(journal.operations().check().lost()).isEqualTo(1);
        }
    }

    @Test
    void open_emptyFile_beginsAnewAndCountsTheLoss() throws Exception {
        fill();
        truncate(file("journal.db"), 0);
        try (SqliteJournal journal = open()) {
            assertThat(journal.operations().check().lost()).isEqualTo(EVENTS);
            append(journal, clock, 1);
            assertThat(journal.status().lastSeq()).isEqualTo(EVENTS + 1);
        }
    }

    @Test
    void open_firstFormat_isMigratedWithAllThatItHeld() throws Exception {
        unpack("format-1.db.gz");
        try (Journal journal = open()) {
            assertThat(journal.ledger().difference()).isZero();
            assertThat(journal.quarantine().list(10)).hasSize(3);
            Cursor traces = journal.cursor(new PipelineId("honeycomb", "traces"), Journal.Start.NOW);
            assertThat(Numbered.numbers(traces.poll(3, 1 << 20, Duration.ZERO))).containsExactly(6L, 7L, 8L);
            assertThat(journal.operations().check().isSound()).isTrue();
        }
    }

    @Test
    void salvage_firstFormat_becomesThePresentOne() throws Exception {
        unpack("format-1.db.gz");
        assertThat(salvage().events()).isEqualTo(21);
        try (Journal journal = open()) {
            assertThat(journal.ledger().difference()).isZero();
            assertThat(journal.quarantine().list(10)).hasSize(3);
        }
    }

    private void unpack(String name) throws Exception {
        Files.createDirectories(data());
        try (InputStream in =
                new GZIPInputStream(Objects.requireNonNull(DamageTest.class.getResourceAsStream("/journal/" + name)))) {
            Files.copy(in, file("journal.db"));
        }
    }
}
