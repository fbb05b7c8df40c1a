package dev.cxotel.bridge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cxotel.bridge.config.JournalConfig;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Decoding;
import dev.cxotel.bridge.event.Delivery;
import dev.cxotel.bridge.journal.AppendResult;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.sqlite.SqliteJournal;
import dev.cxotel.bridge.otlp.Destination;
import dev.cxotel.bridge.signal.Signal;
import dev.cxotel.bridge.telemetry.Telemetry;
import dev.cxotel.bridge.testing.DestinationBuilder;
import dev.cxotel.bridge.testing.FakeCollector;
import dev.cxotel.bridge.testing.LineSlice;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pipelines on the real journal. */
class PipelinesOnSqliteTest {

    private static final InstantSource CLOCK = InstantSource.system();

    private final LineSlice slice = new LineSlice();

    @TempDir
    private Path directory;

    @Test
    void restart_amidAnOutage_deliversEverythingOnceAndTheLedgerCloses() throws Exception {
        try (FakeCollector steady = FakeCollector.start();
                FakeCollector shaky = FakeCollector.start()) {
            for (Signal signal : Signal.values()) {
                shaky.always(signal, request -> FakeCollector.status(503));
            }
            try (Journal journal = open()) {
                Pipelines pipelines = start(journal, steady, shaky);
                IntStream.range(0, 60)
                        .forEach(i -> receive(journal, "s" + i + " 1", "bad" + i + " 2", "bug" + i + " 3"));
                await().untilAsserted(() -> assertThat(steady.spans()).hasSize(120));
                await().untilAsserted(() -> assertThat(lines(steady).stream().map(NumberDataPoint::getAsInt))
                        .last()
                        .isEqualTo(120L));
                pipelines.stop(Duration.ofMinutes(2));
                assertThat(journal.ledger().difference()).isZero();
            }
            for (Signal signal : Signal.values()) {
                shaky.always(signal, request -> FakeCollector.status(200));
            }
            try (Journal journal = open()) {
                Pipelines pipelines = start(journal, steady, shaky);
                receive(journal, "last 1");
                await().untilAsserted(() -> assertThat(shaky.spans().stream().map(Span::getName))
                        .hasSize(121)
                        .doesNotHaveDuplicates()
                        .endsWith("last"));
                await().untilAsserted(() -> assertThat(lines(shaky).stream()
                                .mapToLong(NumberDataPoint::getAsInt)
                                .sum())
                        .isEqualTo(121));
                await().untilAsserted(() -> assertThat(shaky.logs()).hasSize(60));
                pipelines.stop(Duration.ofMinutes(2));
                assertThat(journal.ledger().difference()).isZero();
                assertThat(journal.ledger().pipelines()).allMatch(line -> line.waiting() == 0);
                assertThat(journal.quarantine().list(1000)).hasSize(60 * 4);
            }
            assertThat(steady.spans().stream().map(Span::getName)).doesNotHaveDuplicates();
        }
    }

    private Journal open() throws Exception {
        JournalConfig defaults = JournalConfig.DEFAULT;
        return SqliteJournal.open(
                new JournalConfig(
                        directory,
                        defaults.maxSize(),
                        1 << 20,
                        defaults.replayRetention(),
                        defaults.deduplicationWindow(),
                        defaults.maxBacklogAge(),
                        defaults.onFull()),
                CLOCK,
                Telemetry.NONE);
    }

    private Pipelines start(Journal journal, FakeCollector steady, FakeCollector shaky) throws Exception {
        List<Destination> destinations = List.of(
                new Destination(
                        new DestinationBuilder("steady", steady.url())
                                .fromOldest()
                                .build(),
                        "cxotel/test",
                        CLOCK),
                new Destination(
                        new DestinationBuilder("shaky", shaky.url())
                                .fromOldest()
                                .delta()
                                .build(),
                        "cxotel/test",
                        CLOCK));
        PipelineSettings settings = new PipelineSettings(
                LineSlice::decode,
                type -> Optional.of(slice),
                InstrumentationScopeInfo.create("test"),
                100,
                Telemetry.NONE,
                CLOCK,
                () -> 0.5,
                (duration, woken) -> woken.await(
                        Math.min(Duration.ofMillis(50).toNanos(), duration.toNanos()), TimeUnit.NANOSECONDS));
        Pipelines pipelines = Pipelines.create(destinations, journal, settings, Optional.empty());
        pipelines.start();
        return pipelines;
    }

    private static void receive(Journal journal, String... lines) {
        Bytes body = Bytes.utf8(String.join("\n", lines));
        Decoding.Decoded decoded = (Decoding.Decoded) LineSlice.decode(body);
        assertThat(journal.append(new Delivery("voice", CLOCK.instant(), body), decoded.events(), decoded.unreadable()))
                .isInstanceOf(AppendResult.Appended.class);
    }

    private static List<NumberDataPoint> lines(FakeCollector collector) {
        return collector.metrics().stream()
                .filter(metric -> metric.getName().equals("test.lines"))
                .flatMap(metric -> metric.getSum().getDataPointsList().stream())
                .toList();
    }
}
