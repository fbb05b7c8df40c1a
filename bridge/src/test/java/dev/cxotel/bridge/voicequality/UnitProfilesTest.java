package dev.cxotel.bridge.voicequality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitProfilesTest {

    @ParameterizedTest
    @CsvSource({
        "ms, 898, 0.898",
        "s, 1.5, 1.5",
        "rtp_ticks_8000, 160, 0.02",
        "percent, 0.4, 0.004",
        "ratio, 0.4, 0.4",
        "mos, 4.2, 4.2",
        "mos_x10, 41, 4.1",
        "kbit_s, 32, 32000",
        "bit_s, 32000, 32000",
    })
    void toExported_unit_isExactInDecimal(String unit, BigDecimal figure, double exported) {
        assertThat(Unit.fromConfigName(unit).orElseThrow().toExported(figure).doubleValue())
                .isEqualTo(exported);
    }

    @Test
    void unit_ofAnotherSource_isTheAssumedOne() {
        UnitProfiles profiles = new UnitProfiles(Map.of("SBC EXMS", Map.of("jitter", "s")));
        assertThat(profiles.unit(" sbc exms ", Quantity.JITTER)).isEqualTo(Unit.S);
        assertThat(profiles.unit("SBC EXMS", Quantity.RTT)).isEqualTo(Unit.MS);
        assertThat(profiles.unit("WebRTC", Quantity.JITTER)).isEqualTo(Unit.MS);
        assertThat(profiles.unit(null, Quantity.JITTER)).isEqualTo(Unit.MS);
    }

    @ParameterizedTest
    @CsvSource({"jitter, percent", "jitter, minutes", "mood, ms", "mos, points", "packet_loss, mos_x10"})
    void new_wrongProfile_namesItsPath(String quantity, String unit) {
        assertThatThrownBy(() -> new UnitProfiles(Map.of("SBC", Map.of(quantity, unit))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("mapping.data_sources.SBC." + quantity);
    }
}
