package dev.cxotel.bridge.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A bash script as a user starts it, in a process of its own whose output is one file. */
public final class Shell implements AutoCloseable {

    private static final Duration LONGEST_STOP = Duration.ofSeconds(60);

    private final Process process;
    private final Path output;

    private Shell(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts {@code script}, which ends at the first command that fails. The launcher finds the Java of this test, and no
     * {@code OTEL_*} but those of {@code environment}.
     */
    public static Shell start(String script, Path directory, Map<String, String> environment) throws IOException {
        Path output = Files.createTempFile(directory, "output-", ".txt");
        ProcessBuilder builder = new ProcessBuilder("bash", "-euc", script)
                .directory(directory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("OTEL_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return new Shell(builder.start(), output);
    }

    /** Waits for the end; the exit code. */
    public int ended(Duration longest) throws IOException, InterruptedException {
        if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("still running after " + longest + ":\n" + output());
        }
        return process.exitValue();
    }

    /** Waits until the output has {@code text}. */
    public void prints(String text, Duration longest) throws IOException {
        Awaitility.await(text)
                .atMost(longest)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> output().contains(text) || !process.isAlive());
        if (!output().contains(text)) {
            throw new IllegalStateException("it ended without printing \"" + text + "\":\n" + output());
        }
    }

    /** Asks it to stop, as a service manager would; the exit code. */
    public int stop() throws IOException, InterruptedException {
        process.destroy();
        return ended(LONGEST_STOP);
    }

    public String output() throws IOException {
        return Files.readString(output, UTF_8);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
