package dev.cxotel.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cxotel.bridge.config.JournalConfig;
import dev.cxotel.bridge.config.load.ConfigLoader;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.journal.sqlite.SqliteJournal;
import dev.cxotel.bridge.telemetry.Telemetry;
import dev.cxotel.bridge.testing.BridgeProcess;
import dev.cxotel.bridge.testing.CountedPoints;
import dev.cxotel.bridge.testing.FakeCollector;
import dev.cxotel.bridge.testing.NumberedCalls;
import dev.cxotel.bridge.testing.TestBridge;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program is killed under load, again and again: what it acknowledged arrives, and the books close. */
class ProcessCrashIT {

    private static final int ROUNDS = 20;
    private static final int SENDERS = 8;
    private static final String DURATION = "cxone.script.api.duration";

    @TempDir
    Path directory;

    @Test
    void kill_underLoad_losesNothingAndCountsNothingTwiceButWhatWasInFlight() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed of this run: " + seed);
        Random random = new Random(seed);
        try (FakeCollector cumulative = FakeCollector.start();
                FakeCollector delta = FakeCollector.start()) {
            TestBridge test = TestBridge.in(
                    directory,
                    TestBridge.destination("cumulative", cumulative.url()),
                    TestBridge.deltaDestination("delta", delta.url()));
            Path log = directory.resolve("bridge.log");
            try (NumberedCalls calls = new NumberedCalls(test.scripts())) {
                for (int round = 0; round < ROUNDS; round++) {
                    try (BridgeProcess bridge =
                            BridgeProcess.run(test.write(), test.healthPort(), log, List.of(), Map.of())) {
                        NumberedCalls.Load load = calls.start(SENDERS);
                        idle(Duration.ofMillis(100 + random.nextInt(900)));
                        bridge.kill();
                        load.close();
                    }
                }
                try (BridgeProcess bridge =
                        BridgeProcess.run(test.write(), test.healthPort(), log, List.of(), Map.of())) {
                    await().atMost(Duration.ofSeconds(60)).until(() -> calls.again() == 0);
                    int expected = calls.acknowledged();
                    assertThat(expected).isGreaterThan(ROUNDS * SENDERS);
                    for (FakeCollector sink : List.of(cumulative, delta)) {
                        await().atMost(Duration.ofSeconds(60))
                                .untilAsserted(
                                        () -> assertThat(sink.spanIds().size()).isEqualTo(expected));
                        assertThat(sink.spanIds()).isEqualTo(calls.spanIds());
                        await().atMost(Duration.ofSeconds(60))
                                .untilAsserted(() -> assertThat(CountedPoints.count(sink.metrics(), DURATION))
                                        .isGreaterThanOrEqualTo(expected));
                    }
                    assertThat(bridge.stop()).as(bridge.output()).isIn(0, 143);
                    assertSums(cumulative, expected);
                    assertSums(delta, expected);
                    assertThat(CountedPoints.countOverwriting(delta.metrics(), DURATION))
                            .as("a backend that overwrites equal series and times counts nothing twice")
                            .isEqualTo(expected);
                    System.out.printf(
                            "%d kills, %d acknowledged; counted: cumulative %d, delta %d; spans sent: %d and %d%n",
                            ROUNDS,
                            expected,
                            CountedPoints.count(cumulative.metrics(), DURATION),
                            CountedPoints.count(delta.metrics(), DURATION),
                            cumulative.spans().size(),
                            delta.spans().size());
                }
                assertClosed(test);
            }
        }
    }

    /** Each kill may double what the export in flight carried, and nothing else. */
    private static void assertSums(FakeCollector sink, int expected) {
        long inFlight = CountedPoints.largest(sink.metrics(), DURATION);
        assertThat(CountedPoints.count(sink.metrics(), DURATION))
                .isBetween((long) expected, expected + ROUNDS * inFlight);
    }

    private void assertClosed(TestBridge test) throws Exception {
        JournalConfig config =
                new ConfigLoader(Map.of()).load(test.write()).config().journal();
        try (Journal journal = SqliteJournal.open(config, InstantSource.system(), Telemetry.NONE)) {
            Ledger ledger = journal.ledger();
            assertThat(ledger.difference()).as(ledger.toString()).isZero();
            assertThat(ledger.pipelines()).hasSize(7).allSatisfy(line -> assertThat(line.waiting())
                    .isZero());
        }
    }

    private static void idle(Duration duration) throws InterruptedException {
        boolean neverOpens = new CountDownLatch(1).await(duration.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(neverOpens).isFalse();
    }
}
