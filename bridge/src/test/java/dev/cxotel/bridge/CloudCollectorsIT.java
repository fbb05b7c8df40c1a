package dev.cxotel.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Collector files for the clouds, judged by a real Collector that has their components. */
class CloudCollectorsIT {

    @ParameterizedTest
    @ValueSource(strings = {"aws", "azure", "google"})
    void file_isValid(String cloud) throws IOException, InterruptedException {
        Optional<String> otelcol = Optional.ofNullable(System.getenv("OTELCOL_CLOUDS"));
        assumeTrue(
                otelcol.filter(file -> Files.isExecutable(Path.of(file))).isPresent(),
                "OTELCOL_CLOUDS names no Collector; build one with otel-config/collector/build-otelcol DIR");
        ProcessBuilder command = new ProcessBuilder(
                        otelcol.orElseThrow(), "validate", "--config", "../otel-config/collector/" + cloud + ".yaml")
                .redirectErrorStream(true);
        // The extension for AWS asks for credentials before it is used; these open nothing.
        command.environment().put("AWS_ACCESS_KEY_ID", "example");
        command.environment().put("AWS_SECRET_ACCESS_KEY", "example");
        Process process = command.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }
}
