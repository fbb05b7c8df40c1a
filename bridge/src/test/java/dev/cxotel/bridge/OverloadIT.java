package dev.cxotel.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cxotel.bridge.auth.issue.KeyKind;
import dev.cxotel.bridge.auth.issue.MtlsFiles;
import dev.cxotel.bridge.config.load.ConfigLoader;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.journal.sqlite.SqliteJournal;
import dev.cxotel.bridge.telemetry.Telemetry;
import dev.cxotel.bridge.testing.Alone;
import dev.cxotel.bridge.testing.BridgeProcess;
import dev.cxotel.bridge.testing.FakeCollector;
import dev.cxotel.bridge.testing.HalfBodies;
import dev.cxotel.bridge.testing.NumberedCalls;
import dev.cxotel.bridge.testing.RawHttp;
import dev.cxotel.bridge.testing.TestBridge;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real program with 128 MiB of heap under more than it can take, as fast as many senders go, and under half bodies of
 * strangers and of half a mebibyte. For longer: {@code -Dcxotel.test.overload.seconds=600}.
 */
@Alone
class OverloadIT {

    private static final String SECONDS = "cxotel.test.overload.seconds";
    private static final int SENDERS = 200;
    private static final int STRANGERS = 100;
    private static final int LARGE = 60;
    private static final int LEAST = 100;
    private static final int HALF = 1 << 19;
    private static final int BODY = 4_000;
    private static final int MOST_HEAP_KIB = 100 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern USED = Pattern.compile("total +\\d+K, used (\\d+)K");

    @TempDir
    Path folder;

    @Test
    void overload_withASmallHeap_losesNothingAndKeepsItsMemory() throws Exception {
        Duration length = Duration.ofSeconds(Long.getLong(SECONDS, 4));
        Path keys = folder.resolve("keys");
        MtlsFiles.create(
                keys,
                new MtlsFiles.Order(List.of("localhost"), "cxone", KeyKind.EC, Duration.ofDays(2)),
                Instant.now(),
                new SecureRandom());
        try (FakeCollector sink = FakeCollector.start()) {
            TestBridge test = TestBridge.in(
                    folder, "{ name: sink, endpoint: \"%s\", signals: [traces, metrics] }".formatted(sink.url()));
            Path config = config(test, keys);
            try (BridgeProcess bridge = BridgeProcess.run(
                            config, test.healthPort(), folder.resolve("log"), List.of("-Xmx128m"), Map.of());
                    NumberedCalls calls = new NumberedCalls(test.scripts()).paddedTo(BODY)) {
                NumberedCalls.Load load = calls.start(SENDERS);
                AtomicBoolean over = new AtomicBoolean();
                List<Thread> large = attack(test.receiverPort(), over);
                HalfBodies.Result strangers =
                        HalfBodies.plain(test.receiverPort(), keys).run(STRANGERS, 1, length);
                await().atMost(PATIENCE).until(() -> calls.acknowledged() > LEAST);
                over.set(true);
                load.close();
                for (Thread thread : large) {
                    thread.join();
                }
                System.out.printf(
                        "%d s: %d acknowledged, %d not (%s); strangers: %s%n",
                        length.toSeconds(),
                        calls.acknowledged(),
                        calls.unacknowledged(),
                        calls.lastTrouble(),
                        strangers);
                assertThat(calls.acknowledged()).as(bridge.output()).isGreaterThan(LEAST);
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(sink.spanIds())
                        .as("acknowledged and arrived")
                        .containsAll(calls.spanIds()));
                jcmd(bridge, "GC.run");
                int heap = heapKib(jcmd(bridge, "GC.heap_info"));
                System.out.println("heap after collection: " + heap + " KiB");
                assertThat(heap).isBetween(1, MOST_HEAP_KIB);
                assertThat(bridge.stop()).isZero();
                assertThat(bridge.output()).doesNotContain("OutOfMemoryError").doesNotContain("StackOverflowError");
            }
            assertClosed(config);
        }
    }

    private static Path config(TestBridge test, Path keys) throws Exception {
        Path config = test.write();
        return Files.writeString(config, Files.readString(config).replace("stop_timeout: 5s }", """
                stop_timeout: 5s, trusted_proxies: [127.0.0.1],
                  subscriptions: [
                    { name: scripts, type: script_api, path: /v1/script-api, auth: none },
                    { name: voice, type: voice_quality, path: /v1/voice-quality,
                      auth: { mtls: { client_ca: "%s/client-ca.pem", certificate_header: client_cert } } } ] }""".formatted(keys)));
    }

    /** Senders that are known and send half of a large body, and nothing more of it. */
    private static List<Thread> attack(int port, AtomicBoolean over) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < LARGE; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                while (!over.get()) {
                    try (RawHttp http = RawHttp.connect(port)) {
                        http.post("/v1/script-api", "Content-Length: " + (2 * HALF - 100))
                                .send(new byte[HALF]);
                        while (!over.get() && !http.isClosedByPeer()) {
                            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                        }
                    } catch (RuntimeException e) {
                        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                    }
                }
            }));
        }
        return threads;
    }

    private String jcmd(BridgeProcess bridge, String command) throws Exception {
        Path said = Files.createTempFile(folder, "jcmd-", ".txt");
        int code = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(bridge.pid()),
                        command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start()
                .waitFor();
        assertThat(code).as(Files.readString(said)).isZero();
        return Files.readString(said);
    }

    /** The young and the old generation together. */
    private static int heapKib(String info) {
        Matcher used = USED.matcher(info);
        int sum = 0;
        while (used.find()) {
            sum += Integer.parseInt(used.group(1));
        }
        return sum;
    }

    private static void assertClosed(Path config) throws Exception {
        var journalConfig = new ConfigLoader(Map.of()).load(config).config().journal();
        try (Journal journal = SqliteJournal.open(journalConfig, InstantSource.system(), Telemetry.NONE)) {
            Ledger ledger = journal.ledger();
            assertThat(ledger.difference()).as(ledger.toString()).isZero();
        }
    }
}
