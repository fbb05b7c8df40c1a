package dev.cxotel.bridge.voicequality;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {

    private static final ZoneId DENVER = ZoneId.of("America/Denver");

    @ParameterizedTest
    @CsvSource({
        "2024-03-26T13:57:41.727Z, 2024-03-26T13:57:41.727Z",
        "' 2024-03-26t13:57:41z ', 2024-03-26T13:57:41Z",
        "2024-03-26T13:57Z, 2024-03-26T13:57:00Z",
        "2024-03-26 13:57:41+00, 2024-03-26T13:57:41Z",
        "2024-03-26T19:27:41.5+05:30, 2024-03-26T13:57:41.5Z",
        "2024-03-26T06:57:41-0700, 2024-03-26T13:57:41Z",
        "2024-03-26T13:57:41.1234567899999Z, 2024-03-26T13:57:41.123456789Z",
        "'2024-03-26T13:57:41,7Z', 2024-03-26T13:57:41.7Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
        // without offset: the configured zone, -06:00 in summer
        "2024-03-26T13:57:41, 2024-03-26T19:57:41Z",
        "2024-01-26T13:57:41, 2024-01-26T20:57:41Z",
    })
    void parse_form_isInstant(String text, Instant instant) {
        assertThat(IsoTime.parse(text, DENVER)).contains(instant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-02-30T00:00:00Z",
                "2024-03-26T25:00:00Z",
                "2024-03-26T13:57:41+25:00",
                "2024-03-26",
                "13:57:41",
                "3/26/2024 1:57:41 PM",
                "2024-03-26T13:57:41 UTC",
                "20240326T135741Z",
                "",
                "x",
            })
    void parse_other_isEmpty(String text) {
        assertThat(IsoTime.parse(text, DENVER)).isEmpty();
    }
}
