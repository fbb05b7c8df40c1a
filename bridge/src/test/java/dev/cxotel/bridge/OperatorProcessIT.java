package dev.cxotel.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cxotel.bridge.cli.Cxotel;
import dev.cxotel.bridge.cli.JournalBooks;
import dev.cxotel.bridge.cli.Seams;
import dev.cxotel.bridge.config.load.ConfigLoader;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.journal.sqlite.SqliteJournal;
import dev.cxotel.bridge.signal.Signal;
import dev.cxotel.bridge.telemetry.Telemetry;
import dev.cxotel.bridge.testing.BridgeProcess;
import dev.cxotel.bridge.testing.FakeCollector;
import dev.cxotel.bridge.testing.NumberedCalls;
import dev.cxotel.bridge.testing.TestBridge;
import dev.cxotel.bridge.testing.books.WithoutBooks;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator's commands beside the real program: what they bring back, and that it is killed in their middle. */
class OperatorProcessIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final FakeCollector sink = started();
    private String said = "";
    private TestBridge test = new TestBridge(Path.of(""), 0, 0, 0, List.of());
    private NumberedCalls calls = new NumberedCalls(URI.create("http://127.0.0.1"));

    private static FakeCollector started() {
        try {
            return FakeCollector.start();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @BeforeEach
    void configure() throws Exception {
        test = TestBridge.in(
                directory,
                "{ name: sink, endpoint: \"%s\", signals: [traces], metric_interval: 200ms }".formatted(sink.url()));
        calls.close();
        calls = new NumberedCalls(test.scripts());
    }

    @AfterEach
    void close() {
        calls.close();
        sink.close();
    }

    private BridgeProcess start(String mutant) throws Exception {
        return BridgeProcess.run(
                test.write(),
                test.healthPort(),
                directory.resolve("bridge.log"),
                List.of("-Dcxotel.test.mutant=" + mutant),
                Map.of());
    }

    private int execute(String... arguments) throws Exception {
        Seams seams = new Seams(
                Map.of(),
                Bridge::start,
                new JournalBooks(InstantSource.system()),
                new Operator(InstantSource.system()),
                logging -> {},
                stop -> {});
        StringWriter out = new StringWriter();
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--config";
        all[arguments.length + 1] = test.write().toString();
        int code = Cxotel.execute(seams, new PrintWriter(out), new PrintWriter(out), all);
        said = out.toString();
        return code;
    }

    private int entries() throws Exception {
        assertThat(execute("quarantine", "list", "--limit", "10000", "--json"))
                .as(said)
                .isZero();
        return new ObjectMapper().readTree(said).path("entries").size();
    }

    private void awaitEntries(int count) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(entries()).isEqualTo(count));
    }

    private void awaitSpans(int count) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sink.spanIds()).hasSize(count));
    }

    private void awaitNoneWaiting() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(execute("ledger", "--json")).as(said).isZero();
            assertThat(new ObjectMapper().readTree(said).findValuesAsText("waiting"))
                    .as(said)
                    .isNotEmpty()
                    .containsOnly("0");
        });
    }

    private Ledger ledger() throws Exception {
        var config = new ConfigLoader(Map.of()).load(test.write()).config().journal();
        try (Journal journal = SqliteJournal.open(config, InstantSource.system(), Telemetry.NONE)) {
            return journal.ledger();
        }
    }

    private void assertOffered(long events) throws Exception {
        Ledger ledger = ledger();
        assertThat(ledger.difference()).as(ledger.toString()).isZero();
        assertThat(toTheSink(ledger)).satisfies(line -> {
            assertThat(line.offered()).as("offered again, once").isEqualTo(events);
            assertThat(line.waiting()).isZero();
        });
    }

    private static Ledger.PipelineLine toTheSink(Ledger ledger) {
        return ledger.pipelines().stream()
                .filter(line -> line.id().destination().equals("sink"))
                .findFirst()
                .orElseThrow();
    }

    private int replayAll() throws Exception {
        return execute(
                "replay",
                "--from=2020-01-01T00:00:00Z",
                "--to=2040-01-01T00:00:00Z",
                "--destination=sink",
                "--signals=traces",
                "--no-wait");
    }

    private void answer(int status) {
        sink.always(Signal.TRACES, request -> FakeCollector.status(status));
    }

    private int post(String body) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(test.scripts())
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    @Test
    void quarantine_ofARefusingDestination_isDeliveredOnceThatIsMended() throws Exception {
        answer(400);
        try (BridgeProcess bridge = start("NONE")) {
            calls.postTogether(5);
            assertThat(post("{\"no\":\"known shape\"}")).isEqualTo(200);
            awaitEntries(6);
            assertThat(execute("quarantine", "drop")).isEqualTo(2);
            assertThat(said).contains("say --all");
            answer(200);
            assertThat(execute("quarantine", "replay", "--all")).as(said).isEqualTo(1);
            assertThat(said).contains("5 of 6 entries have left").contains("This version cannot read it either");
            awaitSpans(5);
            assertThat(sink.spanIds()).isEqualTo(calls.spanIds());
            assertThat(execute("quarantine", "list")).isZero();
            assertThat(said).contains("unreadable").contains("unknown_type").doesNotContain("undelivered");
            assertThat(bridge.stop()).isZero();
        }
        assertOffered(10);
    }

    @WithoutBooks("the journal at the end is a copy from before all was delivered")
    @Test
    void backup_ofARunningBridge_opensWithLedgerAndSalvageMendsFlippedBytes() throws Exception {
        Path copy = directory.resolve("copy.db");
        try (BridgeProcess bridge = start("NONE")) {
            calls.paddedTo(20_000).postNew(10);
            awaitSpans(10);
            NumberedCalls.Load load = calls.start(2);
            assertThat(execute("journal", "backup", "--to", copy.toString()))
                    .as(said)
                    .isZero();
            load.close();
            assertThat(bridge.stop()).isZero();
        }
        Files.move(directory.resolve("data"), directory.resolve("first"));
        Files.createDirectory(directory.resolve("data"));
        Files.move(copy, directory.resolve("data/journal.db"));
        assertThat(execute("ledger")).as(said).isZero();
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve("data/journal.db").toFile(), "rw")) {
            byte[] all = new byte[(int) file.length()];
            file.readFully(all);
            int blanks = 0;
            int at = 0;
            while (blanks < 4000) {
                blanks = all[at++] == ' ' ? blanks + 1 : 0;
            }
            file.seek(at - 1);
            file.write('!');
        }
        assertThat(execute("journal", "check")).isEqualTo(1);
        assertThat(said).containsPattern("damaged bodies +1");
        assertThat(execute("journal", "salvage")).as(said).isZero();
        assertThat(said).containsPattern("deliveries with a damaged body +1");
        assertThat(execute("journal", "check")).as(said).isZero();
        assertThat(execute("ledger")).as(said).isZero();
    }

    @Test
    void kill_inTheMiddleOfAReplay_offersEachEventOnceMore() throws Exception {
        int count = 2400;
        try (BridgeProcess bridge = start("NONE")) {
            for (int i = 0; i < count / 200; i++) {
                calls.postTogether(200);
            }
            awaitSpans(count);
            awaitNoneWaiting();
            AtomicInteger accepted = new AtomicInteger();
            sink.always(
                    Signal.TRACES,
                    request -> FakeCollector.status(
                            accepted.addAndGet(request.spans().size()) > 1100 ? 503 : 200));
            assertThat(replayAll()).as(said).isZero();
            await().atMost(PATIENCE).until(() -> accepted.get() > 1100);
            bridge.kill();
        }
        assertThat(toTheSink(ledger()).offered()).as("in the middle").isBetween(count + 1000L, 2L * count - 1);
        answer(200);
        assertThat(replayAll()).as(said).isZero();
        assertThat(said)
                .as("given again, it goes on")
                .contains("replay 1: ")
                .contains("the next 'cxotel run' sends them");
        try (BridgeProcess bridge = start("NONE")) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(sink.spans()).hasSizeGreaterThanOrEqualTo(2 * count));
            awaitNoneWaiting();
            assertThat(sink.spanIds()).as("the same ids").isEqualTo(calls.spanIds());
            assertThat(bridge.stop()).isZero();
        }
        assertOffered(2L * count);
    }
}
