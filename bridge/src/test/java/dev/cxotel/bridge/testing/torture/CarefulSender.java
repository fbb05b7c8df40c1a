package dev.cxotel.bridge.testing.torture;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.awaitility.Awaitility;

/**
 * A sender of numbered events that never gives up: what was not acknowledged goes out again until it is. Some events it
 * sends twice although they were acknowledged: later, at the same time, or twice in one body. Safe for any thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what is scheduled reports through the counts
final class CarefulSender implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(10);

    /** What is given up and sent again is more work for a bridge that is behind already. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    static final int MOST_OPEN = 256;
    private static final int LATEST_REPEAT_MILLIS = 6_000;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("sender").daemon().factory());
    private final URI records;
    private final URI calls;
    private final Random random;
    private final double repeats;
    private final int padding;
    private final AtomicInteger last = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();
    private final AtomicInteger toRepeat = new AtomicInteger();
    private final AtomicBoolean sending = new AtomicBoolean();
    private final Map<String, Integer> answers = new TreeMap<>();
    private long[] sentAt = new long[1024];
    private long[] acknowledgedAt = new long[1024];
    private volatile IntPredicate room = number -> true;
    private double owed;

    /**
     * @param repeats the share of the events that is sent once more without need
     * @param padding blanks at the end of each body
     */
    CarefulSender(URI records, URI calls, long seed, double repeats, int padding) {
        this.padding = padding;
        this.records = records;
        this.calls = calls;
        this.random = new Random(seed);
        this.repeats = repeats;
    }

    /** From now on sends something new only while there is room, given the last number. */
    void onlyWhile(IntPredicate there) {
        room = there;
    }

    /** Sends this many new events a second, fewer while many wait for an answer, until {@link #finish}. */
    void start(double perSecond) {
        sending.set(true);
        clock.scheduleAtFixedRate(
                () -> {
                    owed = Math.min(owed + perSecond * TICK.toMillis() / 1000, perSecond);
                    for (; owed >= 1 && sending.get(); owed--) {
                        if (open.get() < MOST_OPEN && room.test(last.get())) {
                            sendNew();
                        }
                    }
                },
                0,
                TICK.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Sends nothing new any more, and waits until all is acknowledged. */
    void finish(Duration longest) {
        sending.set(false);
        Awaitility.await("all is acknowledged")
                .atMost(longest)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> open.get() == 0 && toRepeat.get() == 0);
    }

    /** The last number; all from 1 on were sent. */
    int last() {
        return last.get();
    }

    /** Events that were sent once more though they were acknowledged or in the same moment. */
    int repeated() {
        return repeated.get();
    }

    /** When the event was acknowledged first, of {@link System#nanoTime}; 0 when it was not. */
    synchronized long acknowledgedAt(int number) {
        return number < acknowledgedAt.length ? acknowledgedAt[number] : 0;
    }

    /** When the event was sent first, of {@link System#nanoTime}; 0 when it was not. */
    synchronized long sentAt(int number) {
        return number < sentAt.length ? sentAt[number] : 0;
    }

    int acknowledged() {
        int count = 0;
        for (int number = 1; number <= last(); number++) {
            count += acknowledgedAt(number) == 0 ? 0 : 1;
        }
        return count;
    }

    /** How often each answer, or each kind of failure, was seen. */
    Map<String, Integer> answers() {
        synchronized (answers) {
            return new TreeMap<>(answers);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        client.shutdownNow();
    }

    private void sendNew() {
        int number = last.incrementAndGet();
        open.incrementAndGet();
        sent(number);
        double dice = random.nextDouble();
        int copies = dice < repeats / 3 ? 2 : 1;
        post(number, copies, true);
        if (dice >= repeats / 3 && dice < repeats * 2 / 3) {
            repeated.incrementAndGet();
            post(number, 1, false);
        } else if (copies == 2) {
            repeated.incrementAndGet();
        } else if (dice < repeats) {
            repeated.incrementAndGet();
            toRepeat.incrementAndGet();
            clock.schedule(
                    () -> {
                        post(number, 1, false);
                        toRepeat.decrementAndGet();
                    },
                    random.nextInt(LATEST_REPEAT_MILLIS),
                    TimeUnit.MILLISECONDS);
        }
    }

    /** @param must whether it goes out again until it is acknowledged */
    private void post(int number, int copies, boolean must) {
        HttpRequest request = HttpRequest.newBuilder(
                        NumberedEvents.kind(number) == NumberedEvents.Kind.RECORD ? records : calls)
                .timeout(TIMEOUT)
                .POST(HttpRequest.BodyPublishers.ofString(NumberedEvents.body(number, copies, padding)))
                .build();
        Thread.ofVirtual().start(() -> {
            boolean accepted = send(request);
            if (accepted) {
                acknowledge(number);
            }
            if (must && accepted) {
                open.decrementAndGet();
            } else if (must && !clock.isShutdown()) {
                clock.schedule(() -> post(number, copies, true), 300 + number % 300, TimeUnit.MILLISECONDS);
            }
        });
    }

    private boolean send(HttpRequest request) {
        String seen;
        try {
            seen = Integer.toString(
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
        } catch (IOException e) {
            seen = e.getClass().getSimpleName();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            seen = "interrupted";
        }
        synchronized (answers) {
            answers.merge(seen, 1, Integer::sum);
        }
        return seen.equals("200");
    }

    private synchronized void sent(int number) {
        sentAt = grown(sentAt, number);
        sentAt[number] = System.nanoTime();
    }

    private static long[] grown(long[] times, int number) {
        return number < times.length ? times : Arrays.copyOf(times, Math.max(number + 1, times.length * 2));
    }

    private synchronized void acknowledge(int number) {
        acknowledgedAt = grown(acknowledgedAt, number);
        if (acknowledgedAt[number] == 0) {
            acknowledgedAt[number] = System.nanoTime();
        }
    }
}
