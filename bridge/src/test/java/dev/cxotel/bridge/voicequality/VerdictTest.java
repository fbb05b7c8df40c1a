package dev.cxotel.bridge.voicequality;

import static dev.cxotel.bridge.voicequality.Quantity.JITTER;
import static dev.cxotel.bridge.voicequality.Quantity.MOS;
import static dev.cxotel.bridge.voicequality.Quantity.PACKET_LOSS;
import static dev.cxotel.bridge.voicequality.Quantity.RTT;
import static dev.cxotel.bridge.voicequality.Quantity.R_FACTOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.config.MappingConfig.Thresholds;
import dev.cxotel.bridge.voicequality.Verdict.Grade;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {

    @ParameterizedTest
    @CsvSource({
        "MOS, 4.0, GOOD", "MOS, 3.99, FAIR", "MOS, 3.5, FAIR", "MOS, 3.49, POOR",
        "R_FACTOR, 80, GOOD", "R_FACTOR, 79.9, FAIR", "R_FACTOR, 70, FAIR", "R_FACTOR, 69.9, POOR",
        "JITTER, 0.030, GOOD", "JITTER, 0.0301, FAIR", "JITTER, 0.060, FAIR", "JITTER, 0.0601, POOR",
        "PACKET_LOSS, 0.01, GOOD", "PACKET_LOSS, 0.0101, FAIR", "PACKET_LOSS, 0.05, FAIR", "PACKET_LOSS, 0.0501, POOR",
        "RTT, 0.300, GOOD", "RTT, 0.301, FAIR", "RTT, 0.500, FAIR", "RTT, 0.501, POOR",
        "CALL_SCORE, 1, UNKNOWN", "BITRATE, 8, UNKNOWN", "SETUP, 60, UNKNOWN",
    })
    void of_oneDimension_isGradedAtItsBounds(Quantity quantity, double value, Grade grade) {
        Verdict verdict = verdict(Map.of(quantity, value));
        assertThat(verdict.grade()).isEqualTo(grade);
        boolean bad = grade == Grade.FAIR || grade == Grade.POOR;
        assertThat(verdict.reason()).isEqualTo(bad ? Optional.of(quantity) : Optional.empty());
    }

    @Test
    void of_severalDimensions_theWorstDecides() {
        assertThat(verdict(Map.of(MOS, 3.9, JITTER, 0.2, PACKET_LOSS, 0.0)))
                .isEqualTo(new Verdict(Grade.POOR, Optional.of(JITTER)));
        assertThat(verdict(Map.of(MOS, 4.4, R_FACTOR, 90.0, JITTER, 0.0, PACKET_LOSS, 0.0, RTT, 0.1)))
                .isEqualTo(new Verdict(Grade.GOOD, Optional.empty()));
    }

    @Test
    void of_equallyBadDimensions_theFirstIsTheReason() {
        assertThat(verdict(Map.of(RTT, 1.0, R_FACTOR, 10.0)).reason()).contains(R_FACTOR);
    }

    @Test
    void of_nothing_isUnknown() {
        assertThat(verdict(Map.of())).isEqualTo(new Verdict(Grade.UNKNOWN, Optional.empty()));
    }

    @Test
    void sentence_namesTheReasonAndNoValue() {
        assertThat(verdict(Map.of(PACKET_LOSS, 0.02)).sentence())
                .isEqualTo("The quality of the call leg is fair because of its packet loss");
        assertThat(verdict(Map.of(RTT, 0.7)).sentence())
                .isEqualTo("The quality of the call leg is poor because of its round-trip time");
    }

    private static Verdict verdict(Map<Quantity, Double> values) {
        return Verdict.of(new Measures(values, Set.of(), Set.of()), Thresholds.DEFAULT);
    }
}
