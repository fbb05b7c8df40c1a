package dev.cxotel.bridge.receiver;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Counts the requests inside, and closes behind the last one. */
final class Gate {

    private final Semaphore places = new Semaphore(Integer.MAX_VALUE);
    private volatile boolean closing;

    boolean isClosing() {
        return closing;
    }

    /** Whether the caller is inside now and must {@link #leave()}. */
    boolean enter() {
        places.acquireUninterruptibly();
        if (closing) {
            places.release();
            return false;
        }
        return true;
    }

    void leave() {
        places.release();
    }

    /** Lets nobody in any more and waits for those inside; returns whether all left in time. */
    boolean close(Duration timeout) throws InterruptedException {
        closing = true;
        boolean empty = places.tryAcquire(Integer.MAX_VALUE, timeout.toNanos(), TimeUnit.NANOSECONDS);
        if (empty) {
            places.release(Integer.MAX_VALUE);
        }
        return empty;
    }
}
