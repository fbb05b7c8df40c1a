package dev.cxotel.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cxotel.bridge.config.load.ConfigLoader;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.journal.sqlite.SqliteJournal;
import dev.cxotel.bridge.telemetry.Telemetry;
import dev.cxotel.bridge.testing.BridgeProcess;
import dev.cxotel.bridge.testing.FakeCollector;
import dev.cxotel.bridge.testing.NumberedCalls;
import dev.cxotel.bridge.testing.PowerCut;
import dev.cxotel.bridge.testing.TestBridge;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The disk under the running program becomes read-only, or its permissions are taken away: nothing is acknowledged that is
 * not kept, and it goes on by itself when the disk is back.
 */
class ReadOnlyDiskIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path build;

    static Optional<Path> library = Optional.empty();

    @TempDir
    Path directory;

    @BeforeAll
    static void compile() throws Exception {
        library = PowerCut.compile(build);
    }

    @ParameterizedTest
    @EnumSource(PowerCut.Denial.class)
    void disk_deniedAndBack_refusesAndRecoversWithoutRestart(PowerCut.Denial denial) throws Exception {
        assumeTrue(library.isPresent(), "no C compiler");
        Path data = Files.createDirectories(directory.resolve("data"));
        PowerCut machine = PowerCut.on(library.orElseThrow(), data);
        try (FakeCollector sink = FakeCollector.start()) {
            TestBridge test = TestBridge.in(directory, TestBridge.destination("sink", sink.url()));
            try (NumberedCalls calls = new NumberedCalls(test.scripts());
                    BridgeProcess bridge = BridgeProcess.run(
                            test.write(),
                            test.healthPort(),
                            directory.resolve("bridge.log"),
                            List.of(),
                            machine.arm(Duration.ZERO))) {
                calls.postNew(10);
                assertThat(calls.acknowledged()).as(calls.lastTrouble()).isEqualTo(10);

                machine.deny(denial);
                calls.postNew(10);
                assertThat(calls.acknowledged()).isEqualTo(10);
                assertThat(calls.lastTrouble())
                        .startsWith("status 503")
                        .doesNotContain("none")
                        .as(bridge.output());
                assertThat(ready(test)).isEqualTo(503);

                machine.heal();
                await().atMost(PATIENCE).until(() -> calls.again() == 0);
                assertThat(calls.acknowledged()).isEqualTo(20);
                await().atMost(PATIENCE).until(() -> ready(test) == 200);
                await().atMost(PATIENCE)
                        .untilAsserted(() ->
                                assertThat(sink.spanIds()).as(bridge.output()).isEqualTo(calls.spanIds()));
                assertThat(bridge.output())
                        .contains("The journal cannot write; webhooks are refused until it can")
                        .contains("see to owner, mode and mount")
                        .contains("The journal can write again")
                        .doesNotContain("journal salvage")
                        .doesNotContain("checkpoint failed");
                assertThat(bridge.stop()).isZero();
            }
            assertClosed(test);
        }
    }

    @Test
    void start_onAReadOnlyDisk_saysWhatToDo() throws Exception {
        assumeTrue(library.isPresent(), "no C compiler");
        Path data = Files.createDirectories(directory.resolve("data"));
        PowerCut machine = PowerCut.on(library.orElseThrow(), data);
        TestBridge test = TestBridge.in(directory);
        Path log = directory.resolve("bridge.log");
        BridgeProcess.run(test.write(), test.healthPort(), log, List.of(), machine.arm(Duration.ZERO))
                .stop();
        machine.deny(PowerCut.Denial.READ_ONLY);
        try (BridgeProcess refused = BridgeProcess.start(
                List.of("run", "--config", test.write().toString()), log, List.of(), machine.arm(Duration.ZERO))) {
            assertThat(refused.ended(PATIENCE)).isEqualTo(1);
            assertThat(refused.output())
                    .contains("Read-only file system")
                    .contains("see to owner, mode and mount of the directory")
                    .doesNotContain("\tat ");
        }
    }

    private static int ready(TestBridge test) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(
                                            URI.create("http://127.0.0.1:" + test.healthPort() + "/health/ready"))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static void assertClosed(TestBridge test) throws Exception {
        var config =
                new ConfigLoader(java.util.Map.of()).load(test.write()).config().journal();
        try (Journal journal = SqliteJournal.open(config, InstantSource.system(), Telemetry.NONE)) {
            Ledger ledger = journal.ledger();
            assertThat(ledger.difference()).as(ledger.toString()).isZero();
        }
    }
}
