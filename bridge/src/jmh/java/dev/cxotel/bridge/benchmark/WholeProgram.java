package dev.cxotel.bridge.benchmark;

import dev.cxotel.bridge.console.AdminAnswer;
import dev.cxotel.bridge.console.AdminClient;
import dev.cxotel.bridge.testing.BridgeProcess;
import dev.cxotel.bridge.testing.TestBridge;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * The whole program beside a bare handler, in turns, in one run: events a second and processor time of an event, from the
 * webhook to the last export. Only the ratios mean something on another machine.
 */
public final class WholeProgram {

    private static final List<String> SAME =
            List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-XX:TieredStopAtLevel=4");

    /** One turn of one of them. */
    private record Turn(double perSecond, double cpuMicros) {}

    private WholeProgram() {}

    /**
     * Runs it.
     *
     * @param arguments seconds of a turn, number of turns (the first one warms up), connections
     */
    public static void main(String[] arguments) throws Exception {
        Duration length = Duration.ofSeconds(arguments.length > 0 ? Long.parseLong(arguments[0]) : 10);
        int turns = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 4;
        int connections = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 64;
        Path directory = Files.createTempDirectory("cxotel-benchmark");
        Process bare = bareHandler();
        try (CountingBackend backend = CountingBackend.start();
                ClosedLoop loop = new ClosedLoop(connections)) {
            TestBridge test = TestBridge.in(
                    directory, "{ name: sink, endpoint: \"%s\", self_telemetry: false, metric_interval: 1s }".formatted(backend.url()));
            URI bareUrl = URI.create("http://127.0.0.1:" + port(bare) + "/");
            try (BridgeProcess bridge = BridgeProcess.run(
                    test.write(), test.healthPort(), directory.resolve("bridge.log"), options(), Map.of())) {
                List<Turn> bares = new ArrayList<>();
                List<Turn> bridges = new ArrayList<>();
                for (int turn = 0; turn < turns; turn++) {
                    bares.add(turn(loop, length, number -> bareUrl, bare.toHandle(), () -> {}));
                    bridges.add(turn(
                            loop,
                            length,
                            number -> number % 4 == 0 ? test.voice() : test.scripts(),
                            ProcessHandle.of(bridge.pid()).orElseThrow(),
                            () -> drain(directory.resolve("data"))));
                    print(turn, bares.getLast(), bridges.getLast());
                }
                report(bares.subList(1, turns), bridges.subList(1, turns), connections);
                if (bridge.stop() != 0) {
                    throw new IllegalStateException(bridge.output());
                }
            }
        } finally {
            bare.destroyForcibly();
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static List<String> options() {
        String recording = System.getProperty("cxotel.benchmark.jfr", "");
        List<String> options = new ArrayList<>(SAME);
        if (!recording.isEmpty()) {
            options.add("-XX:StartFlightRecording:settings=profile,filename=" + recording);
        }
        return options;
    }

    private static Turn turn(
            ClosedLoop loop,
            Duration length,
            java.util.function.IntFunction<URI> urls,
            ProcessHandle server,
            Runnable untilDone)
            throws InterruptedException {
        long begun = System.nanoTime();
        Duration before = cpu(server);
        long answered = loop.run(urls, length);
        untilDone.run();
        double seconds = (System.nanoTime() - begun) / 1e9;
        return new Turn(answered / seconds, cpu(server).minus(before).toNanos() / 1e3 / Math.max(1, answered));
    }

    private static void drain(Path journal) {
        try (AdminClient client = new AdminClient(journal)) {
            Awaitility.await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(100)).until(() ->
                    client.get("ledger") instanceof AdminAnswer.Ok answer
                            && AdminClient.ledger(answer).pipelines().stream().allMatch(line -> line.waiting() == 0));
        }
    }

    private static void print(int turn, Turn bare, Turn bridge) {
        System.out.printf(
                Locale.ROOT,
                "turn %d: bare %,.0f/s %.1f us   bridge %,.0f/s %.1f us%n",
                turn,
                bare.perSecond(),
                bare.cpuMicros(),
                bridge.perSecond(),
                bridge.cpuMicros());
    }

    private static void report(List<Turn> bares, List<Turn> bridges, int connections) {
        double rate = median(bridges.stream().map(Turn::perSecond).toList())
                / median(bares.stream().map(Turn::perSecond).toList());
        double cpu = median(bridges.stream().map(Turn::cpuMicros).toList())
                / median(bares.stream().map(Turn::cpuMicros).toList());
        System.out.printf(
                Locale.ROOT,
                "%d connections: durable and exported %.2f of bare; processor time of an event %.1f times bare%n",
                connections,
                rate,
                cpu);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static Process bareHandler() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SAME);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), BareHandler.class.getName()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @SuppressWarnings("StreamResourceLeak") // lives as long as the process
    private static int port(Process bare) throws IOException {
        BufferedReader said = bare.inputReader(StandardCharsets.UTF_8);
        return Integer.parseInt(said.readLine().strip());
    }
}
