package dev.cxotel.bridge.benchmark;

import dev.cxotel.bridge.BenchmarkSlices;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Decoding;
import dev.cxotel.bridge.event.Delivery;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.sqlite.SqliteJournal;
import dev.cxotel.bridge.signal.Slices;
import dev.cxotel.bridge.telemetry.Telemetry;
import dev.cxotel.bridge.testing.torture.NumberedEvents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Deliveries made durable in a second, with 1, 64 and 512 waiting at a time, decoding included; beside the least that a
 * durable log can be. Both sync before they answer.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 4, time = 2)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class AppendBenchmark {

    private static final int EACH = 8;

    private final AtomicInteger next = new AtomicInteger();
    private Path directory;
    private Slices slices;
    private Journal journal;
    private RawLog log;

    @Setup
    public void open() throws Exception {
        directory = Files.createTempDirectory("cxotel-append");
        slices = BenchmarkSlices.create();
        journal = SqliteJournal.open(
                BenchmarkSlices.config("cxotel: 1\njournal: { directory: \"%s\", min_free_disk: 64MiB, max_size: 1GiB }\n"
                                .formatted(directory))
                        .journal(),
                InstantSource.system(),
                Telemetry.NONE);
        log = new RawLog(directory.resolve("raw"));
    }

    @TearDown
    public void close() throws Exception {
        journal.close();
        log.stop();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(EACH)
    public void journal1() throws InterruptedException {
        all(1, this::append);
    }

    @Benchmark
    @OperationsPerInvocation(64 * EACH)
    public void journal64() throws InterruptedException {
        all(64, this::append);
    }

    @Benchmark
    @OperationsPerInvocation(512 * EACH)
    public void journal512() throws InterruptedException {
        all(512, this::append);
    }

    @Benchmark
    @OperationsPerInvocation(EACH)
    public void log1() throws InterruptedException {
        all(1, this::write);
    }

    @Benchmark
    @OperationsPerInvocation(64 * EACH)
    public void log64() throws InterruptedException {
        all(64, this::write);
    }

    @Benchmark
    @OperationsPerInvocation(512 * EACH)
    public void log512() throws InterruptedException {
        all(512, this::write);
    }

    private void append(int number) {
        Bytes body = Bytes.utf8(NumberedEvents.body(number, 1, 0));
        Decoding.Decoded decoded = (Decoding.Decoded) slices.decode(body);
        journal.append(
                new Delivery("benchmark", InstantSource.system().instant(), body),
                decoded.events(),
                decoded.unreadable());
    }

    private void write(int number) {
        log.append(Bytes.utf8(NumberedEvents.body(number, 1, 0)).toArray());
    }

    private void all(int waiters, IntConsumer action) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < waiters; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                for (int j = 0; j < EACH; j++) {
                    action.accept(next.incrementAndGet());
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
