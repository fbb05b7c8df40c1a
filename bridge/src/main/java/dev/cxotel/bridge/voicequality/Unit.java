package dev.cxotel.bridge.voicequality;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A unit in which a source may write a figure; each is a factor to the unit that is exported. */
enum Unit {
    MS(Dimension.TIME, "0.001"),
    S(Dimension.TIME, "1"),
    /** RTP timestamp units at 8 kHz, 125 µs each: what Empirix E-XMS and AudioCodes SBCs print as jitter. */
    RTP_TICKS_8000(Dimension.TIME, "0.000125"),
    PERCENT(Dimension.FRACTION, "0.01"),
    RATIO(Dimension.FRACTION, "1"),
    MOS(Dimension.OPINION, "1"),
    /** Tenths of a MOS, 10 to 46: what AudioCodes SBCs print. */
    MOS_X10(Dimension.OPINION, "0.1"),
    KBIT_S(Dimension.RATE, "1000"),
    BIT_S(Dimension.RATE, "1"),
    POINTS(Dimension.SCORE, "1");

    private final Dimension dimension;
    private final BigDecimal factor;

    Unit(Dimension dimension, String factor) {
        this.dimension = dimension;
        this.factor = new BigDecimal(factor);
    }

    Dimension dimension() {
        return dimension;
    }

    /** The figure in seconds, as a ratio, on the scale 1 to 5, in bit/s, or as it is. */
    BigDecimal toExported(BigDecimal figure) {
        return figure.multiply(factor);
    }

    /** The unit of a name in {@code mapping.data_sources}. */
    static Optional<Unit> fromConfigName(String name) {
        return Arrays.stream(values())
                .filter(unit ->
                        unit != POINTS && unit.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    /** What is measured; units of one dimension can stand for each other. */
    enum Dimension {
        TIME,
        FRACTION,
        OPINION,
        RATE,
        SCORE
    }
}
