package dev.cxotel.bridge.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.config.ConfigException;
import dev.cxotel.bridge.otlp.Backends.Backend;
import dev.cxotel.bridge.otlp.Backends.Verdict;
import dev.cxotel.bridge.otlp.answer.ExportResult;
import io.opentelemetry.sdk.testing.trace.TestSpanData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What becomes of a request, for each way in which a backend can misbehave, over real sockets; the table of DELIVERY.md. */
class BackendContractTest {
    private static final Path PAGE = Path.of("DELIVERY.md");

    @TestFactory
    Stream<DynamicTest> export_everyBackend_endsAsTheTableSays() {
        return Backends.ALL.stream().map(backend -> DynamicTest.dynamicTest(backend.what(), () -> check(backend)));
    }

    @Test
    void page_hasTheTableAsItIsTested() throws IOException {
        List<String> rows = Backends.ALL.stream().map(BackendContractTest::row).toList();
        if (System.getProperty("delivery.update") != null) {
            String page = Files.readString(PAGE);
            int begin = page.indexOf("|---|---|---|\n") + "|---|---|---|\n".length();
            int end = page.indexOf("\n\n", begin);
            Files.writeString(PAGE, page.substring(0, begin) + String.join("\n", rows) + page.substring(end));
        }
        assertThat(Files.readAllLines(PAGE)).containsAll(rows);
    }

    private static void check(Backend backend) throws Exception {
        try (Backends.Running running = backend.start();
                Destination destination = open(running)) {
            ExportResult result = destination.exportSpans(List.of(TestSpanData.builder()
                    .setName("one")
                    .setKind(io.opentelemetry.api.trace.SpanKind.CLIENT)
                    .setStatus(io.opentelemetry.sdk.trace.data.StatusData.unset())
                    .setStartEpochNanos(1)
                    .setEndEpochNanos(2)
                    .setHasEnded(true)
                    .build()));
            assertThat(Verdict.of(result)).as("%s", result).isEqualTo(backend.verdict());
        }
    }

    private static Destination open(Backends.Running running) throws ConfigException {
        return new Destination(running.destination().build(), "cxotel/test", InstantSource.fixed(Backends.NOW));
    }

    private static String row(Backend backend) {
        return "| " + backend.what() + " | "
                + backend.verdict().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')
                + (backend.detail().isEmpty() ? "" : ": " + backend.detail()) + " | "
                + backend.verdict().fate() + " |";
    }
}
