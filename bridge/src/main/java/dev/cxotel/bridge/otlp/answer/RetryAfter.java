package dev.cxotel.bridge.otlp.answer;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** The {@code Retry-After} header of RFC 9110 section 10.2.3: seconds, or a date. */
public final class RetryAfter {

    private static final int MOST_DIGITS = 9;
    private static final DateTimeFormatter DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT);

    private RetryAfter() {}

    /**
     * The time to wait; empty when the header is absent or unreadable.
     *
     * @param date the answer's own {@code Date}, against which a date is measured, so that a skewed clock does not matter
     */
    static Optional<Duration> parse(Optional<String> retryAfter, Optional<String> date, Instant now) {
        return retryAfter.map(String::strip).flatMap(text -> {
            if (!text.isEmpty() && text.length() <= MOST_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
            }
            return instant(text).map(then -> {
                Duration wait =
                        Duration.between(date.flatMap(RetryAfter::instant).orElse(now), then);
                return wait.isNegative() ? Duration.ZERO : wait;
            });
        });
    }

    /** A date as HTTP writes it; empty when it is none. */
    public static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.from(DATE.parse(text.strip())));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
