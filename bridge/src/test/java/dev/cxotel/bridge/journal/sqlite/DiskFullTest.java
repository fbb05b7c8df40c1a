package dev.cxotel.bridge.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cxotel.bridge.config.JournalConfig;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Delivery;
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
import dev.cxotel.bridge.testing.RecordingTelemetry;
import dev.cxotel.semconv.CxotelAttributes;
import dev.cxotel.semconv.CxotelMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full: a file system of 6 MiB. Only root can mount one. */
class DiskFullTest {

    private static final PipelineId PIPELINE = new PipelineId("sink", "traces");
    private static final int BODY = 5_000;

    private final ManualClock clock = new ManualClock();
    private final RecordingTelemetry telemetry = new RecordingTelemetry();
    private final List<Long> accepted = new ArrayList<>();

    @TempDir
    Path directory;

    private long next = 1;

    @BeforeEach
    void mount() throws Exception {
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", directory.toString()),
                "only root can mount a small file system");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", directory.toString());
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private SqliteJournal open(long minFreeDisk) throws Exception {
        JournalConfig config = new JournalConfig(
                directory.resolve("journal"),
                16 << 20,
                minFreeDisk,
                Duration.ofHours(24),
                Duration.ofHours(24),
                Duration.ofHours(72),
                JournalConfig.OnFull.EXPIRE);
        return SqliteJournal.open(config, clock, telemetry);
    }

    private AppendResult append(Journal journal) {
        long number = next++;
        AppendResult result = journal.append(
                new Delivery("voice", clock.instant(), Bytes.utf8(number + " ".repeat(BODY))),
                Numbered.events(number),
                List.of());
        if (result instanceof AppendResult.Appended) {
            accepted.add(number);
        }
        return result;
    }

    private String appendUntilRefused(Journal journal) {
        while (true) {
            if (append(journal) instanceof AppendResult.Unavailable refusal) {
                return refusal.reason();
            }
        }
    }

    private List<Long> deliverAll(Cursor cursor) throws Exception {
        List<Long> delivered = new ArrayList<>();
        for (Page page = cursor.poll(50, 1 << 20, Duration.ZERO);
                !page.isEmpty();
                page = cursor.poll(50, 1 << 20, Duration.ZERO)) {
            delivered.addAll(Numbered.numbers(page));
            cursor.commit(
                    Commit.of(page, Outcomes.of(Outcome.EXPORTED, page.events().size())));
        }
        return delivered;
    }

    @Test
    void minFreeDisk_reached_refusesAndDeliveringGoesOnAndMakesRoom() throws Exception {
        try (SqliteJournal journal = open(2 << 20)) {
            Cursor cursor = journal.cursor(PIPELINE, Journal.Start.NOW);
            assertThat(appendUntilRefused(journal)).isEqualTo("min_free_disk");
            assertThat(deliverAll(cursor)).isEqualTo(accepted);
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
                journal.tend();
                return append(journal) instanceof AppendResult.Appended;
            });
            assertThat(journal.ledger().difference()).isZero();
        }
    }

    @Test
    void disk_fullByOthers_refusesLosesNothingAndRecoversWithoutRestart() throws Exception {
        Path ballast = directory.resolve("ballast");
        try (SqliteJournal journal = open(0)) {
            Cursor cursor = journal.cursor(PIPELINE, Journal.Start.NOW);
            append(journal);
            fill(ballast);
            assertThat(appendUntilRefused(journal)).isEqualTo("disk");
            assertThat(telemetry.sum(CxotelMetrics.CXOTEL_JOURNAL_ERRORS, CxotelAttributes.CXOTEL_REASON, "full"))
                    .isPositive();
            Files.delete(ballast);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> append(journal) instanceof AppendResult.Appended);
            assertThat(deliverAll(cursor)).isEqualTo(accepted);
            assertThat(journal.ledger().difference()).isZero();
            assertThat(journal.status().writable()).isEmpty();
        }
    }

    @Test
    void disk_fullByTheJournal_deliveringMakesRoom() throws Exception {
        try (SqliteJournal journal = open(0)) {
            Cursor cursor = journal.cursor(PIPELINE, Journal.Start.NOW);
            assertThat(appendUntilRefused(journal)).isEqualTo("disk");
            Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(() -> {
                deliverAll(cursor);
                assertThat(journal.ledger().pipelines().getFirst().waiting()).isZero();
            });
            clock.advance(Duration.ofHours(25));
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
                journal.tend();
                return append(journal) instanceof AppendResult.Appended;
            });
            assertThat(journal.ledger().difference()).isZero();
        }
    }

    private static void fill(Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            byte[] block = new byte[4096];
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }
}
