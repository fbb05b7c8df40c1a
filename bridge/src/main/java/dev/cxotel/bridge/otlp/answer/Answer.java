package dev.cxotel.bridge.otlp.answer;

import dev.cxotel.bridge.config.DestinationConfig.BadRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * What a backend answered.
 *
 * @param contentType empty when the header is absent
 * @param retryAfter the header's text
 * @param date the header's text
 * @param location the header's text
 * @param body as much as was read; empty when it was longer than is worth reading
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record Answer(
        int status,
        String contentType,
        Optional<String> retryAfter,
        Optional<String> date,
        Optional<String> location,
        byte[] body) {

    /**
     * What the answer means: the one place where a status becomes a decision. OTLP's specification retries 429, 502, 503
     * and 504 and nothing else; 401 and 403 say nothing about the data, which is why they are kept.
     */
    public ExportResult judge(Instant now, BadRequest badRequest) {
        if (status >= 200 && status < 300) {
            PartialSuccess partial = PartialSuccess.parse(contentType, body);
            return new ExportResult.Accepted(status, partial.rejected(), partial.message());
        }
        return switch (status) {
            case 429, 502, 503, 504 ->
                new ExportResult.Retryable(status, RetryAfter.parse(retryAfter, date, now), reason(), text());
            case 401, 403 -> new ExportResult.Unauthorized(status, text());
            case 413 -> new ExportResult.TooLarge(status, text());
            case 400 -> ExportResult.ofBadRequest(status, text(), badRequest);
            case 422 -> new ExportResult.Refused(status, true, text());
            default -> new ExportResult.Refused(status, false, advice() + text());
        };
    }

    private String reason() {
        return status == 429 ? "throttled" : "unavailable";
    }

    private String advice() {
        if (status >= 300 && status < 400) {
            return "the endpoint redirects"
                    + location.map(target -> " to " + withoutQuery(target)).orElse("")
                    + "; redirects are not followed: configure the final URL. ";
        }
        return switch (status) {
            case 404, 405 -> "the endpoint does not take OTLP at this path: check the URL. ";
            case 415 -> "the endpoint does not take OTLP as protobuf over HTTP. ";
            default -> "";
        };
    }

    private static String withoutQuery(String target) {
        int query = target.indexOf('?');
        return ErrorText.bounded(query < 0 ? target : target.substring(0, query));
    }

    private String text() {
        return ErrorText.of(contentType, body);
    }
}
