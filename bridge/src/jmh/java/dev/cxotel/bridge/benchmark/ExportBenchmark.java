package dev.cxotel.bridge.benchmark;

import dev.cxotel.bridge.BenchmarkSlices;
import dev.cxotel.bridge.event.Arrival;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Decoding;
import dev.cxotel.bridge.event.Event;
import dev.cxotel.bridge.otlp.Destination;
import dev.cxotel.bridge.signal.Slices;
import dev.cxotel.bridge.testing.torture.NumberedEvents;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A batch of 512 varied spans as an OTLP request to a backend on loopback that only counts; time of one span. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class ExportBenchmark {

    private static final int SPANS = 512;

    @Param({"gzip", "none"})
    public String compression;

    private final List<SpanData> spans = new ArrayList<>();
    private CountingBackend backend;
    private Destination destination;

    @Setup
    public void start() throws Exception {
        backend = CountingBackend.start();
        destination = new Destination(
                BenchmarkSlices.config(
                                "cxotel: 1\ndestinations:\n  - { name: sink, endpoint: \"%s\", compression: %s }\n"
                                        .formatted(backend.url(), compression))
                        .destinations()
                        .getFirst(),
                "cxotel/benchmark",
                InstantSource.system());
        Slices slices = BenchmarkSlices.create();
        for (int number = 1; number <= SPANS; number++) {
            Bytes body = Bytes.utf8(NumberedEvents.body(number, 1, 0));
            Event event = ((Decoding.Decoded) slices.decode(body)).events().getFirst();
            Arrival arrival = new Arrival("benchmark", Instant.ofEpochSecond(1_790_003_600L), body.sha256(), 0);
            spans.add(slices.forType(event.type())
                    .flatMap(slice -> slice.span(event, arrival))
                    .orElseThrow());
        }
    }

    @TearDown
    public void stop() {
        destination.close();
        backend.close();
    }

    @Benchmark
    @OperationsPerInvocation(SPANS)
    public Object export() {
        return destination.exportSpans(spans);
    }
}
