package dev.cxotel.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cxotel.bridge.cli.Cxotel;
import dev.cxotel.bridge.cli.JournalBooks;
import dev.cxotel.bridge.cli.Seams;
import dev.cxotel.bridge.config.load.ConfigLoader;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.journal.sqlite.SqliteJournal;
import dev.cxotel.bridge.signal.Signal;
import dev.cxotel.bridge.telemetry.Telemetry;
import dev.cxotel.bridge.testing.BridgeProcess;
import dev.cxotel.bridge.testing.FakeCollector;
import dev.cxotel.bridge.testing.NumberedCalls;
import dev.cxotel.bridge.testing.TestBridge;
import dev.cxotel.bridge.testing.books.Books;
import dev.cxotel.bridge.testing.books.JournalRows;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real program is killed in the middle of {@code quarantine replay --all}, first the command that has the journal to
 * itself, then the bridge that does it, each time as soon as some entries have left quarantine; and the command is given
 * again. More kills of a bridge with {@code -Dreplay.kills=N}.
 */
class ReplayKillIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int KILLS = Integer.getInteger("replay.kills", 1);
    private static final int UNDELIVERED = 300;
    private static final int HELD = 40;
    private static final String SECRET = "a secret of thirty-two characters";

    @TempDir
    Path directory;

    @Test
    void kill_inTheMiddleOfAQuarantineReplay_losesNothingAndOffersNothingTwice() throws Exception {
        try (FakeCollector sink = FakeCollector.start()) {
            TestBridge test = TestBridge.in(
                    directory,
                    "{ name: sink, endpoint: \"%s\", signals: [traces], metric_interval: 200ms }"
                            .formatted(sink.url()));
            Set<String> expected = fill(test, sink);
            Path config = config(test, SECRET);
            int step = (UNDELIVERED + HELD) / (KILLS + 3);
            long left = entries();
            List<Long> atDeath = new ArrayList<>();
            try (BridgeProcess command =
                    BridgeProcess.start(replay(config), directory.resolve("command.log"), List.of(), Map.of())) {
                atDeath.add(killAt(command, left - step));
            }
            for (int i = 0; i < KILLS; i++) {
                left = entries();
                try (BridgeProcess bridge = run(test, config)) {
                    Thread operator = Thread.ofPlatform()
                            .start(() -> execute(replay(config).toArray(String[]::new)));
                    atDeath.add(killAt(bridge, left - step));
                    operator.join();
                }
            }
            assertThat(atDeath).as("entries that were left when it was killed").anyMatch(entries -> entries > 0);
            System.out.println("entries left at each death: " + atDeath);
            try (BridgeProcess bridge = run(test, config)) {
                assertThat(execute(replay(config).toArray(String[]::new))).isZero();
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(sink.spanIds()).isEqualTo(expected));
                assertThat(bridge.stop()).isZero();
            }
            assertThat(entries()).isZero();
            int largest = sink.requests(Signal.TRACES).stream()
                    .filter(FakeCollector.Request::stored)
                    .mapToInt(request -> request.spans().size())
                    .max()
                    .orElse(0);
            assertThat(sink.spans().size() - expected.size())
                    .as("twice: at most an export for each kill")
                    .isBetween(0, KILLS * largest);
            assertClosed(config);
        }
    }

    /** Lets a refusing sink and a wrong key fill quarantine; the span ids of what is in it. */
    private Set<String> fill(TestBridge test, FakeCollector sink) throws Exception {
        URI held = URI.create(test.scripts().toString().replace("script-api", "held"));
        sink.always(Signal.TRACES, request -> FakeCollector.status(400));
        Set<String> expected = new HashSet<>();
        try (BridgeProcess bridge = run(test, config(test, "another secret of some thirty letters"));
                NumberedCalls open = new NumberedCalls(test.scripts());
                NumberedCalls signed = new NumberedCalls(held, 10_000)) {
            for (int i = 0; i < 4; i++) {
                open.postTogether(UNDELIVERED / 4);
            }
            signed.signedBy(ReplayKillIT::sign).acknowledgedBy(401).postNew(HELD);
            await().atMost(PATIENCE).until(() -> entries() == UNDELIVERED + HELD);
            expected.addAll(open.spanIds());
            expected.addAll(signed.spanIds());
            bridge.kill();
        }
        assertThat(expected).hasSize(UNDELIVERED + HELD);
        sink.always(Signal.TRACES, request -> FakeCollector.status(200));
        return expected;
    }

    private static Map<String, String> sign(String body) {
        String time = Long.toString(Instant.now().getEpochSecond());
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] signature = mac.doFinal(("id." + time + "." + body).getBytes(StandardCharsets.UTF_8));
            return Map.of(
                    "webhook-id",
                    "id",
                    "webhook-timestamp",
                    time,
                    "webhook-signature",
                    "v1," + Base64.getEncoder().encodeToString(signature));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> replay(Path config) {
        return List.of("quarantine", "replay", "--all", "--config", config.toString());
    }

    private static Path config(TestBridge test, String secret) throws Exception {
        Path file = test.write();
        String subscriptions = """
                  subscriptions:
                    - { name: scripts, type: script_api, path: /v1/script-api }
                    - { name: held, type: script_api, path: /v1/held, on_unverified: hold, auth: { signature: { scheme: standard_webhooks, keys: [ { version: "1", secret: "%s" } ] } } }
                """.formatted(secret).stripTrailing();
        return Files.writeString(
                file,
                Files.readString(file)
                        .replaceFirst(
                                "receiver: \\{ host: 127.0.0.1, port: (\\d+), stop_timeout: 5s }",
                                "receiver:\n  host: 127.0.0.1\n  port: $1\n  stop_timeout: 5s\n" + subscriptions));
    }

    private BridgeProcess run(TestBridge test, Path config) throws Exception {
        return BridgeProcess.run(config, test.healthPort(), directory.resolve("bridge.log"), List.of(), Map.of());
    }

    /** Kills it as soon as no more than so many entries are in quarantine; how many there are then. */
    private long killAt(BridgeProcess process, long most) throws Exception {
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> entries() <= most);
        process.kill();
        return entries();
    }

    private long entries() throws Exception {
        return JournalRows.count(directory.resolve("data"), "select count(*) from quarantine");
    }

    private static int execute(String... arguments) {
        Seams seams = new Seams(
                Map.of(),
                Bridge::start,
                new JournalBooks(InstantSource.system()),
                new Operator(InstantSource.system()),
                logging -> {},
                stop -> {});
        PrintWriter nobody = new PrintWriter(new StringWriter());
        return Cxotel.execute(seams, nobody, nobody, arguments);
    }

    /** The test's own count, the ledger's and that of the rows agree. */
    private void assertClosed(Path config) throws Exception {
        try (Journal journal = SqliteJournal.open(
                new ConfigLoader(Map.of()).load(config).config().journal(), InstantSource.system(), Telemetry.NONE)) {
            Ledger ledger = journal.ledger();
            assertThat(ledger.difference()).as(ledger.toString()).isZero();
            Books books = new Books()
                    .door("scripts", "appended", UNDELIVERED)
                    .door("held", "appended", HELD)
                    .door("held", "duplicate", 0)
                    .offered("sink/traces", 2 * UNDELIVERED + HELD)
                    .ended("sink/traces", Outcome.QUARANTINED, UNDELIVERED)
                    .ended("sink/traces", Outcome.EXPORTED, UNDELIVERED + HELD)
                    .outOfQuarantine(UNDELIVERED);
            assertThat(books.disagreements(ledger, directory.resolve("data"))).isEmpty();
            assertThat(journal.operations().check().problems()).isEmpty();
        }
    }
}
