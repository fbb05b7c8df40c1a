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
        "301, Misdirected",
        "307, Misdirected",
        "400, Refused",
        "401, Unauthorized",
        "403, Unauthorized",
        "404, Misdirected",
        "405, Misdirected",
        "408, Retryable",
        "413, TooLarge",
        "415, Misdirected",
        "422, Refused",
        "429, Retryable",
        "500, Retryable",
        "501, Misdirected",
        "502, Retryable",
        "503, Retryable",
        "504, Retryable",
        "530, Retryable"
    })
    void judge_everyStatus_isOfOneClass(int status, String expected) {
        assertThat(answer(status, "", "")
                        .judge(NOW, BadRequest.ALL_OR_NOTHING)
                        .getClass()
                        .getSimpleName())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"400, true", "422, true"})
    void judge_refused_saysWhetherPartsAreWorthATry(int status, boolean divisible) {
        assertThat(answer(status, "", "").judge(NOW, BadRequest.ALL_OR_NOTHING))
                .isInstanceOfSatisfying(ExportResult.Refused.class, refused -> assertThat(refused.divisible())
                        .isEqualTo(divisible));
    }

    /** Property over every status: the data end only by what judges them. */
    @Test
    void judge_anyOtherStatus_neverCostsData() {
        for (int status = 100; status < 1000; status++) {
            if (status == 400 || status == 413 || status == 422 || status / 100 == 2) {
                continue;
            }
            for (String type : List.of("", "text/html", "text/plain")) {
                for (BadRequest rest : BadRequest.values()) {
                    assertThat(answer(status, type, "no").judge(NOW, rest))
                            .as("%d %s", status, type)
                            .isInstanceOfAny(
                                    ExportResult.Retryable.class,
                                    ExportResult.Unauthorized.class,
                                    ExportResult.Misdirected.class);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "200, text/html, ok",
        "200, 'Text/HTML; charset=utf-8', ''",
        "202, '', ' <!doctype html>'",
        "200, application/json, '<html>'",
        "400, text/html, '<h1>400 The plain HTTP request was sent to HTTPS port</h1>'",
        "422, text/html, no tenant"
    })
    void judge_webPage_neverJudgesTheData(int status, String type, String body) {
        assertThat(answer(status, type, body).judge(NOW, BadRequest.PARTIAL))
                .isInstanceOf(ExportResult.Misdirected.class);
    }

    @ParameterizedTest
    @CsvSource({"200, ''", "204, ''", "200, OK", "202, '{\"status\":\"queued\"}'"})
    void judge_anyOtherSuccess_isAccepted(int status, String body) {
        assertThat(answer(status, "text/plain", body).judge(NOW, BadRequest.ALL_OR_NOTHING))
                .isEqualTo(new ExportResult.Accepted(status, 0, ""));
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
                .isInstanceOfSatisfying(ExportResult.Misdirected.class, refused -> assertThat(refused.message())
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
        "application/json, '{\"partial_success\":{\"rejected_spans\":1,\"error_message\":\"no\"}}', 1, no",
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
