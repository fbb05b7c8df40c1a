package dev.cxotel.bridge.auth.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000); // as nanoTime may, it overflows

    @Test
    void take_afterTheBurst_saysWhenTheNextOneIsThere() {
        RateLimit limit = new RateLimit(10, nanos::get);
        for (int i = 0; i < 10; i++) {
            assertThat(limit.take()).isZero();
        }
        assertThat(limit.untilNext()).isEqualTo(Duration.ofMillis(100));
        assertThat(limit.take()).isEqualTo(Duration.ofMillis(100));
        nanos.addAndGet(Duration.ofMillis(100).toNanos());
        assertThat(limit.untilNext()).isZero();
        assertThat(limit.take()).isZero();
        assertThat(limit.take()).isPositive();
    }

    @Test
    void take_slowerThanOneASecond_letsOneAtOnce() {
        RateLimit limit = new RateLimit(0.1, nanos::get);
        assertThat(limit.take()).isZero();
        assertThat(limit.take()).isEqualTo(Duration.ofSeconds(10));
        nanos.addAndGet(Duration.ofDays(1).toNanos());
        assertThat(limit.take()).isZero();
        assertThat(limit.take()).as("a long pause saves nothing up").isPositive();
    }

    @Test
    void take_fromManyThreadsAtOnce_letsTheBurstAndNoMore() throws Exception {
        RateLimit limit = new RateLimit(100, nanos::get);
        AtomicInteger taken = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1_000; i++) {
                threads.execute(() -> {
                    awaitOpen(start);
                    if (limit.take().isZero()) {
                        taken.incrementAndGet();
                    }
                });
            }
            start.countDown();
        }
        assertThat(taken).hasValue(100);
    }

    private static void awaitOpen(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
