package dev.cxotel.bridge.voicequality;

import dev.cxotel.bridge.config.MappingConfig;
import dev.cxotel.bridge.event.Arrival;
import dev.cxotel.bridge.mapping.Times;
import java.util.Optional;
import java.util.OptionalDouble;

/** A record and all that follows from it under the current mapping, before it becomes a span, a log event or figures. */
record Leg(
        VoiceQualityRecord fields,
        Times times,
        Measures measures,
        Verdict verdict,
        SipOutcome sip,
        Optional<Boolean> isShort) {

    static Leg of(VoiceQualityRecord fields, Arrival arrival, MappingConfig mapping, UnitProfiles profiles) {
        Measures measures = Measures.of(fields, profiles, mapping.exportSuspect());
        return new Leg(
                fields,
                Times.of(fields.call().start(), fields.call().end(), arrival.receivedAt()),
                measures,
                Verdict.of(measures, mapping.thresholds()),
                SipOutcome.of(fields.sip()),
                isShort(fields, measures, mapping.thresholds()));
    }

    /** By CXone's own length, else by start and end. */
    private static Optional<Boolean> isShort(
            VoiceQualityRecord fields, Measures measures, MappingConfig.Thresholds thresholds) {
        OptionalDouble reported = measures.value(Quantity.CALL_DURATION);
        OptionalDouble length = reported.isPresent() ? reported : fields.call().length();
        double bound = thresholds.shortCall().toMillis() / 1000.0;
        return length.isPresent() ? Optional.of(length.getAsDouble() < bound) : Optional.empty();
    }
}
