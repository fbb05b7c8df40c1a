package dev.cxotel.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.cxotel.bridge.signal.Signal;
import dev.cxotel.bridge.testing.FakeCollector;
import dev.cxotel.bridge.testing.Shell;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of the root README, run as they stand but for three things: OTLP goes to a fake backend, the ports are
 * free ones, and {@code ./cxotel run} is stopped. A block that no rule covers fails.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadmeIT {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");
    private static final Pattern EXPORT = Pattern.compile("(?m)^export (OTEL_\\w+)=(\\S+)$");
    private static final Pattern ENDPOINT = Pattern.compile("(?m)^(export OTEL_EXPORTER_OTLP_ENDPOINT=)\\S+$");
    private static final Pattern RECEIVES = Pattern.compile("receives on 127\\.0\\.0\\.1:(\\d+)");
    private static final Pattern INLINE = Pattern.compile("`\\./cxotel ([a-z-]+)");
    private static final Pattern PRESET = Pattern.compile("(?<=\\{ cxotel: 1), (destinations: \\[ \\{ preset: \\w+) }");
    private static final Pattern EXPORTED_KEY = Pattern.compile("(?m)^export \\w+_KEY=(\\S+)$");
    private static final String FREE_PORTS =
            ", receiver: { port: 0 }, journal: { min_free_disk: 16MiB }, health: { host: 127.0.0.1, port: 0 },"
                    + " admin: { port: 0 }, logging: { format: text }, ";
    private static final String RUN_FILE = "./cxotel run --config cxotel.yaml\n";
    private static final String RUN = "./cxotel run\n";

    @TempDir
    static Path directory;

    private final FakeCollector collector = collector();
    private Shell bridge;
    private Shell demonstration;
    private String port = "";

    /** The bridge that the blocks speak to which start none; and the demonstration, which lasts while they run. */
    @BeforeAll
    void startBridge() throws Exception {
        prepare(directory);
        demonstration = Shell.start(
                blocks().stream().filter(ReadmeIT::isDemonstration).findFirst().orElseThrow(), directory, Map.of());
        bridge = Shell.start(
                "exec ./cxotel run --config cxotel.yaml",
                directory,
                Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url().toString()));
        port = port(bridge);
    }

    @AfterAll
    void stopBridge() throws IOException {
        bridge.close();
        demonstration.close();
        collector.close();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path link : all.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }

    @TestFactory
    List<DynamicTest> everyBlockOfShellCommands() throws IOException {
        return blocks().stream()
                .sorted(Comparator.comparing(ReadmeIT::isDemonstration))
                .map(block -> dynamicTest(
                        block.strip().replace('\n', ';'), () -> rule(block).run(block)))
                .toList();
    }

    @TestFactory
    List<DynamicTest> everyCommandNamedInTheText() throws IOException {
        TreeSet<String> commands = new TreeSet<>(INLINE.matcher(readme())
                .results()
                .map(result -> result.group(1))
                .toList());
        return commands.stream()
                .map(command -> dynamicTest(command, () -> assertThat(finished("./cxotel " + command + " --help"))
                        .contains("Usage: cxotel " + command)))
                .toList();
    }

    private interface Rule {
        void run(String block) throws Exception;
    }

    private Rule rule(String block) {
        List<String> lines = block.lines().toList();
        if (block.startsWith("git clone")) {
            return any -> System.out.println("not run: the clone is where this test is in");
        }
        if (block.equals("mvn verify\n")) {
            return any -> System.out.println("not run: it is what runs this test");
        }
        if (isDemonstration(block)) {
            return any -> demonstrates();
        }
        if (PRESET.matcher(block).find() && block.endsWith(RUN_FILE)) {
            return this::usesPreset;
        }
        if (EXPORT.matcher(block).find() && block.endsWith(RUN)) {
            return this::exports;
        }
        if (lines.stream().allMatch(line -> line.startsWith("curl "))) {
            return this::posts;
        }
        if (block.equals("./cxotel ledger\n")) {
            return any -> assertThat(finished(any)).contains("The books close.");
        }
        if (lines.size() == 1 && block.startsWith("./cxotel send ")) {
            return this::sends;
        }
        return any -> {
            throw new AssertionError("no rule of this test says how to run:\n" + any);
        };
    }

    private static boolean isDemonstration(String block) {
        return block.lines().count() == 1 && block.startsWith("./cxotel demo --seconds ");
    }

    private void demonstrates() throws Exception {
        assertThat(finished(demonstration)).contains("numbers agree").contains("difference 0");
    }

    private void posts(String block) throws Exception {
        String receipt = "{\"accepted\":1,\"duplicates\":0,\"quarantined\":0}";
        assertThat(finished(toTheBridge(block)).split(Pattern.quote(receipt), -1))
                .as("between the receipts of the lines")
                .hasSize((int) block.lines().count() + 1);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(collector.spans().stream().map(Span::getName))
                        .contains("call leg"));
    }

    private void sends(String block) throws Exception {
        Matcher count = Pattern.compile("--count (\\d+)").matcher(block);
        assertThat(count.find()).isTrue();
        assertThat(finished(toTheBridge(block)))
                .contains("posted " + count.group(1))
                .containsPattern("200 +" + count.group(1) + "\\n")
                .contains("p99");
    }

    /** The block's own bridge gets one webhook of each type; the backend gets all of it, with the headers of the block. */
    private void exports(String block) throws Exception {
        Path own = prepare(Files.createTempDirectory(directory, "exports-"));
        Map<String, String> variables = variables(block);
        assertThat(variables).containsKey("OTEL_EXPORTER_OTLP_ENDPOINT");
        try (FakeCollector backend = FakeCollector.start();
                Shell running = Shell.start(toBackend(block, backend), own, Map.of())) {
            String receiver = "http://127.0.0.1:" + port(running);
            for (String type : List.of("voice-quality", "script-api")) {
                String post = "curl -fsS -d @examples/payloads/%s.json %s/v1/%s".formatted(type, receiver, type);
                assertThat(finished(post)).contains("\"accepted\":1");
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(backend.spans().stream().map(Span::getName))
                            .containsExactlyInAnyOrder("call leg", "Snippet sub_webservice"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(backend.logs().stream().map(LogRecord::getEventName))
                            .containsExactlyInAnyOrder("cxone.voice.quality", "cxone.script.api.error"));
            assertThat(running.stop()).as(running.output()).isZero();

            assertThat(backend.metrics().stream().map(Metric::getName))
                    .contains("cxone.voice.mos", "cxone.script.api.duration");
            for (Signal signal : Signal.values()) {
                Map<String, String> headers = headers(variables, signal);
                assertThat(backend.stored(signal)).isNotEmpty().allSatisfy(request -> assertThat(request.headers())
                        .containsAllEntriesOf(headers));
            }
            assertTemporality(variables, backend);
        }
    }

    /** The block's file, with a fake backend as the preset's endpoint; what is too old for it comes as a log record. */
    private void usesPreset(String block) throws Exception {
        Path own = prepare(Files.createTempDirectory(directory, "preset-"));
        try (FakeCollector backend = FakeCollector.start();
                Shell running = Shell.start(
                        PRESET.matcher(block)
                                .replaceFirst(FREE_PORTS + "$1, endpoint: \"" + backend.url() + "\" }")
                                .replace(RUN_FILE, "exec " + RUN_FILE),
                        own,
                        Map.of())) {
            String receiver = "http://127.0.0.1:" + port(running);
            for (String type : List.of("voice-quality", "script-api")) {
                String post = "curl -fsS -d @examples/payloads/%s.json %s/v1/%s".formatted(type, receiver, type);
                assertThat(finished(post)).contains("\"accepted\":1");
            }
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(Stream.concat(
                            backend.spans().stream().map(Span::getName),
                            backend.logs().stream().map(LogRecord::getEventName).filter("cxone.span.late"::equals)))
                    .hasSize(2));
            assertThat(running.stop()).as(running.output()).isZero();
            assertThat(backend.metrics().stream()
                            .filter(metric -> metric.hasHistogram() || metric.hasExponentialHistogram())
                            .map(metric -> metric.hasHistogram()
                                    ? metric.getHistogram().getAggregationTemporality()
                                    : metric.getExponentialHistogram().getAggregationTemporality()))
                    .isNotEmpty()
                    .containsOnly(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA);
            String key = EXPORTED_KEY
                    .matcher(block)
                    .results()
                    .findFirst()
                    .orElseThrow()
                    .group(1);
            for (Signal signal : Signal.values()) {
                assertThat(backend.requests(signal))
                        .allSatisfy(request -> assertThat(request.headers()).containsValue(key));
            }
        }
    }

    private static void assertTemporality(Map<String, String> variables, FakeCollector backend) {
        boolean delta = "delta".equalsIgnoreCase(variables.get("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE"));
        assertThat(backend.metrics().stream().filter(metric -> metric.getName().equals("cxone.voice.mos")))
                .allSatisfy(metric -> assertThat(metric.getHistogram().getAggregationTemporality())
                        .isEqualTo(
                                delta
                                        ? AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA
                                        : AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE));
    }

    private static String toBackend(String block, FakeCollector backend) {
        return ENDPOINT.matcher(block)
                .replaceFirst("$1" + backend.url())
                .replace(RUN, "exec ./cxotel run --config cxotel.yaml\n");
    }

    private String toTheBridge(String block) {
        assertThat(block).contains("http://localhost:8080");
        return block.replace("http://localhost:8080", "http://localhost:" + port);
    }

    private static Map<String, String> variables(String block) {
        Map<String, String> variables = new LinkedHashMap<>();
        EXPORT.matcher(block).results().forEach(each -> variables.put(each.group(1), each.group(2)));
        return variables;
    }

    /** As every SDK reads them: a signal's own headers stand in the place of those of all. */
    private static Map<String, String> headers(Map<String, String> variables, Signal signal) {
        String own = "OTEL_EXPORTER_OTLP_%s_HEADERS".formatted(signal.name());
        String text = Optional.ofNullable(variables.get(own))
                .orElse(variables.getOrDefault("OTEL_EXPORTER_OTLP_HEADERS", ""));
        Map<String, String> headers = new LinkedHashMap<>();
        Arrays.stream(text.split(",", -1))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> pair.split("=", 2))
                .forEach(pair -> headers.put(pair[0], pair[1]));
        return headers;
    }

    /** Runs to its end, which must be good; what it printed. */
    private String finished(String script) throws Exception {
        try (Shell shell = Shell.start(script, directory, Map.of())) {
            return finished(shell);
        }
    }

    private static String finished(Shell shell) throws Exception {
        assertThat(shell.ended(PATIENCE.multipliedBy(2))).as(shell.output()).isZero();
        return shell.output();
    }

    private static String port(Shell running) throws IOException {
        running.prints("receives on", PATIENCE);
        return RECEIVES.matcher(running.output())
                .results()
                .findFirst()
                .map((MatchResult result) -> result.group(1))
                .orElseThrow();
    }

    /** A working directory like the project's own, with ports and a disk floor that suit a test. */
    private static Path prepare(Path working) throws IOException {
        Files.createSymbolicLink(working.resolve("cxotel"), ROOT.resolve("cxotel"));
        Files.createSymbolicLink(working.resolve("examples"), ROOT.resolve("examples"));
        Files.writeString(working.resolve("cxotel.yaml"), """
                cxotel: 1
                receiver: { port: 0 }
                journal: { min_free_disk: 16MiB }
                health: { host: 127.0.0.1, port: 0 }
                admin: { port: 0 }
                logging: { format: text }
                """);
        return working;
    }

    private static List<String> blocks() throws IOException {
        return BLOCK.matcher(readme()).results().map(result -> result.group(1)).toList();
    }

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"), UTF_8);
    }

    private static FakeCollector collector() {
        try {
            return FakeCollector.start();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
