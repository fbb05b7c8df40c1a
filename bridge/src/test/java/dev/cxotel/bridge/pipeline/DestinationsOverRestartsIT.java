package dev.cxotel.bridge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.otlp.Destination;
import dev.cxotel.bridge.pipeline.patience.PipelineState;
import dev.cxotel.bridge.signal.Signal;
import dev.cxotel.bridge.testing.DestinationBuilder;
import dev.cxotel.bridge.testing.FakeCollector;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a change of the destinations between two starts means, on the real journal; each test is two or three starts. */
class DestinationsOverRestartsIT {
    @TempDir
    private Path directory;

    private FakeCollector first;
    private FakeCollector second;

    @BeforeEach
    void open() throws Exception {
        first = FakeCollector.start();
        second = FakeCollector.start();
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    @Test
    void added_beginsWithTheNextEvent() throws Exception {
        run(List.of("a 1"), to("one", first));
        run(List.of("b 1"), to("one", first), to("two", second));
        assertThat(names(first)).containsExactly("a", "b");
        assertThat(names(second)).containsExactly("b");
    }

    @Test
    void added_startOldest_beginsWithTheOldestRetained() throws Exception {
        run(List.of("a 1"), to("one", first));
        run(List.of("b 1"), to("one", first), to("two", second).fromOldest());
        assertThat(names(second)).containsExactly("a", "b");
        run(List.of("c 1"), to("one", first), to("two", second).fromOldest());
        assertThat(names(first)).containsExactly("a", "b", "c");
        assertThat(names(second)).containsExactly("a", "b", "c");
    }

    @Test
    void removed_losesItsPlaceAndSaysHowManyWaited() throws Exception {
        first.always(Signal.TRACES, request -> FakeCollector.status(503));
        run(List.of("a 1", "b 1"), to("one", first), to("two", second));
        try (SqliteBench bench = new SqliteBench(directory)) {
            assertThat(bench.journal.retainPipelines(Set.of(new PipelineId("two", "traces"))))
                    .containsExactly(
                            "pipeline one/traces is not configured any more: its cursor was removed with 2 events"
                                    + " waiting");
            assertThat(bench.journal.ledger().difference()).isZero();
        }
        first.always(Signal.TRACES, request -> FakeCollector.status(200));
        run(List.of("c 1"), to("one", first), to("two", second));
        assertThat(names(first)).containsExactly("c");
        assertThat(names(second)).containsExactly("a", "b", "c");
    }

    @Test
    void renamed_isRemovedAndNew() throws Exception {
        first.always(Signal.TRACES, request -> FakeCollector.status(503));
        run(List.of("a 1"), to("one", first));
        first.always(Signal.TRACES, request -> FakeCollector.status(200));
        Ledger ledger = run(List.of("b 1"), to("uno", first));
        assertThat(names(first)).containsExactly("b");
        assertThat(ledger.pipelines())
                .extracting(Ledger.PipelineLine::id)
                .containsExactly(new PipelineId("uno", "traces"));
    }

    @Test
    void renamed_startOldest_sendsWhatTheJournalHas() throws Exception {
        first.always(Signal.TRACES, request -> FakeCollector.status(503));
        run(List.of("a 1"), to("one", first));
        first.always(Signal.TRACES, request -> FakeCollector.status(200));
        run(List.of("b 1"), to("uno", first).fromOldest());
        assertThat(names(first)).containsExactly("a", "b");
    }

    private static DestinationBuilder to(String name, FakeCollector collector) {
        return new DestinationBuilder(name, collector.url(), Signal.TRACES);
    }

    /** Starts, receives, delivers what the backends take, and stops. */
    private Ledger run(List<String> lines, DestinationBuilder... builders) throws Exception {
        try (SqliteBench bench = new SqliteBench(directory)) {
            List<Destination> destinations = new ArrayList<>();
            for (DestinationBuilder builder : builders) {
                destinations.add(new Destination(builder.build(), "cxotel/test", InstantSource.system()));
            }
            Pipelines pipelines =
                    Pipelines.create(destinations, bench.journal, bench.settings(), java.util.Optional.empty());
            pipelines.start();
            lines.forEach(bench::receive);
            Awaitility.await().until(() -> pipelines.states().stream()
                    .allMatch(state -> state.condition() == PipelineState.Condition.RETRYING
                            || waiting(bench.journal, state.id()) == 0));
            pipelines.stop(Duration.ofMinutes(2));
            assertThat(bench.journal.ledger().difference()).isZero();
            return bench.journal.ledger();
        }
    }

    private static long waiting(Journal journal, PipelineId id) {
        return journal.status().pipelines().stream()
                .filter(status -> status.id().equals(id))
                .mapToLong(status -> status.behind())
                .sum();
    }

    private static List<String> names(FakeCollector collector) {
        return collector.spans().stream().map(Span::getName).toList();
    }
}
