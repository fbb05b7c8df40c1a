package dev.cxotel.bridge.pipeline;

import dev.cxotel.bridge.config.JournalConfig;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Decoding;
import dev.cxotel.bridge.event.Delivery;
import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.journal.Cursor;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.journal.Outcomes;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.journal.sqlite.SqliteJournal;
import dev.cxotel.bridge.late.LateSpanSlice;
import dev.cxotel.bridge.otlp.Destination;
import dev.cxotel.bridge.pipeline.patience.Patience;
import dev.cxotel.bridge.pipeline.work.Work;
import dev.cxotel.bridge.signal.Signal;
import dev.cxotel.bridge.signal.Slice;
import dev.cxotel.bridge.signal.Slices;
import dev.cxotel.bridge.telemetry.Telemetry;
import dev.cxotel.bridge.testing.DestinationBuilder;
import dev.cxotel.bridge.testing.LineSlice;
import dev.cxotel.bridge.testing.MutableClock;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Pipelines on the real journal, round by round on the test's own thread, in a time that passes while they sleep. */
final class SqliteBench implements AutoCloseable {
    static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    final MutableClock clock = new MutableClock(START);
    final Journal journal;
    private final LineSlice lines = new LineSlice();
    private final LateSpanSlice late = new LateSpanSlice();

    SqliteBench(Path directory) throws Exception {
        JournalConfig defaults = JournalConfig.DEFAULT;
        journal = SqliteJournal.open(
                new JournalConfig(
                        directory,
                        defaults.maxSize(),
                        1 << 20,
                        defaults.replayRetention(),
                        defaults.deduplicationWindow(),
                        defaults.maxBacklogAge(),
                        defaults.onFull()),
                clock,
                Telemetry.NONE);
    }

    Work start(DestinationBuilder builder, Signal signal) throws Exception {
        return start(builder, signal, UnaryOperator.identity());
    }

    /** @param between what stands between the pipeline and its cursor */
    Work start(DestinationBuilder builder, Signal signal, UnaryOperator<Cursor> between) throws Exception {
        Destination destination = new Destination(builder.build(), "cxotel/test", clock);
        PipelineId id = new PipelineId(destination.config().name(), signal.configName());
        Patience patience = new Patience(id, () -> 0.5, clock, (duration, woken) -> {
            clock.advance(duration);
            return woken.getCount() == 0;
        });
        Cursor cursor = between.apply(journal.cursor(id, Journal.Start.OLDEST_RETAINED));
        return Pipelines.work(destination, signal, cursor, patience, settings());
    }

    void receive(String... received) {
        Bytes body = Bytes.utf8(String.join("\n", received));
        Decoding.Decoded decoded = (Decoding.Decoded) LineSlice.decode(body);
        journal.append(new Delivery("voice", clock.instant(), body), decoded.events(), decoded.unreadable());
    }

    Outcomes outcomes(String destination, Signal signal) throws Exception {
        return journal.ledger().pipelines().stream()
                .filter(line -> line.id().equals(new PipelineId(destination, signal.configName())))
                .map(Ledger.PipelineLine::outcomes)
                .findFirst()
                .orElseThrow();
    }

    PipelineSettings settings() {
        Slices derived = new Slices(List.of(late));
        return new PipelineSettings(
                body -> body.toUtf8().startsWith("{") ? derived.decode(body) : LineSlice.decode(body),
                type -> Optional.<Slice>of(type == EventType.LATE_SPAN ? late : lines),
                InstrumentationScopeInfo.create("test"),
                100,
                Telemetry.NONE,
                clock,
                () -> 0.5,
                (duration, woken) -> {
                    clock.advance(duration.compareTo(Duration.ZERO) > 0 ? duration : Duration.ZERO);
                    return woken.getCount() == 0;
                });
    }

    @Override
    public void close() {
        journal.close();
    }
}
