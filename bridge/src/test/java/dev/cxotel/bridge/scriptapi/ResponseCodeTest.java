package dev.cxotel.bridge.scriptapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseCodeTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "200, 200, -",
                "200 OK, 200, -",
                "' 0200', 200, -",
                "+204, 204, -",
                "100, 100, -",
                "302, 302, -",
                "399, 399, -",
                "400, 400, 400",
                "404, 404, 404",
                "404 Not Found, 404, 404",
                "599, 599, 599",
                "600, -, _OTHER",
                "99, -, _OTHER",
                "1, -, _OTHER",
                "99999999999999999999, -, _OTHER",
                "-1, -, cxone_internal",
                "-404, -, cxone_internal",
                "0, -, no_response",
                "000, -, no_response",
                "-0, -, no_response",
                "ok, -, -",
                "Success, -, -",
                "' SUCESS ', -, -",
                "Timeout, -, _OTHER",
                "{}, -, _OTHER",
            })
    void of_code_isClassified(String text, @Nullable Integer status, @Nullable String errorType) {
        ResponseCode code = ResponseCode.of(text);
        assertThat(code.httpStatus()).isEqualTo(status == null ? OptionalInt.empty() : OptionalInt.of(status));
        assertThat(code.errorType()).isEqualTo(errorType);
        assertThat(code.absent()).isFalse();
    }

    @Test
    void of_absentCode_saysNothing() {
        assertThat(ResponseCode.of(null).absent()).isTrue();
        assertThat(ResponseCode.of(" ").absent()).isTrue();
        assertThat(ResponseCode.of(null).failed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "404, Not Found, false",
        "404, 404 not found, false",
        "404, 404, false",
        "404, No such customer, true",
        "500, Internal Server Error, false",
        "500, Not Found, true",
        "Timeout, timeout, false",
        "Timeout, after 30 s, true",
        "-1, -1, false",
        "-1, ..., false",
        "-1, no route, true",
    })
    void isToldMoreBy_message(String code, String message, boolean more) {
        assertThat(ResponseCode.of(code).isToldMoreBy(message)).isEqualTo(more);
    }
}
