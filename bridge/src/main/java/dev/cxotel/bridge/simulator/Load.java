package dev.cxotel.bridge.simulator;

import dev.cxotel.bridge.simulator.WebhookClient.Answer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A stream of webhooks at a rate: each is due at its time whatever became of the ones before, until as many are under
 * way as are allowed. Ends go to the listener; nothing ends the stream but its source or {@code stop}.
 */
public final class Load {

    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);
    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);

    private final WebhookClient client;
    private final Rate rate;
    private final int concurrency;
    private final boolean persistent;
    private final InstantSource clock;

    /**
     * @param concurrency requests under way at once, at least 1
     * @param persistent whether a webhook is posted again, after 0.1 to 5 s, until it is answered other than 429 or 5xx
     */
    public Load(WebhookClient client, Rate rate, int concurrency, boolean persistent, InstantSource clock) {
        this.client = client;
        this.rate = rate;
        this.concurrency = concurrency;
        this.persistent = persistent;
        this.clock = clock;
    }

    /** Hears of every request; called from many threads. */
    @FunctionalInterface
    public interface Listener {
        void ended(Webhook webhook, Answer answer);
    }

    /**
     * Posts what {@code source} gives until it is empty or {@code stop} is true, then waits for what is under way. A
     * persistent load gives up its repetitions as long after that as one request may take.
     */
    public void run(Supplier<Optional<Webhook>> source, Listener listener, BooleanSupplier stop)
            throws InterruptedException {
        Semaphore free = new Semaphore(concurrency);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            long due = System.nanoTime();
            while (!stop.getAsBoolean()) {
                due = Math.max(due, System.nanoTime() - TimeUnit.SECONDS.toNanos(1));
                if (!reached(due)) {
                    continue;
                }
                if (!free.tryAcquire(LONGEST_PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    continue;
                }
                Optional<Webhook> next = source.get();
                if (next.isEmpty()) {
                    free.release();
                    break;
                }
                threads.execute(() -> {
                    try {
                        post(next.get(), listener);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } finally {
                        free.release();
                    }
                });
                due += (long) (1e9 / rate.perSecond(clock.instant()));
            }
            free.tryAcquire(concurrency, client.timeout().toMillis() + 1000, TimeUnit.MILLISECONDS);
        } finally {
            threads.shutdownNow();
            threads.awaitTermination(5, TimeUnit.SECONDS);
        }
    }

    private void post(Webhook webhook, Listener listener) throws InterruptedException {
        Duration pause = FIRST_RETRY;
        while (true) {
            Answer answer = client.post(webhook);
            listener.ended(webhook, answer);
            if (!persistent || !passing(answer)) {
                return;
            }
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            pause = pause.multipliedBy(2).compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : pause.multipliedBy(2);
        }
    }

    private static boolean passing(Answer answer) {
        return switch (answer) {
            case Answer.Status status -> status.code() == 429 || status.code() >= 500;
            case Answer.Failure failure -> true;
        };
    }

    /** Waits a little for the time to come; false when it is still ahead, so that a stop is seen. */
    private static boolean reached(long due) {
        long left = due - System.nanoTime();
        if (left > 0) {
            LockSupport.parkNanos(Math.min(left, LONGEST_PAUSE.toNanos()));
        }
        return due - System.nanoTime() <= 0;
    }
}
