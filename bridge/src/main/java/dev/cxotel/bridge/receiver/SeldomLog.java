package dev.cxotel.bridge.receiver;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Lets one line through in a while, so that a stranger's requests or a full disk do not fill the log. */
final class SeldomLog {

    private final long pauseNanos;
    private final LongSupplier nanoTime;
    private final AtomicLong next;
    private final AtomicLong held = new AtomicLong();

    SeldomLog(Duration pause, LongSupplier nanoTime) {
        this.pauseNanos = pause.toNanos();
        this.nanoTime = nanoTime;
        this.next = new AtomicLong(nanoTime.getAsLong());
    }

    /** How many lines were held back since the last one; empty when this one is to be held back too. */
    OptionalLong admit() {
        long now = nanoTime.getAsLong();
        long due = next.get();
        if (now - due >= 0 && next.compareAndSet(due, now + pauseNanos)) {
            return OptionalLong.of(held.getAndSet(0));
        }
        held.incrementAndGet();
        return OptionalLong.empty();
    }
}
