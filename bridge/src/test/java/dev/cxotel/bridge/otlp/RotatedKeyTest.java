package dev.cxotel.bridge.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.config.DestinationConfig;
import dev.cxotel.bridge.config.load.ConfigLoader;
import dev.cxotel.bridge.otlp.answer.ExportResult;
import dev.cxotel.bridge.signal.Signal;
import dev.cxotel.bridge.testing.FakeCollector;
import dev.cxotel.bridge.testing.MutableClock;
import io.opentelemetry.sdk.testing.logs.TestLogRecordData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key in a file that is exchanged while the bridge runs: the configuration and the file are real. */
class RotatedKeyTest {

    @TempDir
    Path folder;

    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-22T10:00:00Z"));
    private FakeCollector backend;
    private Path key;

    @BeforeEach
    void start() throws IOException {
        backend = FakeCollector.start();
        key = Files.writeString(folder.resolve("key"), "old\n");
        backend.always(
                Signal.LOGS,
                request -> FakeCollector.status(
                        request.header("api-key").orElse("").equals("Key new") ? 200 : 401));
    }

    @AfterEach
    void stop() {
        backend.close();
    }

    @Test
    void refusedKey_nextAttemptReadsTheFileAgain() throws Exception {
        try (Destination destination = open()) {
            assertThat(send(destination)).isInstanceOf(ExportResult.Unauthorized.class);
            Files.writeString(key, "new\n");
            assertThat(send(destination)).isInstanceOf(ExportResult.Accepted.class);
        }
        assertThat(keys()).containsExactly("Key old", "Key new");
    }

    @Test
    void acceptedKey_fileIsReadEveryMinute() throws Exception {
        backend.always(Signal.LOGS, request -> FakeCollector.status(200));
        try (Destination destination = open()) {
            send(destination);
            Files.writeString(key, "new");
            clock.advance(Duration.ofSeconds(59));
            send(destination);
            clock.advance(Duration.ofSeconds(1));
            send(destination);
        }
        assertThat(keys()).containsExactly("Key old", "Key old", "Key new");
    }

    @Test
    void fileThatCannotBeRead_orIsNoHeader_leavesTheLastKey() throws Exception {
        try (Destination destination = open()) {
            send(destination);
            Files.delete(key);
            send(destination);
            Files.writeString(key, "a\nb");
            send(destination);
            Files.writeString(key, "");
            send(destination);
        }
        assertThat(keys()).containsOnly("Key old");
    }

    private List<String> keys() {
        return backend.requests(Signal.LOGS).stream()
                .map(request -> request.header("api-key").orElse(""))
                .toList();
    }

    private static ExportResult send(Destination destination) {
        return destination.exportLogs(List.of(TestLogRecordData.builder().build()));
    }

    private Destination open() throws Exception {
        Path file = Files.writeString(folder.resolve("cxotel.yaml"), """
                cxotel: 1
                destinations:
                  - endpoint: %s
                    headers: { api-key: "Key ${file:%s}" }
                """.formatted(backend.url(), key));
        DestinationConfig config =
                new ConfigLoader(Map.of()).load(file).config().destinations().getFirst();
        return new Destination(config, "cxotel/test", clock);
    }
}
