package dev.cxotel.bridge.otlp.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.config.DestinationConfig.BadRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "200, Accepted",
        "201, Accepted",
        "202, Accepted",
        "204, Accepted",
        "301, Refused",
        "307, Refused",
        "400, Refused",
        "401, Unauthorized",
        "403, Unauthorized",
        "404, Refused",
        "405, Refused",
        "408, Refused",
        "413, TooLarge",
        "415, Refused",
        "422, Refused",
        "429, Retryable",
        "500, Refused",
        "501, Refused",
        "502, Retryable",
        "503, Retryable",
        "504, Retryable",
        "530, Refused"
    })
    void judge_everyStatus_isOfOneClass(int status, String expected) {
        assertThat(answer(status, "", "")
                        .judge(NOW, BadRequest.ALL_OR_NOTHING)
                        .getClass()
                        .getSimpleName())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"400, true", "422, true", "404, false", "302, false", "500, false"})
    void judge_refused_saysWhetherPartsAreWorthATry(int status, boolean divisible) {
        assertThat(answer(status, "", "").judge(NOW, BadRequest.ALL_OR_NOTHING))
                .isInstanceOfSatisfying(ExportResult.Refused.class, refused -> assertThat(refused.divisible())
                        .isEqualTo(divisible));
    }

    @Test
    void judge_redirect_advisesTheFinalUrlWithoutItsQuery() {
        Answer answer = new Answer(
                308,
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.of("https://other.example/v1/traces?key=secret"),
                new byte[0]);

        assertThat(answer.judge(NOW, BadRequest.ALL_OR_NOTHING))
                .isInstanceOfSatisfying(ExportResult.Refused.class, refused -> assertThat(refused.message())
                        .contains("https://other.example/v1/traces")
                        .doesNotContain("secret"));
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, '{\"partialSuccess\":{\"rejectedSpans\":\"3\",\"errorMessage\":\"too old\"}}', 3, too old",
        "application/json, '{\"partialSuccess\":{\"rejectedDataPoints\":4}}', 4, ''",
        "application/json, '{\"partial_success\":{\"rejectedLogRecords\":5}}', 5, ''",
        "'', '{\"partialSuccess\":{\"errorMessage\":\"only a warning\"}}', 0, only a warning",
        "application/json, '{}', 0, ''",
        "application/json, '', 0, ''",
        "text/html, <html>, 0, ''",
        "application/json, '{broken', 0, ''"
    })
    void judge_success_readsPartialSuccess(String type, String body, long rejected, String message) {
        assertThat(answer(200, type, body).judge(NOW, BadRequest.ALL_OR_NOTHING))
                .isEqualTo(new ExportResult.Accepted(200, rejected, message));
    }

    @Test
    void judge_errorWithControlCharacters_isOneBoundedLine() {
        assertThat(answer(400, "text/plain", "bad\r\n\u001b[31mthing" + "x".repeat(9000))
                        .judge(NOW, BadRequest.ALL_OR_NOTHING))
                .isInstanceOfSatisfying(ExportResult.Refused.class, refused -> assertThat(refused.message())
                        .startsWith("bad [31mthing")
                        .hasSizeLessThan(600)
                        .doesNotContain("\n"));
    }

    @Test
    void judge_protobufStatus_showsItsMessage() {
        byte[] status = {8, 3, 18, 4, 'o', 'o', 'p', 's'};
        for (String type : List.of("application/x-protobuf", "application/octet-stream")) {
            Answer answer = new Answer(400, type, Optional.empty(), Optional.empty(), Optional.empty(), status);

            assertThat(answer.judge(NOW, BadRequest.ALL_OR_NOTHING))
                    .isEqualTo(new ExportResult.Refused(400, true, "oops"));
        }
    }

    @Test
    void judge_textCalledBytes_isShown() {
        assertThat(answer(400, "application/octet-stream", "no such tenant").judge(NOW, BadRequest.ALL_OR_NOTHING))
                .isEqualTo(new ExportResult.Refused(400, true, "no such tenant"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | | PT0S",
                "7 | | PT7S",
                "Sun, 22 Nov 2026 10:00:30 GMT | | PT30S",
                "Sun, 22 Nov 2026 09:00:30 GMT | | PT0S",
                "Sun, 22 Nov 2026 09:00:30 GMT | Sun, 22 Nov 2026 09:00:20 GMT | PT10S",
                "Sun, 22 Nov 2026 10:00:30 GMT | garbage | PT30S"
            })
    void retryAfter_secondsOrDate_isRead(String header, String date, Duration expected) {
        assertThat(RetryAfter.parse(Optional.of(header), Optional.ofNullable(date), NOW))
                .contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-3", "1.5", "99999999999999999999"})
    void retryAfter_unreadable_isIgnored(String header) {
        assertThat(RetryAfter.parse(Optional.of(header), Optional.empty(), NOW)).isEmpty();
    }

    private static Answer answer(int status, String type, String body) {
        return new Answer(
                status,
                type,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                body.getBytes(StandardCharsets.UTF_8));
    }
}
