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
import dev.cxotel.bridge.pipeline.patience.Patience;
import dev.cxotel.bridge.pipeline.patience.Sleeper;
import dev.cxotel.bridge.pipeline.patience.StopSignal;
import dev.cxotel.bridge.pipeline.work.Work;
import dev.cxotel.bridge.signal.Signal;
import dev.cxotel.bridge.testing.CountingTelemetry;
import dev.cxotel.bridge.testing.DestinationBuilder;
import dev.cxotel.bridge.testing.FakeCollector;
import dev.cxotel.bridge.testing.InMemoryJournal;
import dev.cxotel.bridge.testing.LineSlice;
import dev.cxotel.bridge.testing.MutableClock;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One pipeline's work between an in-memory journal and a collector over real HTTP, on the test's own thread and in a
 * time that passes only while the pipeline sleeps.
 */
public final class Workbench implements AutoCloseable {

    public static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    public static final int CARDINALITY_LIMIT = 10;

    public final FakeCollector collector = collector();
    public final InMemoryJournal journal = new InMemoryJournal();
    public final MutableClock clock = new MutableClock(START);
    public final CountingTelemetry telemetry = new CountingTelemetry();
    public final List<Duration> sleeps = new CopyOnWriteArrayList<>();
    /** What the next start says of its mapping. */
    public String translation = "one";

    private final LineSlice slice = new LineSlice();

    private static FakeCollector collector() {
        try {
            return FakeCollector.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A pipeline as after a start of the program. */
    public Bench start(DestinationBuilder builder, Signal signal) throws ConfigException, JournalException {
        Destination destination = new Destination(builder.build(), "cxotel/test", clock);
        PipelineId id = new PipelineId(destination.config().name(), signal.configName());
        Patience patience = new Patience(id, () -> 0.5, clock, (duration, woken) -> {
            sleeps.add(duration);
            clock.advance(duration);
            return woken.getCount() == 0;
        });
        Work work = Pipelines.work(
                destination, signal, journal.cursor(id, Journal.Start.OLDEST_RETAINED), patience, settings());
        return new Bench(id, work, patience);
    }

    /** Of the collector, to be changed before the start. */
    public DestinationBuilder destination() {
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

    /** One delivery at {@code voice} with an event per line. */
    public void receive(String... lines) {
        receiveAt("voice", lines);
    }

    /** One delivery with an event per line. */
    public void receiveAt(String subscription, String... lines) {
        Bytes body = Bytes.utf8(String.join("\n", lines));
        Decoding.Decoded decoded = (Decoding.Decoded) LineSlice.decode(body);
        journal.append(new Delivery(subscription, clock.instant(), body), decoded.events(), decoded.unreadable());
    }

    public static Outcomes outcomes(Outcome outcome, long count) {
        return Outcomes.of(outcome, count);
    }

    @Override
    public void close() {
        collector.close();
    }

    /** The work and what stops it. */
    public record Bench(PipelineId id, Work work, Patience patience) {
        /** What stops it. */
        public StopSignal stop() {
            return patience.stop();
        }

        /** One round of the work, as the pipeline's thread does it. */
        public boolean round() throws InterruptedException, JournalException {
            return work.round();
        }
    }
}
