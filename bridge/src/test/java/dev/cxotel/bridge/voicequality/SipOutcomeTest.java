package dev.cxotel.bridge.voicequality;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipOutcomeTest {

    @ParameterizedTest
    @CsvSource({
        // response, failure, dropped, error
        "200, , , ",
        ", , , ",
        "399, , , ",
        "400, , , sip_400",
        "699, , , sip_699",
        "700, , , ",
        "486, , , ",
        "487, , , ",
        "603, , , ",
        "503.0, , , sip_503",
        "503 Service Unavailable, , , sip_503",
        "200, 408, , sip_408",
        "500, 487, , sip_500",
        "200, , true, dropped",
        "200, , 1, dropped",
        "200, , 8, dropped",
        "200, , Dropped, dropped",
        "200, , 0, ",
        "200, , -1, ",
        "200, , false, ",
        "200, , No, ",
        "200, , whatever, ",
        "503, , 1, sip_503",
        "487, , 1, dropped",
        "abc, , , ",
        "99999999999999999999, , , ",
    })
    void of_codes_giveTheErrorType(
            @Nullable String response, @Nullable String failure, @Nullable String dropped, @Nullable String error) {
        SipOutcome outcome = SipOutcome.of(new VoiceQualityRecord.Sip(response, failure, dropped, null));
        assertThat(outcome.errorType().orElse(null)).isEqualTo(error);
    }

    @ParameterizedTest
    @CsvSource({
        "0, true, false",
        "-1, true, false",
        "99, false, true",
        "700, false, true",
        "ok, false, true",
        "200, false, false"
    })
    void of_codeOutsideTheProtocol_isNoCode(String response, boolean missing, boolean suspect) {
        SipOutcome outcome = SipOutcome.of(new VoiceQualityRecord.Sip(response, null, null, null));
        assertThat(outcome.responseCode().isPresent()).isEqualTo(!missing && !suspect);
        assertThat(outcome.missing().contains("SipResponseCode")).isEqualTo(missing);
        assertThat(outcome.suspect().contains("SipResponseCode")).isEqualTo(suspect);
    }
}
