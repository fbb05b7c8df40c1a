package dev.cxotel.bridge.voicequality;

import dev.cxotel.bridge.config.MappingConfig.Thresholds;
import dev.cxotel.bridge.event.Activity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the measured values say together: the worst dimension decides, and the first in the order of {@link Quantity}
 * among equally bad ones is the reason. The default thresholds stand in {@link Thresholds}; nobody at NICE publishes any.
 *
 * @param reason what made it fair or poor
 */
record Verdict(Grade grade, Optional<Quantity> reason) {

    /** From good to bad; unknown when no dimension was measured. */
    enum Grade {
        UNKNOWN,
        GOOD,
        FAIR,
        POOR;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        Activity.Quality quality() {
            return switch (this) {
                case UNKNOWN -> Activity.Quality.UNKNOWN;
                case GOOD -> Activity.Quality.GOOD;
                case FAIR -> Activity.Quality.FAIR;
                case POOR -> Activity.Quality.POOR;
            };
        }
    }

    static Verdict of(Measures measures, Thresholds bounds) {
        List<Dimension> dimensions = List.of(
                Dimension.higherIsBetter(Quantity.MOS, bounds.mosFair(), bounds.mosPoor()),
                Dimension.higherIsBetter(Quantity.R_FACTOR, bounds.rFactorFair(), bounds.rFactorPoor()),
                Dimension.lowerIsBetter(Quantity.JITTER, bounds.jitterFair(), bounds.jitterPoor()),
                Dimension.lowerIsBetter(Quantity.PACKET_LOSS, bounds.lossFair(), bounds.lossPoor()),
                Dimension.lowerIsBetter(Quantity.RTT, bounds.rttFair(), bounds.rttPoor()));
        Verdict worst = new Verdict(Grade.UNKNOWN, Optional.empty());
        for (Dimension dimension : dimensions) {
            Grade grade = dimension.grade(measures);
            if (grade.compareTo(worst.grade()) > 0) {
                boolean bad = grade == Grade.FAIR || grade == Grade.POOR;
                worst = new Verdict(grade, bad ? Optional.of(dimension.quantity()) : Optional.empty());
            }
        }
        return worst;
    }

    /** One sentence for a person, without any value of the record. */
    String sentence() {
        return switch (grade) {
            case UNKNOWN -> "The quality of the call leg was not measured";
            case GOOD -> "The quality of the call leg is good";
            case FAIR, POOR ->
                "The quality of the call leg is " + grade.text()
                        + reason.map(quantity -> " because of its " + quantity.title())
                                .orElse("");
        };
    }

    private record Dimension(Quantity quantity, int sign, double fair, double poor) {

        static Dimension higherIsBetter(Quantity quantity, double fair, double poor) {
            return new Dimension(quantity, -1, fair, poor);
        }

        static Dimension lowerIsBetter(Quantity quantity, double fair, double poor) {
            return new Dimension(quantity, 1, fair, poor);
        }

        Grade grade(Measures measures) {
            Double value = measures.values().get(quantity);
            if (value == null) {
                return Grade.UNKNOWN;
            }
            if (sign * value > sign * poor) {
                return Grade.POOR;
            }
            return sign * value > sign * fair ? Grade.FAIR : Grade.GOOD;
        }
    }
}
