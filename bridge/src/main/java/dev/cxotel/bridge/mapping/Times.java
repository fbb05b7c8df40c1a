package dev.cxotel.bridge.mapping;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The start and end under which an event is exported.
 *
 * @param start not after {@code end}
 * @param received whether the receive time stands for an absent or future time; exported as
 *     {@code cxone.time_source=received}
 */
public record Times(Instant start, Instant end, boolean received) {

    /** How far a sender's clock may be ahead before its time is not believed. */
    public static final Duration FUTURE_TOLERANCE = Duration.ofMinutes(2);

    /**
     * Earlier times are defaults of a sender's date type (year 1, 1753, 1900, 1970), not times of a call, and count as
     * absent.
     */
    static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    /** Each absent or future time is the receive time; a start after the end is the end. */
    public static Times of(@Nullable Instant start, @Nullable Instant end, Instant receivedAt) {
        Instant placedEnd = believed(end, receivedAt);
        Instant placedStart = believed(start, receivedAt);
        return new Times(
                placedStart.isAfter(placedEnd) ? placedEnd : placedStart,
                placedEnd,
                !usable(start, receivedAt) || !usable(end, receivedAt));
    }

    private static Instant believed(@Nullable Instant time, Instant receivedAt) {
        return time != null && usable(time, receivedAt) ? time : receivedAt;
    }

    /** Whether a time that a payload gives is believed. */
    public static boolean usable(@Nullable Instant time, Instant receivedAt) {
        return time != null && !time.isBefore(EARLIEST) && !time.isAfter(receivedAt.plus(FUTURE_TOLERANCE));
    }

    /** Whether an event of {@code time} arrived later than {@code lateAfter}. */
    public static boolean late(Instant time, Instant receivedAt, Duration lateAfter) {
        return time.isBefore(receivedAt.minus(lateAfter));
    }

    /** Nanoseconds since the epoch; times beyond the range of 64 bits become its bounds. */
    public static long epochNanos(Instant time) {
        long seconds = TimeUnit.SECONDS.toNanos(time.getEpochSecond());
        boolean saturated = seconds == Long.MAX_VALUE || seconds == Long.MIN_VALUE;
        return saturated ? seconds : seconds + time.getNano();
    }

    public long startEpochNanos() {
        return epochNanos(start);
    }

    public long endEpochNanos() {
        return epochNanos(end);
    }
}
