package dev.cxotel.bridge.pipeline.fold;

import io.opentelemetry.sdk.common.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The clock of a fold: it shows what it was set to, so that the points' times are chosen and not found. */
final class SetClock implements Clock {

    private long nanos;

    SetClock(Instant time) {
        set(time);
    }

    void set(Instant time) {
        nanos = TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
    }

    @Override
    public long now() {
        return nanos;
    }

    @Override
    public long nanoTime() {
        return nanos;
    }
}
