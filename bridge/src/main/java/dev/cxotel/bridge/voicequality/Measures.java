package dev.cxotel.bridge.voicequality;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What a record measured, in the exported units, and what is wrong with the rest of its figures.
 *
 * @param values only what may be exported
 * @param missing sentinels and words for "not measured"
 * @param suspect no numbers, impossible figures, and implausible ones, which may be among {@code values}
 */
record Measures(Map<Quantity, Double> values, Set<Quantity> missing, Set<Quantity> suspect) {

    /** A call length may differ from the record's own times by this before it is suspect: 10 % and 5 s. */
    private static final double DURATION_RATIO = 0.10;

    private static final double DURATION_SECONDS = 5;

    OptionalDouble value(Quantity quantity) {
        Double value = values.get(quantity);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Judges each reading of {@code leg} in the units of its data source. */
    static Measures of(VoiceQualityRecord leg, UnitProfiles profiles, boolean exportSuspect) {
        Measures measures = new Measures(
                new EnumMap<>(Quantity.class), EnumSet.noneOf(Quantity.class), EnumSet.noneOf(Quantity.class));
        leg.readings().forEach((quantity, reading) -> {
            switch (reading) {
                case Reading.NotMeasured ignored -> measures.missing().add(quantity);
                case Reading.NoNumber ignored -> measures.suspect().add(quantity);
                case Reading.Figure figure -> measures.judge(leg, quantity, figure.value(), profiles, exportSuspect);
            }
        });
        return measures;
    }

    private void judge(
            VoiceQualityRecord leg, Quantity quantity, BigDecimal raw, UnitProfiles profiles, boolean exportSuspect) {
        Unit unit = profiles.unit(leg.dataSource(), quantity);
        BigDecimal exported = unit.toExported(raw);
        if (quantity.sentinel(raw, unit)) {
            missing.add(quantity);
            return;
        }
        boolean possible = quantity.possible(exported);
        boolean plausible = possible && quantity.plausible(exported) && agreesWithTimes(leg, quantity, exported);
        if (!plausible) {
            suspect.add(quantity);
        }
        if (plausible || (possible && exportSuspect)) {
            values.put(quantity, exported.doubleValue());
        }
    }

    private static boolean agreesWithTimes(VoiceQualityRecord leg, Quantity quantity, BigDecimal exported) {
        OptionalDouble length = leg.call().length();
        if (quantity != Quantity.CALL_DURATION || length.isEmpty()) {
            return true;
        }
        double difference = Math.abs(exported.doubleValue() - length.getAsDouble());
        return difference <= DURATION_SECONDS || difference <= DURATION_RATIO * length.getAsDouble();
    }
}
