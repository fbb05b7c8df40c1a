package dev.cxotel.bridge.pipeline;

import dev.cxotel.bridge.config.ConfigException;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Decoding;
import dev.cxotel.bridge.event.Delivery;
import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.journal.Outcomes;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.otlp.Destination;
import dev.cxotel.bridge.signal.Signal;
import dev.cxotel.bridge.testing.CountingTelemetry;
import dev.cxotel.bridge.testing.DestinationBuilder;
import dev.cxotel.bridge.testing.FakeCollector;
import dev.cxotel.bridge.testing.InMemoryJournal;
import dev.cxotel.bridge.testing.LineSlice;
import dev.cxotel.bridge.testing.MutableClock;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One pipeline's work between an in-memory journal and a collector over real HTTP, on the test's own thread and in a
 * time that passes only while the pipeline sleeps.
 */
final class Workbench implements AutoCloseable {

    static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    static final int CARDINALITY_LIMIT = 10;

    final FakeCollector collector = FakeCollector.start();
    final InMemoryJournal journal = new InMemoryJournal();
    final MutableClock clock = new MutableClock(START);
    final CountingTelemetry telemetry = new CountingTelemetry();
    final List<Duration> sleeps = new CopyOnWriteArrayList<>();
    /** What the next start says of its mapping. */
    String translation = "one";

    private final LineSlice slice = new LineSlice();

    Workbench() throws IOException {}

    /** A pipeline as after a start of the program. */
    Bench start(DestinationBuilder builder, Signal signal) throws ConfigException, JournalException {
        Destination destination = new Destination(builder.build(), "cxotel/test", clock);
        PipelineId id = new PipelineId(destination.config().name(), signal.configName());
        StopSignal stop = new StopSignal((duration, woken) -> {
            sleeps.add(duration);
            clock.advance(duration);
            return woken.getCount() == 0;
        });
        Patience patience = new Patience(id, RetryPolicy.DEFAULT, () -> 0.5, clock, stop);
        Work work = Pipelines.work(
                destination, signal, journal.cursor(id, Journal.Start.OLDEST_RETAINED), patience, settings());
        return new Bench(id, work, patience, stop);
    }

    DestinationBuilder destination() {
        return new DestinationBuilder("test", collector.url()).metricInterval(Duration.ofSeconds(15));
    }

    PipelineSettings settings() {
        return new PipelineSettings(
                LineSlice::decode,
                type -> type == EventType.VOICE_QUALITY ? Optional.of(slice) : Optional.empty(),
                InstrumentationScopeInfo.create("test"),
                CARDINALITY_LIMIT,
                translation,
                telemetry,
                clock,
                () -> 0.5,
                Sleeper.REAL);
    }

    void receive(String... lines) {
        receiveAt("voice", lines);
    }

    /** One delivery with an event per line. */
    void receiveAt(String subscription, String... lines) {
        Bytes body = Bytes.utf8(String.join("\n", lines));
        Decoding.Decoded decoded = (Decoding.Decoded) LineSlice.decode(body);
        journal.append(new Delivery(subscription, clock.instant(), body), decoded.events(), decoded.unreadable());
    }

    static Outcomes outcomes(Outcome outcome, long count) {
        return Outcomes.of(outcome, count);
    }

    @Override
    public void close() {
        collector.close();
    }

    /** The work and what stops it. */
    record Bench(PipelineId id, Work work, Patience patience, StopSignal stop) {
        boolean round() throws InterruptedException, JournalException {
            return work.round();
        }
    }
}
