package dev.cxotel.bridge.testing.torture;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cxotel.bridge.signal.Signal;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * An OTLP backend over real HTTP that remembers what it stored, by number, and answers as its mood is. Poison makes it
 * answer 400 to the whole request, as some backends do. Safe for any thread.
 */
final class RememberingSink implements AutoCloseable {

    private static final int FEW = 4;
    private static final Duration SLOW = Duration.ofSeconds(2);
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private final String name;
    private final Random random;
    private final IntPredicate poison;
    private final HttpServer server;
    private final ExecutorService handlers = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Signal, Memory> memories = new EnumMap<>(Signal.class);
    private final RootMemory roots;
    private final MetricMemory metrics = new MetricMemory();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicReference<@Nullable Runnable> afterStoring = new AtomicReference<>();
    private volatile Mood mood = Mood.GOOD;

    RememberingSink(String name, long seed, IntPredicate poison, Incidents incidents) throws IOException {
        this.name = name;
        this.random = new Random(seed);
        this.poison = poison;
        for (Signal signal : List.of(Signal.TRACES, Signal.LOGS)) {
            memories.put(signal, new Memory(incidents));
        }
        this.roots = new RootMemory(incidents);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        for (Signal signal : Signal.values()) {
            server.createContext("/v1/" + signal.configName(), exchange -> handle(signal, exchange));
        }
        server.setExecutor(handlers);
        server.start();
    }

    String name() {
        return name;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void mood(Mood next) {
        mood = next;
    }

    boolean isPoison(int number) {
        return poison.test(number);
    }

    /** Of spans or log records. */
    Memory memory(Signal signal) {
        Memory memory = memories.get(signal);
        if (memory == null) {
            throw new IllegalArgumentException("metrics have a memory of their own");
        }
        return memory;
    }

    /** Of the contacts' root spans. */
    RootMemory roots() {
        return roots;
    }

    MetricMemory metrics() {
        return metrics;
    }

    /** Does something once, when the next request is stored and before it is answered. */
    void onceStored(Runnable action) {
        afterStoring.set(action);
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        handlers.shutdownNow();
    }

    private void handle(Signal signal, HttpExchange exchange) throws IOException {
        long begun = System.nanoTime();
        Batch batch = Batch.parse(signal, exchange.getRequestBody().readAllBytes());
        Mood.Trouble trouble;
        synchronized (random) {
            trouble = mood.next(random);
        }
        if (batch.items().stream().anyMatch(item -> poison.test(item.number()))) {
            if (batch.items().size() == 1) {
                refuse(batch, 1);
            }
            answer(exchange, 400, "one of these is poison");
        } else if (trouble == null) {
            store(batch);
            Runnable action = afterStoring.getAndSet(null);
            if (action != null) {
                action.run();
            }
            succeed(exchange, batch, begun, 200, new byte[0]);
        } else {
            meet(trouble, batch, exchange, begun);
        }
    }

    private void meet(Mood.Trouble trouble, Batch batch, HttpExchange exchange, long begun) throws IOException {
        boolean metric = batch.signal() == Signal.METRICS;
        switch (trouble) {
            case THROTTLED -> retryAfter(exchange, "1");
            case THROTTLED_BY_DATE ->
                retryAfter(
                        exchange,
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(2)));
            case BAD_GATEWAY -> answer(exchange, 502, "");
            case UNAVAILABLE -> answer(exchange, 503, "come back later");
            case GATEWAY_TIMEOUT -> answer(exchange, 504, "");
            case UNAUTHORIZED -> answer(exchange, 401, "who are you");
            case RESET -> exchange.close();
            case INTERNAL_ERROR -> answer(exchange, 500, "a bug");
            case TOO_LARGE -> {
                if (batch.size() > FEW) {
                    answer(exchange, 413, "too large");
                } else {
                    store(batch);
                    succeed(exchange, batch, begun, 200, new byte[0]);
                }
            }
            case STORED_AND_RESET -> {
                store(batch);
                lost(batch);
                exchange.close();
            }
            case STORED_AND_SILENT -> {
                store(batch);
                lost(batch);
                await();
                exchange.close();
            }
            case PARTIAL -> {
                int rejected = metric ? 0 : Math.min(2, batch.items().size());
                refuse(batch, rejected);
                store(new Batch(
                        batch.signal(),
                        batch.items().subList(rejected, batch.items().size()),
                        batch.metrics(),
                        batch.size() - rejected));
                succeed(exchange, batch, begun, 200, partial(rejected));
            }
            case WARNING -> {
                store(batch);
                succeed(exchange, batch, begun, 200, partial(0));
            }
            case ACCEPTED_202, EMPTY_200 -> {
                store(batch);
                succeed(exchange, batch, begun, trouble == Mood.Trouble.EMPTY_200 ? 200 : 202, new byte[0]);
            }
            case GARBAGE_200 -> {
                store(batch);
                succeed(exchange, batch, begun, 200, "thank you".getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private void store(Batch batch) {
        if (batch.signal() == Signal.METRICS) {
            metrics.store(batch.metrics());
        } else {
            long now = System.nanoTime();
            for (Batch.Item item : batch.items()) {
                item.root().ifPresentOrElse(root -> roots.store(root, now), () -> memory(batch.signal())
                        .store(item.number(), item.id(), now));
            }
        }
    }

    private void refuse(Batch batch, int count) {
        if (count > 0) {
            batch.items().subList(0, count).forEach(item -> memory(batch, item).refuse(item.number()));
        }
    }

    private void lost(Batch batch) {
        if (batch.signal() != Signal.METRICS) {
            batch.items().forEach(item -> memory(batch, item).answerLost(item.number()));
        }
    }

    private Memory memory(Batch batch, Batch.Item item) {
        return item.root().isPresent() ? roots.memory() : memory(batch.signal());
    }

    private void succeed(HttpExchange exchange, Batch batch, long begun, int status, byte[] body) throws IOException {
        if (System.nanoTime() - begun > SLOW.toNanos()) {
            lost(batch);
        }
        try {
            answer(exchange, status, body);
        } catch (IOException e) {
            lost(batch);
            throw e;
        }
    }

    private void await() {
        try {
            boolean closed = closing.await(SILENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (closed) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] partial(int rejected) {
        return ExportTraceServiceResponse.newBuilder()
                .setPartialSuccess(ExportTracePartialSuccess.newBuilder()
                        .setRejectedSpans(rejected)
                        .setErrorMessage(rejected == 0 ? "soon deprecated" : "too old"))
                .build()
                .toByteArray();
    }

    private static void retryAfter(HttpExchange exchange, String when) throws IOException {
        exchange.getResponseHeaders().add("Retry-After", when);
        answer(exchange, 429, "slow down");
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        answer(exchange, status, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }
}
