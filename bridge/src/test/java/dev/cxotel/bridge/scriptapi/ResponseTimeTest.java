package dev.cxotel.bridge.scriptapi;

import static dev.cxotel.bridge.config.MappingConfig.ResponseTimeUnit.AUTO;
import static dev.cxotel.bridge.config.MappingConfig.ResponseTimeUnit.MILLISECONDS;
import static dev.cxotel.bridge.config.MappingConfig.ResponseTimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.config.MappingConfig.ResponseTimeUnit;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseTimeTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "1.000000, SECONDS, 1, PLAUSIBLE",
                "0.000000, SECONDS, 0, PLAUSIBLE",
                "120, SECONDS, 120, PLAUSIBLE",
                "120.5, SECONDS, 120.5, SUSPECT",
                "86401, SECONDS, -, SUSPECT",
                "1e300, SECONDS, -, SUSPECT",
                "1e999999999, SECONDS, -, SUSPECT",
                "250, MILLISECONDS, 0.25, PLAUSIBLE",
                "250, AUTO, 0.25, PLAUSIBLE",
                "120, AUTO, 120, PLAUSIBLE",
                "-1, SECONDS, -, NOT_MEASURED",
                "NaN, SECONDS, -, SUSPECT",
                "fast, SECONDS, -, SUSPECT",
            })
    void of_text_isTakenInItsUnit(
            String text, ResponseTimeUnit unit, @Nullable Double seconds, ResponseTime.Kind kind) {
        assertThat(ResponseTime.of(text, unit))
                .isEqualTo(
                        new ResponseTime(seconds == null ? OptionalDouble.empty() : OptionalDouble.of(seconds), kind));
    }

    @Test
    void of_absentText_isAbsentInEveryUnit() {
        ResponseTime absent = new ResponseTime(OptionalDouble.empty(), ResponseTime.Kind.ABSENT);
        assertThat(ResponseTime.of(null, SECONDS)).isEqualTo(absent);
        assertThat(ResponseTime.of(null, MILLISECONDS)).isEqualTo(absent);
        assertThat(ResponseTime.of(null, AUTO)).isEqualTo(absent);
    }
}
