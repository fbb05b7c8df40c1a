package dev.cxotel.bridge.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A machine for one journal whose power can be cut: runs a program under the library {@code src/test/c/powercut.c}, kills
 * it, and leaves of the journal's files what had been synced.
 */
public final class PowerCut {

    private static final List<String> FILES = List.of("journal.db", "journal.db-wal");

    private final Path library;
    private final Path directory;

    private PowerCut(Path library, Path directory) {
        this.library = library;
        this.directory = directory;
    }

    /** Compiles the library; empty on a machine without a C compiler. */
    public static Optional<Path> compile(Path into) throws IOException, InterruptedException {
        return PreloadLibrary.compile("powercut", into);
    }

    /** A machine whose journal is in {@code directory}. */
    public static PowerCut on(Path library, Path directory) {
        return new PowerCut(library, directory);
    }

    /** A running program and what it said so far. */
    public record Running(Process process, Thread reader, BlockingQueue<String> said) {

        /** Waits for a line that begins with {@code word}; all lines go to {@code heard}. */
        public void await(String word, List<String> heard) throws InterruptedException {
            while (true) {
                String line = said.poll(60, TimeUnit.SECONDS);
                if (line == null) {
                    throw new AssertionError("no '" + word + "' came; the last was " + heard);
                }
                heard.add(line);
                if (line.startsWith(word)) {
                    return;
                }
            }
        }

        /** Cuts the power and returns all that was said and not yet heard. */
        public List<String> kill() throws InterruptedException {
            process.destroyForcibly();
            process.waitFor();
            reader.join();
            List<String> rest = new ArrayList<>();
            said.drainTo(rest);
            return rest;
        }
    }

    /**
     * Says that what is on disk now is synced, and returns the environment that a program needs to live on this machine.
     *
     * @param syncTime how long each sync takes
     */
    public Map<String, String> arm(Duration syncTime) throws IOException {
        for (String file : FILES) {
            Path real = directory.resolve(file);
            Files.deleteIfExists(shadow(file));
            if (Files.exists(real)) {
                Files.copy(real, shadow(file));
            }
        }
        return Map.of(
                "LD_PRELOAD",
                library.toString(),
                "POWERCUT_DIR",
                directory.toRealPath().toString(),
                "POWERCUT_DELAY_US",
                Long.toString(syncTime.toNanos() / 1000));
    }

    /**
     * Starts a Java program. What it says on standard output is kept, errors are not.
     *
     * @param arguments options of the Java virtual machine, the main class, its arguments
     */
    public Running start(Duration syncTime, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(arm(syncTime));
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        BlockingQueue<String> said = new LinkedBlockingQueue<>();
        Thread reader = Thread.ofPlatform().start(() -> {
            try (BufferedReader lines = process.inputReader(UTF_8)) {
                lines.lines().forEach(said::add);
            } catch (IOException | java.io.UncheckedIOException e) {
                // The pipe ends with the process.
            }
        });
        return new Running(process, reader, said);
    }

    /** Makes each sync fail with EIO, until {@link #heal}. */
    public void breakSyncs() throws IOException {
        Files.createFile(directory.resolve("fail-sync"));
    }

    /** How a disk can turn its user away. The names are those of the library's files. */
    public enum Denial {
        /** Each change fails with EROFS, and what is opened to write, as after an emergency remount. */
        READ_ONLY("read-only"),
        /** Nothing can be opened, EACCES, and what is open fails to sync, as on a network file system. */
        NO_PERMISSION("no-permission");

        private final String file;

        Denial(String file) {
            this.file = file;
        }
    }

    /** Turns the program away, until {@link #heal}. */
    public void deny(Denial denial) throws IOException {
        Files.createFile(directory.resolve(denial.file));
    }

    /** Makes each write fail with ENOSPC, until {@link #heal}. */
    public void breakWrites() throws IOException {
        Files.createFile(directory.resolve("fail-write"));
    }

    public void heal() throws IOException {
        Files.deleteIfExists(directory.resolve("fail-sync"));
        Files.deleteIfExists(directory.resolve("fail-write"));
        for (Denial denial : Denial.values()) {
            Files.deleteIfExists(directory.resolve(denial.file));
        }
    }

    /** Leaves of the files what had been synced when the program was killed. */
    public void restart() throws IOException {
        for (String file : FILES) {
            Path real = directory.resolve(file);
            if (Files.exists(shadow(file))) {
                Files.move(shadow(file), real, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.deleteIfExists(real);
            }
        }
        Files.deleteIfExists(directory.resolve("journal.db-shm"));
    }

    private Path shadow(String file) {
        return directory.resolve(file + ".shadow");
    }
}
