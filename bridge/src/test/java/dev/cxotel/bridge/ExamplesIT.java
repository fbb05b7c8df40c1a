package dev.cxotel.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cxotel.bridge.testing.Shell;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every example, run as its README says, by the launcher on the program that was just built. */
class ExamplesIT {

    private static final Path EXAMPLES =
            Path.of("..", "examples").toAbsolutePath().normalize();
    private static final Duration LONGEST = Duration.ofMinutes(2);

    /** Folders that are no examples. */
    private static final Set<String> DATA = Set.of("payloads", "target");

    /** Folders whose command takes minutes; a test of its own runs the short form. */
    private static final Set<String> LONG = Set.of("torture", "benchmark");

    private static final Map<String, List<String>> PRINTED = Map.of(
            "quickstart",
            List.of(
                    "{\"accepted\":1,\"duplicates\":0,\"quarantined\":0}\n{\"accepted\":1,\"duplicates\":0,\"quarantined\":0}\n",
                    "cxone-voice   call leg  trace ae07b726903fdf2892fc6ed508002d32",
                    "cxone-studio  Snippet sub_webservice  trace ae07b726903fdf2892fc6ed508002d32  error.type=503",
                    "cxone.voice.mos  n=1 sum=4.21 {score}",
                    "cxone.script.api.duration  n=1 sum=1.25 s  error.type=503",
                    "cxone.voice.quality  cxone.skill.name=Mysteries Report  cxone.voice.quality.verdict=good",
                    "The books close."),
            "mutual-tls",
            List.of(
                    "UPLOAD CERTIFICATE DATA",
                    "With CXone's certificate:\nposted 1 in",
                    "  200  1\n",
                    "Without a certificate:\nposted 1 in",
                    "  401  1\n",
                    "The books close."),
            "signature",
            List.of(
                    "CONSUMER ID                  acme",
                    "Signed, both types:\nposted 2 in",
                    "  200  2",
                    "Not signed:\nposted 1 in",
                    "  401  1",
                    "unauthorized 1",
                    "The books close."),
            "behind-a-collector",
            List.of(
                    "{\"accepted\":1,\"duplicates\":0,\"quarantined\":0}\n{\"accepted\":1,\"duplicates\":0,\"quarantined\":0}\n",
                    "span       call leg",
                    "span       Snippet sub_webservice",
                    "metric     cxone.voice.mos",
                    "metric     cxone.script.api.duration",
                    "log        cxone.voice.quality",
                    "log        cxone.script.api.error",
                    "ae07b726903fdf2892fc6ed508002d32",
                    "http.response.status_code: Int(503)",
                    "The books close."));

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("folders")
    void run_example_showsThatTheDataArrived(String folder) throws Exception {
        assertThat(EXAMPLES.resolve(folder).resolve("README.md"))
                .as("the README of ten lines")
                .isRegularFile();
        assertThat(EXAMPLES.resolve(folder).resolve("run"))
                .as("the one command")
                .isExecutable();
        assertThat(PRINTED).as("what the example prints").containsKey(folder);
        if (folder.equals("behind-a-collector")) {
            assumeTrue(collector(), "skipped, because no OpenTelemetry Collector is on the path or in $OTELCOL");
        }

        Path scratch = Files.createDirectory(directory.resolve("scratch"));
        try (Shell example = Shell.start(
                "exec '" + EXAMPLES.resolve(folder).resolve("run") + "'",
                directory,
                Map.of("TMPDIR", scratch.toString()))) {
            assertThat(example.ended(LONGEST)).as(example.output()).isZero();
            assertThat(example.output()).contains(PRINTED.get(folder));
        }
        assertThat(scratch).as("the temporary directory afterwards").isEmptyDirectory();
    }

    @Test
    void run_withoutACollector_saysWhatItNeeds() throws Exception {
        String run = EXAMPLES.resolve("behind-a-collector").resolve("run").toString();
        try (Shell example = Shell.start("exec '" + run + "'", directory, Map.of("OTELCOL", "/no/such/collector"))) {
            assertThat(example.ended(LONGEST)).isEqualTo(1);
            assertThat(example.output()).contains("$OTELCOL, /no/such/collector, is no program");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"torture", "benchmark"})
    void help_longExample_saysWhatItTakes(String folder) throws Exception {
        assertThat(EXAMPLES.resolve(folder).resolve("README.md"))
                .as("the README of ten lines")
                .isRegularFile();
        try (Shell example =
                Shell.start("exec '" + EXAMPLES.resolve(folder).resolve("run") + "' --help", directory, Map.of())) {
            assertThat(example.ended(LONGEST)).as(example.output()).isZero();
            assertThat(example.output()).contains("run [--");
        }
    }

    static List<String> folders() throws IOException {
        try (Stream<Path> all = Files.list(EXAMPLES)) {
            return all.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .filter(name -> !DATA.contains(name) && !LONG.contains(name))
                    .sorted()
                    .toList();
        }
    }

    private static boolean collector() {
        String named = System.getenv("OTELCOL");
        return (named != null && !named.isEmpty())
                || Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .flatMap(path -> Stream.of("otelcol", "otelcol-contrib").map(Path.of(path)::resolve))
                        .anyMatch(Files::isExecutable);
    }
}
