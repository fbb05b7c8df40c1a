package dev.cxotel.bridge.benchmark;

import dev.cxotel.bridge.testing.torture.NumberedEvents;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/** Connections that each send one numbered event after the other, as fast as they are answered. */
final class ClosedLoop implements AutoCloseable {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int connections;
    private final AtomicInteger next = new AtomicInteger();

    ClosedLoop(int connections) {
        this.connections = connections;
    }

    /** Sends for so long; how many were answered 200. */
    long run(IntFunction<URI> urls, Duration length) throws InterruptedException {
        long end = System.nanoTime() + length.toNanos();
        AtomicLong answered = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                while (System.nanoTime() < end) {
                    int number = next.incrementAndGet();
                    HttpRequest request = HttpRequest.newBuilder(urls.apply(number))
                            .POST(HttpRequest.BodyPublishers.ofString(NumberedEvents.body(number, 1, 0)))
                            .build();
                    answered.addAndGet(send(request));
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return answered.get();
    }

    private long send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200 ? 1 : 0;
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
