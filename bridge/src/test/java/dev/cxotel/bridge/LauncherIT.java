package dev.cxotel.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher on a fresh copy, where Maven and Java only note that they ran: one build at a time, whoever is killed. */
class LauncherIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path root;

    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void copy() throws Exception {
        Files.copy(Path.of("..", "cxotel"), root.resolve("cxotel"), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        Files.createDirectories(root.resolve("bridge"));
        Files.createFile(root.resolve("bridge/pom.xml"));
        script("jdk/bin/java", "echo ran >>\"$ROOT/ran\"");
        Files.writeString(root.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
        script("path/mvn", """
                echo $$ >>"$ROOT/builds"
                mkdir "$ROOT/busy" || echo overlap >>"$ROOT/overlaps"
                while [ -e "$ROOT/slow" ]; do sleep 0.05; done
                sleep 0.3
                mkdir -p "$ROOT/bridge/target/cxotel/lib"
                touch "$ROOT/bridge/target/cxotel/lib/cxotel-bridge-1.jar"
                rmdir "$ROOT/busy"
                touch "$ROOT/bridge/target/cxotel/built"
                """);
    }

    @AfterEach
    void end() {
        started.forEach(process -> process.descendants().forEach(ProcessHandle::destroyForcibly));
        started.forEach(Process::destroyForcibly);
    }

    private void script(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Process launch() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(root.resolve("cxotel").toString(), "version")
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(root.resolve("said").toFile()));
        builder.environment().put("ROOT", root.toString());
        builder.environment().put("JAVA_HOME", root.resolve("jdk").toString());
        builder.environment().merge("PATH", root.resolve("path").toString(), (old, own) -> own + ":" + old);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private List<Process> launch(int count) throws IOException {
        List<Process> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(launch());
        }
        return all;
    }

    private List<String> lines(String file) throws IOException {
        return Files.exists(root.resolve(file)) ? Files.readAllLines(root.resolve(file)) : List.of();
    }

    /** A launcher in the middle of its build. */
    private Process building() throws Exception {
        Files.writeString(root.resolve("slow"), "");
        Process building = launch();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> Files.exists(root.resolve("busy")));
        return building;
    }

    /** SIGKILL for Maven, whose half a build the next one does not mind. */
    private void killMaven() throws Exception {
        long pid = Long.parseLong(lines("builds").getLast());
        ProcessHandle maven = ProcessHandle.of(pid).orElseThrow();
        maven.destroyForcibly();
        await().atMost(PATIENCE).until(() -> !maven.isAlive());
        Files.delete(root.resolve("busy"));
    }

    private static int exitCode(Process launcher) throws Exception {
        assertThat(launcher.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("ended")
                .isTrue();
        return launcher.exitValue();
    }

    private void assertEnd(List<Process> launchers, int builds) throws Exception {
        for (Process launcher : launchers) {
            assertThat(exitCode(launcher))
                    .as(Files.readString(root.resolve("said")))
                    .isZero();
        }
        assertThat(lines("overlaps")).isEmpty();
        assertThat(lines("builds")).hasSize(builds);
        assertThat(lines("ran")).as("each became the program").hasSize(launchers.size());
    }

    @Test
    void firstStarts_twentyAtOnce_buildOnce() throws Exception {
        assertEnd(launch(20), 1);
    }

    @Test
    void starts_afterLauncherAndMavenWereKilled_buildOnceMore() throws Exception {
        Process killed = building();
        killed.destroyForcibly().waitFor();
        killMaven();
        Files.delete(root.resolve("slow"));
        assertEnd(launch(12), 2);
    }

    @Test
    void starts_whileAKilledLaunchersMavenBuilds_waitForItAndDoNotBuild() throws Exception {
        Process killed = building();
        killed.destroyForcibly().waitFor();
        List<Process> launchers = launch(3);
        await().atMost(PATIENCE)
                .until(() -> Files.readString(root.resolve("said")).contains("waiting for another build"));
        Files.delete(root.resolve("slow"));
        assertEnd(launchers, 1);
    }

    @Test
    void start_whoseMavenIsKilled_failsAndTheNextBuilds() throws Exception {
        Process failing = building();
        killMaven();
        assertThat(exitCode(failing)).isEqualTo(1);
        Files.delete(root.resolve("slow"));
        assertEnd(List.of(launch()), 2);
    }

    @Test
    void start_thatIsAskedToStopWhileItBuilds_endsItsMavenAndTheNextBuilds() throws Exception {
        Process stopped = building();
        long maven = Long.parseLong(lines("builds").getLast());
        stopped.destroy();
        assertThat(exitCode(stopped)).isEqualTo(143);
        await().until(() -> ProcessHandle.of(maven).isEmpty());
        Files.delete(root.resolve("busy"));
        Files.delete(root.resolve("slow"));
        assertEnd(List.of(launch()), 2);
    }
}
