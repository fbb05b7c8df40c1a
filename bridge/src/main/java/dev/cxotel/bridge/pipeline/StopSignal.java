package dev.cxotel.bridge.pipeline;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** The request to stop, which ends every wait of a pipeline. */
final class StopSignal {

    private final Sleeper sleeper;
    private final CountDownLatch requested = new CountDownLatch(1);

    StopSignal(Sleeper sleeper) {
        this.sleeper = sleeper;
    }

    void request() {
        requested.countDown();
    }

    boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Waits; not at all for what is not positive. */
    void await(Duration duration) throws InterruptedException {
        if (duration.isPositive()) {
            sleeper.sleep(duration, requested);
        }
    }
}
