package dev.cxotel.bridge.benchmark;

import dev.cxotel.bridge.BenchmarkSlices;
import dev.cxotel.bridge.event.Arrival;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Decoding;
import dev.cxotel.bridge.event.Event;
import dev.cxotel.bridge.signal.Slice;
import dev.cxotel.bridge.signal.Slices;
import dev.cxotel.bridge.testing.torture.NumberedEvents;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From bytes to events, and from an event to its span, its log record and its measurements; time of one event. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class TranslateBenchmark {

    /** {@code record}: a voice-quality record; {@code call}: a script API call that failed, which has all three signals. */
    @Param({"record", "call"})
    public String payload;

    private Slices slices;
    private Slice slice;
    private Bytes body;
    private Event event;
    private Arrival arrival;

    @Setup
    public void decodeOnce() throws Exception {
        slices = BenchmarkSlices.create();
        body = Bytes.utf8(NumberedEvents.body(payload.equals("record") ? 4 : 5, 1, 0));
        Decoding.Decoded decoded = (Decoding.Decoded) slices.decode(body);
        event = decoded.events().getFirst();
        slice = slices.forType(event.type()).orElseThrow();
        arrival = new Arrival("benchmark", Instant.ofEpochSecond(1_790_003_600L), body.sha256(), 0);
    }

    @Benchmark
    public Object decode() {
        return slices.decode(body);
    }

    @Benchmark
    public Object span() {
        return slice.span(event, arrival);
    }

    @Benchmark
    public Object log() {
        return slice.log(event, arrival);
    }

    @Benchmark
    public Object measurements() {
        return slice.measurements(event, arrival);
    }
}
