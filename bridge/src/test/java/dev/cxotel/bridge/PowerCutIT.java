package dev.cxotel.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cxotel.bridge.signal.Signal;
import dev.cxotel.bridge.testing.BridgeProcess;
import dev.cxotel.bridge.testing.CountedPoints;
import dev.cxotel.bridge.testing.FakeCollector;
import dev.cxotel.bridge.testing.NumberedCalls;
import dev.cxotel.bridge.testing.PowerCut;
import dev.cxotel.bridge.testing.TestBridge;
import dev.cxotel.bridge.testing.books.WithoutBooks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The power is cut under the real program: what it acknowledged arrives after the restart. And the real program with a
 * guard broken on purpose is found out by the same checks.
 */
class PowerCutIT {

    private static final int ROUNDS = 5;
    private static final int SENDERS = 8;
    private static final Duration SYNC = Duration.ofMillis(2);
    private static final Duration SLOW_SYNC = Duration.ofMillis(25);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DURATION = "cxone.script.api.duration";

    @TempDir
    static Path build;

    static Optional<Path> library = Optional.empty();

    @TempDir
    Path directory;

    @BeforeAll
    static void compile() throws Exception {
        library = PowerCut.compile(build);
    }

    @BeforeEach
    void createJournalDirectory() throws Exception {
        Files.createDirectories(directory.resolve("data"));
    }

    @Test
    void powerCut_underLoad_losesNothingThatWasAcknowledged() throws Exception {
        assumeTrue(library.isPresent(), "no C compiler");
        long seed = System.nanoTime();
        System.out.println("seed of this run: " + seed);
        cutAndCheck("NONE", SYNC, ROUNDS, new Random(seed));
    }

    @WithoutBooks("a guard of the journal is broken on purpose")
    @ParameterizedTest
    @ValueSource(strings = {"SYNCHRONOUS_OFF", "SYNCHRONOUS_NORMAL", "ANSWER_BEFORE_COMMIT"})
    void powerCut_brokenJournal_isFoundOut(String mutant) {
        assumeTrue(library.isPresent(), "no C compiler");
        assertThatThrownBy(() -> cutAndCheck(mutant, SLOW_SYNC, 1, new Random(1)))
                .hasMessageContaining("acknowledged and arrived");
    }

    @WithoutBooks("a guard of the journal is broken on purpose")
    @Test
    void kill_cursorBeforeAcceptance_isFoundOut() {
        assertThatThrownBy(() -> killWhileTheBackendIsDown("CURSOR_BEFORE_ACCEPTANCE"))
                .hasMessageContaining("acknowledged and arrived");
    }

    @Test
    void kill_whileTheBackendIsDown_losesNothing() throws Exception {
        killWhileTheBackendIsDown("NONE");
    }

    @WithoutBooks("a guard of the journal is broken on purpose")
    @Test
    void redelivery_identityDropped_isFoundOut() {
        assertThatThrownBy(() -> deliverTwice("IDENTITY_DROPPED")).hasMessageContaining("counted once");
    }

    @Test
    void redelivery_isCountedOnce() throws Exception {
        deliverTwice("NONE");
    }

    private void cutAndCheck(String mutant, Duration syncTime, int rounds, Random random) throws Exception {
        try (FakeCollector sink = FakeCollector.start()) {
            TestBridge test = TestBridge.in(directory, TestBridge.destination("sink", sink.url()));
            PowerCut machine = PowerCut.on(library.orElseThrow(), directory.resolve("data"));
            try (NumberedCalls calls = new NumberedCalls(test.scripts())) {
                for (int round = 0; round < rounds; round++) {
                    int before = calls.acknowledged();
                    int wanted = 40 + random.nextInt(200);
                    try (BridgeProcess bridge = run(test, mutant, machine.arm(syncTime))) {
                        NumberedCalls.Load load = calls.start(SENDERS);
                        await().atMost(PATIENCE)
                                .pollInterval(Duration.ofMillis(5))
                                .until(() -> calls.acknowledged() >= before + wanted);
                        bridge.kill();
                        load.close();
                    }
                    machine.restart();
                }
                checkArrived(test, sink, calls);
            }
        }
    }

    private void killWhileTheBackendIsDown(String mutant) throws Exception {
        try (FakeCollector sink = FakeCollector.start()) {
            sink.always(Signal.TRACES, request -> FakeCollector.status(503));
            TestBridge test = TestBridge.in(directory, TestBridge.destination("sink", sink.url()));
            try (NumberedCalls calls = new NumberedCalls(test.scripts())) {
                try (BridgeProcess bridge = run(test, mutant, Map.of())) {
                    calls.postNew(20);
                    await().atMost(PATIENCE)
                            .until(() -> !sink.requests(Signal.TRACES).isEmpty());
                    bridge.kill();
                }
                sink.always(Signal.TRACES, request -> FakeCollector.status(200));
                checkArrived(test, sink, calls);
            }
        }
    }

    private void deliverTwice(String mutant) throws Exception {
        try (FakeCollector sink = FakeCollector.start()) {
            TestBridge test = TestBridge.in(directory, TestBridge.destination("sink", sink.url()));
            try (NumberedCalls calls = new NumberedCalls(test.scripts());
                    BridgeProcess bridge = run(test, mutant, Map.of())) {
                calls.postNew(10);
                calls.repeatAll();
                calls.postNew(1);
                test.awaitNothingWaits(PATIENCE);
                assertThat(sink.spanIds()).as(bridge.output()).containsAll(calls.spanIds());
                assertThat(CountedPoints.count(sink.metrics(), DURATION))
                        .as("counted once")
                        .isEqualTo(11);
                assertThat(sink.spans()).as("counted once").hasSize(11);
            }
        }
    }

    private void checkArrived(TestBridge test, FakeCollector sink, NumberedCalls calls) throws Exception {
        try (BridgeProcess bridge = run(test, "NONE", Map.of())) {
            test.awaitNothingWaits(PATIENCE);
            assertThat(sink.spanIds()).as("acknowledged and arrived").containsAll(calls.spanIds());
            assertThat(bridge.stop()).isZero();
        }
    }

    private BridgeProcess run(TestBridge test, String mutant, Map<String, String> environment) throws Exception {
        return BridgeProcess.run(
                test.write(),
                test.healthPort(),
                directory.resolve("bridge.log"),
                List.of("-Dcxotel.test.mutant=" + mutant),
                environment);
    }
}
