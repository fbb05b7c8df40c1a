package dev.cxotel.bridge.pipeline.patience;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How a pipeline lets time pass. */
@FunctionalInterface
public interface Sleeper {

    /** Real time. */
    Sleeper REAL = (duration, woken) -> woken.await(duration.toNanos(), TimeUnit.NANOSECONDS);

    /** Waits for {@code duration} or until {@code woken} is open, and says whether it is. */
    boolean sleep(Duration duration, CountDownLatch woken) throws InterruptedException;
}
