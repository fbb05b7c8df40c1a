package dev.cxotel.bridge.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.config.JournalConfig;
import dev.cxotel.bridge.journal.AppendResult;
import dev.cxotel.bridge.journal.Commit;
import dev.cxotel.bridge.journal.Cursor;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.journal.ManualClock;
import dev.cxotel.bridge.journal.Numbered;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.journal.Outcomes;
import dev.cxotel.bridge.journal.Page;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.telemetry.Telemetry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A journal and a list in memory live the same random life and must tell the same. The seed is in the name. */
class SqliteJournalModelTest {

    private static final int STEPS = 160;
    private static final Duration MAX_AGE = Duration.ofDays(3);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 20260301})
    void randomLife_fixedSeed_matchesTheModel(long seed) throws Exception {
        new Life(seed).live();
    }

    @Test
    void randomLife_newSeed_matchesTheModel() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed of this run: " + seed);
        try {
            new Life(seed).live();
        } catch (AssertionError e) {
            throw new AssertionError("with seed " + seed, e);
        }
    }

    /** One pipeline of the model: what it has waiting, and what became of the rest. */
    private static final class ModelPipeline {
        final List<Long> waiting = new ArrayList<>();
        long offered;
        long exported;
        long expired;
    }

    private final class Life {

        private final Random random;
        private final ManualClock clock = new ManualClock();
        private final Map<PipelineId, ModelPipeline> model = new HashMap<>();
        private final Map<PipelineId, Cursor> cursors = new HashMap<>();
        private final Map<Long, java.time.Instant> receivedAt = new HashMap<>();
        private long next = 1;
        private long appended;
        private long duplicates;
        private Journal journal;

        Life(long seed) throws Exception {
            random = new Random(seed);
            journal = open();
        }

        private Journal open() throws Exception {
            return SqliteJournal.open(
                    TestConfig.sized(directory, 64 << 20, JournalConfig.OnFull.EXPIRE), clock, Telemetry.NONE);
        }

        void live() throws Exception {
            for (int step = 0; step < STEPS; step++) {
                switch (random.nextInt(12)) {
                    case 0, 1, 2, 3 -> append();
                    case 4 -> repeat();
                    case 5, 6, 7 -> deliver();
                    case 8 -> bear();
                    case 9 -> age(Duration.ofMinutes(random.nextInt(600)));
                    case 10 -> reopen();
                    default -> {
                        if (random.nextInt(6) == 0) {
                            drainAndForget();
                        }
                    }
                }
                compare();
            }
            drainAndForget();
            compare();
            journal.close();
        }

        private void append() {
            long[] numbers =
                    LongStream.range(next, next + 1 + random.nextInt(5)).toArray();
            next += numbers.length;
            assertThat(hand(numbers)).isEqualTo(new AppendResult.Appended(numbers.length, 0, 0, 0, 0));
            appended += numbers.length;
            for (long number : numbers) {
                receivedAt.put(number, clock.instant());
                for (ModelPipeline pipeline : model.values()) {
                    pipeline.waiting.add(number);
                    pipeline.offered++;
                }
            }
        }

        /** Sends something of the last hours again. */
        private void repeat() {
            long number = next - 1 - random.nextInt(10);
            if (number < 1 || clock.instant().isAfter(received(number).plus(Duration.ofHours(23)))) {
                return;
            }
            assertThat(hand(number)).isEqualTo(new AppendResult.Appended(0, 1, 0, 0, 0));
            duplicates++;
        }

        private java.time.Instant received(long number) {
            return receivedAt.getOrDefault(number, java.time.Instant.EPOCH);
        }

        private AppendResult hand(long... numbers) {
            return journal.append(Numbered.delivery(clock.instant(), numbers), Numbered.events(numbers), List.of());
        }

        private void deliver() throws Exception {
            for (Map.Entry<PipelineId, Cursor> entry : cursors.entrySet()) {
                if (random.nextInt(3) == 0) {
                    continue;
                }
                ModelPipeline pipeline = modelOf(entry.getKey());
                Page page = entry.getValue().poll(1 + random.nextInt(12), 1 << 20, Duration.ZERO);
                assertThat(Numbered.numbers(page))
                        .isEqualTo(pipeline.waiting.subList(0, page.events().size()));
                if (page.isEmpty()) {
                    assertThat(pipeline.waiting).isEmpty();
                } else if (random.nextInt(4) > 0) {
                    commit(entry.getValue(), page, pipeline);
                }
            }
        }

        private void commit(Cursor cursor, Page page, ModelPipeline pipeline) throws Exception {
            int count = page.events().size();
            cursor.commit(Commit.of(page, Outcomes.of(Outcome.EXPORTED, count)));
            pipeline.exported += count;
            pipeline.waiting.subList(0, count).clear();
        }

        private ModelPipeline modelOf(PipelineId id) {
            return model.computeIfAbsent(id, key -> new ModelPipeline());
        }

        private void bear() throws Exception {
            PipelineId id = new PipelineId("destination " + random.nextInt(3), "traces");
            if (!cursors.containsKey(id)) {
                cursors.put(id, journal.cursor(id, Journal.Start.NOW));
                modelOf(id);
            }
        }

        private void age(Duration by) {
            clock.advance(by);
            ((SqliteJournal) journal).tend();
            for (ModelPipeline pipeline : model.values()) {
                while (!pipeline.waiting.isEmpty()
                        && received(pipeline.waiting.getFirst())
                                .isBefore(clock.instant().minus(MAX_AGE))) {
                    pipeline.waiting.removeFirst();
                    pipeline.expired++;
                }
            }
        }

        private void reopen() throws Exception {
            journal.close();
            journal = open();
            for (PipelineId id : List.copyOf(cursors.keySet())) {
                cursors.put(id, journal.cursor(id, Journal.Start.NOW));
            }
        }

        /** Everything is delivered and too old to be kept: the tables are empty, the positions go on. */
        private void drainAndForget() throws Exception {
            for (Map.Entry<PipelineId, Cursor> entry : cursors.entrySet()) {
                for (Page page = entry.getValue().poll(100, 1 << 20, Duration.ZERO);
                        !page.isEmpty();
                        page = entry.getValue().poll(100, 1 << 20, Duration.ZERO)) {
                    commit(entry.getValue(), page, modelOf(entry.getKey()));
                }
            }
            age(Duration.ofHours(25));
            long before = journal.status().lastSeq();
            append();
            assertThat(journal.status().lastSeq()).isGreaterThan(before);
        }

        private void compare() throws Exception {
            Ledger ledger = journal.ledger();
            assertThat(ledger.difference()).isZero();
            if (!ledger.subscriptions().isEmpty()) {
                assertThat(ledger.subscriptions().getFirst().appended()).isEqualTo(appended);
                assertThat(ledger.subscriptions().getFirst().duplicate()).isEqualTo(duplicates);
            }
            for (Ledger.PipelineLine line : ledger.pipelines()) {
                ModelPipeline pipeline = modelOf(line.id());
                assertThat(line.offered()).isEqualTo(pipeline.offered);
                assertThat(line.waiting()).isEqualTo(pipeline.waiting.size());
                assertThat(line.outcomes())
                        .isEqualTo(Outcomes.of(Outcome.EXPORTED, pipeline.exported)
                                .plus(Outcome.EXPIRED, "max_backlog_age", pipeline.expired));
            }
        }
    }
}
