package dev.cxotel.bridge.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cxotel.bridge.testing.books.Witness;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The real program in a process of its own, that can be killed. */
public final class BridgeProcess implements AutoCloseable {

    /** One that ends instead is noticed at once. */
    private static final Duration LONGEST_START = Duration.ofMinutes(3);

    private final Process process;
    private final Path log;
    private final URI ready;

    private BridgeProcess(Process process, Path log, URI ready) {
        this.process = process;
        this.log = log;
        this.ready = ready;
    }

    /**
     * Starts {@code run} with the configuration and waits until it is ready to receive.
     *
     * @param healthPort the port that the configuration names
     * @param log where its output goes
     * @param options of the Java machine
     */
    public static BridgeProcess run(
            Path config, int healthPort, Path log, List<String> options, Map<String, String> environment)
            throws IOException {
        Witness.configured(config);
        BridgeProcess started =
                start(List.of("run", "--config", config.toString()), healthPort, log, options, environment);
        try {
            Awaitility.await()
                    .atMost(LONGEST_START)
                    .pollInterval(Duration.ofMillis(50))
                    .until(started::isReady);
        } catch (RuntimeException e) {
            started.dumpThreads();
            started.kill();
            throw new IllegalStateException("the bridge did not become ready:\n" + started.output(), e);
        }
        return started;
    }

    /** Starts any command, which may end by itself. */
    public static BridgeProcess start(
            List<String> arguments, Path log, List<String> options, Map<String, String> environment)
            throws IOException {
        return start(arguments, 0, log, options, environment);
    }

    private static BridgeProcess start(
            List<String> arguments, int healthPort, Path log, List<String> options, Map<String, String> environment)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(options);
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.cxotel.bridge.Main"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("OTEL_"));
        builder.environment().putAll(environment);
        return new BridgeProcess(builder.start(), log, URI.create("http://127.0.0.1:" + healthPort + "/health/ready"));
    }

    /** Ends it without a chance to say goodbye. */
    public void kill() {
        if (process.isAlive()) {
            Witness.killed();
        }
        process.destroyForcibly();
        await();
    }

    /** The number of the process, for signals. */
    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Processor time that it used so far. */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Asks it to stop, as a service manager would, and returns its exit code. */
    public int stop() {
        process.destroy();
        await();
        return process.exitValue();
    }

    /** Waits for the end that it comes to by itself; the exit code. */
    public int ended(Duration longest) throws IOException, InterruptedException {
        if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("still running after " + longest + ":\n" + output());
        }
        return process.exitValue();
    }

    public String output() throws IOException {
        return Files.readString(log, UTF_8);
    }

    @Override
    public void close() {
        kill();
    }

    /** Lets it say in its output what its threads do, as far as it still can. */
    private void dumpThreads() throws IOException {
        try {
            boolean asked = process.isAlive()
                    && new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid()))
                                    .start()
                                    .waitFor()
                            == 0;
            if (asked) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> output().contains("JNI global refs") || !process.isAlive());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            // It does not even do that; its output says what it did before.
        }
    }

    private void await() {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isReady() throws InterruptedException {
        if (!process.isAlive()) {
            throw new IllegalStateException("it ended with " + process.exitValue());
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
