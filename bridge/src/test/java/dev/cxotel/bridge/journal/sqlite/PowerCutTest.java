package dev.cxotel.bridge.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cxotel.bridge.journal.Commit;
import dev.cxotel.bridge.journal.Cursor;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.JournalStatus;
import dev.cxotel.bridge.journal.Numbered;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.journal.Outcomes;
import dev.cxotel.bridge.journal.Page;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.journal.Quarantine;
import dev.cxotel.bridge.journal.QuarantinedEvent;
import dev.cxotel.bridge.journal.sqlite.database.Mutant;
import dev.cxotel.bridge.telemetry.Telemetry;
import dev.cxotel.bridge.testing.PowerCut;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was accepted outlives a power cut; and a journal that is broken on purpose is found out by the same checks. */
class PowerCutTest {

    private static final int ROUNDS = 4;
    private static final Duration SYNC = Duration.ofMillis(2);
    private static final Duration SLOW_SYNC = Duration.ofMillis(25);

    @TempDir
    static Path build;

    static Optional<Path> library = Optional.empty();

    @TempDir
    Path directory;

    private long lastNumber;

    @BeforeAll
    static void compile() throws Exception {
        library = PowerCut.compile(build);
        assumeTrue(library.isPresent(), "no C compiler");
    }

    @Test
    void powerCut_underLoad_losesNothingThatWasAccepted() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed of this run: " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            check(cutAfter(Mutant.NONE, SYNC, 100 + random.nextInt(1500)));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SYNCHRONOUS_OFF", "SYNCHRONOUS_NORMAL", "ANSWER_BEFORE_COMMIT"})
    void powerCut_brokenJournal_isFoundOut(Mutant mutant) {
        assertThatThrownBy(() -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        check(cutAfter(mutant, SLOW_SYNC, 150));
                    }
                })
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("accepted");
    }

    @Test
    void syncError_thenPowerCut_losesNothingAndRecovers() throws Exception {
        PowerCut machine = PowerCut.on(library.orElseThrow(), directory);
        createJournal();
        PowerCut.Running child = start(machine, Mutant.NONE, SYNC, 0);
        List<String> heard = new ArrayList<>();
        child.await("A", heard);
        machine.breakSyncs();
        child.await("U disk", heard);
        machine.heal();
        child.said().drainTo(heard);
        child.await("A", heard);
        machine.breakWrites();
        child.await("U disk", heard);
        machine.heal();
        child.said().drainTo(heard);
        for (int i = 0; i < 50; i++) {
            child.await("A", heard);
        }
        heard.addAll(child.kill());
        machine.restart();
        check(heard);
    }

    @Test
    void powerCut_inTheMiddleOfAReplay_leavesEachEventInQuarantineOrOfferedAgain() throws Exception {
        int count = 200;
        try (Journal journal = open()) {
            Cursor cursor = journal.cursor(PowerCutChild.PIPELINE, Journal.Start.NOW);
            long[] numbers = LongStream.rangeClosed(1, count).toArray();
            journal.append(Numbered.delivery(Instant.now(), numbers), Numbered.events(numbers), List.of());
            Page page = cursor.poll(count, 1 << 20, Duration.ZERO);
            cursor.commit(new Commit(
                    page,
                    Outcomes.of(Outcome.QUARANTINED, count),
                    page.events().stream()
                            .map(event -> new QuarantinedEvent(event.seq(), "status_400", "no"))
                            .toList(),
                    List.of(),
                    Optional.empty()));
        }
        PowerCut machine = PowerCut.on(library.orElseThrow(), directory);
        PowerCut.Running child = machine.start(SYNC, PowerCutOperator.class.getName(), directory.toString());
        List<String> said = new ArrayList<>();
        while (said.size() < count / 3) {
            child.await("R", said);
        }
        said.addAll(child.kill());
        machine.restart();
        try (Journal journal = open()) {
            assertThat(journal.ledger().difference()).as("ledger").isZero();
            List<Quarantine.Entry> left = journal.quarantine().list(count);
            assertThat(left).isNotEmpty().extracting(entry -> "R " + entry.id()).doesNotContainAnyElementsOf(said);
            Cursor cursor = journal.cursor(PowerCutChild.PIPELINE, Journal.Start.NOW);
            assertThat(Numbered.numbers(cursor.pollTo(Long.MAX_VALUE)))
                    .as("one after the other, as they came")
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, count - left.size())
                            .boxed()
                            .toList());
        }
    }

    /** Runs until {@code lines} things were said, cuts the power, and returns them. */
    private List<String> cutAfter(Mutant mutant, Duration syncTime, int lines) throws Exception {
        createJournal();
        PowerCut machine = PowerCut.on(library.orElseThrow(), directory);
        PowerCut.Running child = start(machine, mutant, syncTime, lastNumber + 1_000_000);
        List<String> heard = new ArrayList<>();
        while (heard.size() < lines) {
            child.await("A", heard);
        }
        heard.addAll(child.kill());
        machine.restart();
        return heard;
    }

    private PowerCut.Running start(PowerCut machine, Mutant mutant, Duration syncTime, long firstNumber)
            throws Exception {
        return machine.start(
                syncTime,
                "-D" + Mutant.PROPERTY + "=" + mutant,
                PowerCutChild.class.getName(),
                directory.toString(),
                Long.toString(firstNumber));
    }

    private void createJournal() throws Exception {
        open().close();
    }

    private Journal open() throws Exception {
        return SqliteJournal.open(TestConfig.in(directory), InstantSource.system(), Telemetry.NONE, Mutant.NONE);
    }

    /** Compares what the child was promised with what is there. */
    private void check(List<String> said) throws Exception {
        List<Long> accepted = said.stream()
                .filter(line -> line.startsWith("A "))
                .map(line -> Long.parseLong(line.substring(2)))
                .toList();
        long committed = said.stream()
                .filter(line -> line.startsWith("C "))
                .mapToLong(line -> Long.parseLong(line.substring(2)))
                .max()
                .orElse(0);
        try (Journal journal = open()) {
            assertThat(journal.ledger().difference()).as("ledger").isZero();
            List<Long> stored = new ArrayList<>();
            PipelineId check = new PipelineId("check " + lastNumber, "all");
            Cursor all = journal.cursor(check, Journal.Start.OLDEST_RETAINED);
            Page page = all.pollTo(Long.MAX_VALUE);
            stored.addAll(Numbered.numbers(page));
            assertThat(page.events()).noneMatch(event -> event.damaged());
            assertThat(stored).as("accepted and stored").containsAll(accepted).doesNotHaveDuplicates();
            assertThat(journal.status().pipelines().stream()
                            .filter(status -> status.id().equals(PowerCutChild.PIPELINE))
                            .mapToLong(JournalStatus.PipelineStatus::position)
                            .sum())
                    .as("accepted commits")
                    .isGreaterThanOrEqualTo(committed);
            lastNumber = accepted.getLast();
        }
    }
}
