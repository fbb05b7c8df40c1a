package dev.cxotel.bridge.receiver.tls;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * How many handshakes may begin: a sustained rate, with a small burst, so that a crowd that comes at once is spread over
 * time and the requests of kept connections find a free core. Everybody waits in the order of coming; who would wait too
 * long is turned away and takes no place.
 */
final class HandshakeRate {

    private static final int MOST_AT_ONCE = 10;

    private final long spacing;
    private final long burst;
    private final long longestWait;
    private final LongSupplier nanoTime;
    private long due;

    HandshakeRate(int perSecond, Duration longestWait, LongSupplier nanoTime) {
        this.spacing = Duration.ofSeconds(1).toNanos() / perSecond;
        this.burst = spacing * (Math.min(perSecond, MOST_AT_ONCE) - 1);
        this.longestWait = longestWait.toNanos();
        this.nanoTime = nanoTime;
        this.due = nanoTime.getAsLong() - burst;
    }

    /** Takes the next place: nanoseconds to wait for it; empty when that would be too long. */
    synchronized OptionalLong take() {
        long now = nanoTime.getAsLong();
        long place = Math.max(due - now, -burst);
        if (place > longestWait) {
            return OptionalLong.empty();
        }
        due = now + place + spacing;
        return OptionalLong.of(Math.max(place, 0));
    }
}
