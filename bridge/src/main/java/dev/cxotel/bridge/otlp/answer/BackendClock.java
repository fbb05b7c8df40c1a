package dev.cxotel.bridge.otlp.answer;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How a backend's clock stands to ours, by the {@code Date} of its last answer that had one. Safe for any thread. */
public final class BackendClock {

    /** A {@code Date} leaves out the fraction of its second. */
    private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

    private volatile Optional<Duration> ahead = Optional.empty();

    /**
     * Takes the time of an answer.
     *
     * @param date the header's text
     */
    public void answered(Optional<String> date, Instant now) {
        date.flatMap(RetryAfter::instant)
                .ifPresent(then -> ahead = Optional.of(Duration.between(now, then.plus(HALF_A_SECOND))));
    }

    /** How far it is ahead of ours; negative when it is behind, empty before the first answer. */
    public Optional<Duration> ahead() {
        return ahead;
    }
}
