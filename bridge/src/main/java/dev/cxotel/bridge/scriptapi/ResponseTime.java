package dev.cxotel.bridge.scriptapi;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.cxotel.bridge.config.MappingConfig.ResponseTimeUnit;
import dev.cxotel.bridge.mapping.JsonValues;
import java.math.BigDecimal;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How long an API call took. NICE does not document the unit of {@code responseTime}; its example, {@code 1.000000},
 * looks like seconds, and Studio ends a REST action after 90 s at most (two minutes in 2020).
 *
 * @param seconds empty when there is none, or none that can be used
 * @param kind what the field looks like
 */
record ResponseTime(OptionalDouble seconds, Kind kind) {

    /** Above this many seconds a call is implausible, and {@link ResponseTimeUnit#AUTO} takes milliseconds. */
    static final double LONGEST_PLAUSIBLE = 120;

    /** Above this a number is no duration in any unit: one day. */
    private static final double LONGEST_USABLE = 86_400;

    private static final double MILLIS_PER_SECOND = 1_000;

    /** What a {@code responseTime} looks like. */
    enum Kind {
        PLAUSIBLE,
        ABSENT,
        /** Negative: a sentinel for "not measured". */
        NOT_MEASURED,
        /** Longer than a call can take, or not a number: the unit may be wrong. */
        SUSPECT
    }

    static ResponseTime of(@Nullable String text, ResponseTimeUnit unit) {
        if (text == null) {
            return new ResponseTime(OptionalDouble.empty(), Kind.ABSENT);
        }
        BigDecimal number = JsonValues.number(TextNode.valueOf(text));
        if (number == null) {
            return new ResponseTime(OptionalDouble.empty(), Kind.SUSPECT);
        }
        if (number.signum() < 0) {
            return new ResponseTime(OptionalDouble.empty(), Kind.NOT_MEASURED);
        }
        double seconds = seconds(number.doubleValue(), unit);
        if (seconds > LONGEST_USABLE) {
            return new ResponseTime(OptionalDouble.empty(), Kind.SUSPECT);
        }
        return new ResponseTime(
                OptionalDouble.of(seconds), seconds > LONGEST_PLAUSIBLE ? Kind.SUSPECT : Kind.PLAUSIBLE);
    }

    private static double seconds(double number, ResponseTimeUnit unit) {
        return switch (unit) {
            case SECONDS -> number;
            case MILLISECONDS -> number / MILLIS_PER_SECOND;
            case AUTO -> number > LONGEST_PLAUSIBLE ? number / MILLIS_PER_SECOND : number;
        };
    }
}
