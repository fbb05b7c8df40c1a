package dev.cxotel.bridge.pipeline.patience;

import java.time.Duration;
import java.util.Optional;

/**
 * How long to wait before a request is sent again. There is no last attempt: only the journal's limits end a wait.
 *
 * @param first the middle of the first wait
 * @param longest the end of the doubling
 * @param longestAsked the longest wait that a backend may ask for
 * @param firstUnauthorized the first wait after a wrong key
 * @param longestUnauthorized the end of the doubling after a wrong key
 */
record RetryPolicy(
        Duration first,
        Duration longest,
        Duration longestAsked,
        Duration firstUnauthorized,
        Duration longestUnauthorized) {

    static final RetryPolicy DEFAULT = new RetryPolicy(
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            Duration.ofMinutes(5),
            Duration.ofSeconds(5),
            Duration.ofMinutes(5));

    private static final double JITTER = 0.2;
    private static final int MOST_DOUBLINGS = 30;

    /**
     * Doubles from attempt to attempt, spread by a fifth to both sides so that many bridges do not come back together.
     * What the backend asks for is a lower bound, spread only upwards.
     *
     * @param failures in a row, from 1
     * @param asked by the backend's {@code Retry-After}
     * @param random from 0 (inclusive) to 1
     */
    Duration delay(int failures, Optional<Duration> asked, double random) {
        if (asked.isPresent() && asked.get().isPositive()) {
            Duration bounded = shorter(asked.get(), longestAsked);
            return scaled(bounded, 1 + JITTER / 2 * random);
        }
        return scaled(doubled(first, failures, longest), 1 - JITTER + 2 * JITTER * random);
    }

    /** @param failures in a row, from 1 */
    Duration unauthorizedDelay(int failures) {
        return doubled(firstUnauthorized, failures, longestUnauthorized);
    }

    private static Duration doubled(Duration first, int failures, Duration longest) {
        int doublings = Math.clamp(failures - 1, 0, MOST_DOUBLINGS);
        return shorter(first.multipliedBy(1L << doublings), longest);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Duration scaled(Duration duration, double factor) {
        return Duration.ofNanos((long) (duration.toNanos() * factor));
    }
}
