package dev.cxotel.bridge.pipeline.patience;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** The request to stop, which ends every wait of a pipeline. */
public final class StopSignal {

    private final Sleeper sleeper;
    private final CountDownLatch requested = new CountDownLatch(1);

    StopSignal(Sleeper sleeper) {
        this.sleeper = sleeper;
    }

    /** Ends the waits, those to come too. */
    public void request() {
        requested.countDown();
    }

    /** Whether the pipeline is to stop. */
    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Waits; not at all for what is not positive. */
    public void await(Duration duration) throws InterruptedException {
        if (duration.isPositive()) {
            sleeper.sleep(duration, requested);
        }
    }
}
