package dev.cxotel.bridge.scriptapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallTimeTest {

    private static final ZoneId DENVER = ZoneId.of("America/Denver");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4/21/2023 11:20:20 AM",
                "04/21/2023 11:20:20 AM",
                "4/21/2023 11:20:20\u202FAM",
                "4/21/2023 11:20:20\u00A0am",
                "4/21/2023 11:20:20AM",
                "4/21/2023  11:20:20 a.m.",
                " 4/21/2023 11:20:20 ",
                "4/21/2023, 11:20:20 AM",
                "4/21/2023 11:20:20.000 AM",
                "2023-04-21T11:20:20",
                "2023-04-21 11:20:20.0000000",
            })
    void parse_zonelessForms_areLocal(String text) {
        assertThat(CallTime.parse(text)).contains(new CallTime.Local(LocalDateTime.of(2023, 4, 21, 11, 20, 20)));
    }

    @ParameterizedTest
    @CsvSource({
        "4/21/2023 1:02:03 AM, 2023-04-21T01:02:03",
        "4/21/2023 1:02:03 PM, 2023-04-21T13:02:03",
        "4/21/2023 12:00:00 AM, 2023-04-21T00:00:00",
        "4/21/2023 12:00:00 PM, 2023-04-21T12:00:00",
        "4/21/2023 13:02:03, 2023-04-21T13:02:03",
        "4/21/2023 13:02:03 PM, 2023-04-21T13:02:03",
        "4/21/2023 0:02:03, 2023-04-21T00:02:03",
        "12/31/1999 11:59:59 PM, 1999-12-31T23:59:59",
        "2/29/2024 01:00:00 AM, 2024-02-29T01:00:00",
        "4/21/2023 1:02 PM, 2023-04-21T13:02:00",
    })
    void parse_halvesOfTheDay_areHours(String text, LocalDateTime expected) {
        assertThat(CallTime.parse(text)).contains(new CallTime.Local(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2023-04-21T11:20:20.5Z",
                "2023-04-21T11:20:20,5Z",
                "2023-04-21T11:20:20.5000000000001Z",
                "2023-04-21t13:20:20.5+02:00",
                "2023-04-21T13:20:20.5+0200",
                "2023-04-21T13:20:20.5 +02",
                "2023-04-21 05:50:20.5-05:30",
                "4/21/2023 11:20:20.5 AM +00:00",
                "4/21/2023 11:20:20.5 AM UTC",
            })
    void parse_formsWithOffset_areMoments(String text) {
        assertThat(CallTime.parse(text)).contains(new CallTime.Zoned(Instant.parse("2023-04-21T11:20:20.500Z")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "21/4/2023 11:20:20 AM",
                "2/30/2023 11:20:20 AM",
                "4/21/23 11:20:20 AM",
                "4/21/2023",
                "4/21/2023 13:20:20 AM",
                "4/21/2023 24:20:20",
                "4/21/2023 11:60:20 AM",
                "2023-04-21T11:20:20+25:00",
                "1682075220",
                "٤/٢١/٢٠٢٣ ١١:٢٠:٢٠ AM"
            })
    void parse_anythingElse_isEmpty(String text) {
        assertThat(CallTime.parse(text)).isEmpty();
    }

    @Test
    void in_localTimeInTheSpringGap_movesForwardByTheGap() {
        CallTime time = CallTime.parse("3/10/2024 2:30:00 AM").orElseThrow();
        assertThat(time.in(DENVER)).isEqualTo(Instant.parse("2024-03-10T09:30:00Z"));
    }

    @Test
    void in_localTimeInTheAutumnOverlap_isTheEarlierMoment() {
        CallTime time = CallTime.parse("11/3/2024 1:30:00 AM").orElseThrow();
        assertThat(time.in(DENVER)).isEqualTo(Instant.parse("2024-11-03T07:30:00Z"));
    }

    @FuzzTest(maxDuration = "2m")
    void parse_anyText_isAnswered(byte[] text) {
        CallTime.parse(new String(text, StandardCharsets.UTF_8)).ifPresent(time -> assertThat(time.in(DENVER))
                .isBetween(Instant.parse("-0001-12-30T00:00:00Z"), Instant.parse("+10000-01-02T00:00:00Z")));
    }
}
