package dev.cxotel.bridge.testing.torture;

import java.util.List;
import java.util.Random;

/**
 * How a backend answers: which share of the requests gets one of its troubles.
 *
 * @param share from 0 to 1
 */
record Mood(double share, List<Trouble> troubles) {

    /** What a request meets instead of a plain success. */
    enum Trouble {
        /** 429 with {@code Retry-After} in seconds. */
        THROTTLED,
        /** 429 with {@code Retry-After} as a date. */
        THROTTLED_BY_DATE,
        BAD_GATEWAY,
        UNAVAILABLE,
        GATEWAY_TIMEOUT,
        /** Keeps the data, says that the key is wrong. */
        UNAUTHORIZED,
        /** Not retryable by OTLP's specification. */
        INTERNAL_ERROR,
        /** For more than a few items. */
        TOO_LARGE,
        /** Closes the connection and stores nothing. */
        RESET,
        /** Stores, then closes the connection instead of answering. */
        STORED_AND_RESET,
        /** Stores and never answers. */
        STORED_AND_SILENT,
        /** Takes all but the first few and says so. */
        PARTIAL,
        /** Takes all and warns. */
        WARNING,
        ACCEPTED_202,
        EMPTY_200,
        GARBAGE_200
    }

    static final Mood GOOD = new Mood(0, List.of());
    static final Mood AWAY = new Mood(1, List.of(Trouble.UNAVAILABLE, Trouble.RESET, Trouble.BAD_GATEWAY));

    /** All that keeps the data, or takes it. */
    static final Mood HARMLESS = new Mood(
            0.5,
            List.of(
                    Trouble.THROTTLED,
                    Trouble.THROTTLED_BY_DATE,
                    Trouble.BAD_GATEWAY,
                    Trouble.UNAVAILABLE,
                    Trouble.GATEWAY_TIMEOUT,
                    Trouble.TOO_LARGE,
                    Trouble.RESET,
                    Trouble.STORED_AND_RESET,
                    Trouble.STORED_AND_SILENT,
                    Trouble.WARNING,
                    Trouble.ACCEPTED_202,
                    Trouble.EMPTY_200,
                    Trouble.GARBAGE_200));

    /** All that ends some data for good, which the books must show. */
    static final Mood REFUSING =
            new Mood(0.4, List.of(Trouble.PARTIAL, Trouble.INTERNAL_ERROR, Trouble.STORED_AND_RESET));

    static final Mood LOCKED = new Mood(0.5, List.of(Trouble.UNAUTHORIZED));

    Mood {
        troubles = List.copyOf(troubles);
    }

    /** The next request's trouble, or null for none. */
    @org.jspecify.annotations.Nullable
    Trouble next(Random random) {
        return random.nextDouble() < share ? troubles.get(random.nextInt(troubles.size())) : null;
    }
}
