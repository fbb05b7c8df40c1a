package dev.cxotel.bridge.voicequality;

import java.math.BigDecimal;

/** A figure as the record has it; an absent or null one has no reading at all. */
sealed interface Reading {

    /** In the source's unit. */
    record Figure(BigDecimal value) implements Reading {}

    /** A word that says "not measured", such as {@code N/A} or {@code NaN}. */
    record NotMeasured() implements Reading {}

    /** A value that is no number. */
    record NoNumber() implements Reading {}
}
