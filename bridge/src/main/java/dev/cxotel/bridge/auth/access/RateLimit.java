package dev.cxotel.bridge.auth.access;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A token bucket: so many requests a second in the long run, and a burst of one second's worth (at least one) at once. Safe
 * for any thread.
 */
final class RateLimit {

    private static final double NANOS = 1e9;

    private final double perSecond;
    private final double capacity;
    private final LongSupplier nanoTime;
    private double tokens;
    private long filledAt;

    /** @param nanoTime as of {@link System#nanoTime()} */
    RateLimit(double perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.capacity = Math.max(1, perSecond);
        this.nanoTime = nanoTime;
        this.tokens = capacity;
        this.filledAt = nanoTime.getAsLong();
    }

    /** How long until a token is there; zero when one is. Takes none. */
    synchronized Duration untilNext() {
        fill();
        return pause();
    }

    /** Takes a token: zero; or how long until there will be one. */
    synchronized Duration take() {
        fill();
        Duration pause = pause();
        if (pause.isZero()) {
            tokens--;
        }
        return pause;
    }

    private Duration pause() {
        return tokens >= 1
                ? Duration.ZERO
                : Duration.ofNanos(Math.max(1, (long) Math.ceil((1 - tokens) / perSecond * NANOS)));
    }

    private void fill() {
        long now = nanoTime.getAsLong();
        tokens = Math.min(capacity, tokens + Math.max(0, now - filledAt) / NANOS * perSecond);
        filledAt = now;
    }
}
