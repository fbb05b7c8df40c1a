package dev.cxotel.bridge.journal.sqlite.upkeep;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * When the backlog will have filled the journal, judged by how it grew over the last minutes. Speaks from half full on, at
 * most every ten minutes. Used by one thread.
 */
final class Forecast {

    private static final double LOUD_FROM = 0.5;
    private static final long SPAN_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final long SILENCE_NANOS = TimeUnit.MINUTES.toNanos(10);

    private boolean begun;
    private long markAt;
    private double markUsage;
    private double growthPerNano;
    private boolean warned;
    private long warnedAt;

    /** @param usage the part of the journal that events take which a pipeline still waits for, from 0 to 1 */
    Optional<String> warning(long nanos, double usage) {
        if (!begun) {
            begun = true;
            markAt = nanos;
            markUsage = usage;
        }
        long since = nanos - markAt;
        if (since > 0) {
            growthPerNano = (usage - markUsage) / since;
        }
        if (since >= SPAN_NANOS) {
            markAt = nanos;
            markUsage = usage;
        }
        if (usage < LOUD_FROM) {
            warned = false;
            return Optional.empty();
        }
        if (warned && nanos - warnedAt < SILENCE_NANOS) {
            return Optional.empty();
        }
        warned = true;
        warnedAt = nanos;
        return Optional.of(String.format(
                Locale.ROOT,
                "Undelivered events fill %.0f %% of the journal; %s.",
                usage * 100,
                growthPerNano <= 0 ? "it does not grow" : "full in about " + left(usage)));
    }

    private String left(double usage) {
        double nanos = Math.min((1 - usage) / growthPerNano, (double) TimeUnit.DAYS.toNanos(365));
        Duration left = Duration.ofNanos((long) nanos);
        return left.toHours() > 0 ? left.toHours() + " h" : left.toMinutes() + " min";
    }
}
