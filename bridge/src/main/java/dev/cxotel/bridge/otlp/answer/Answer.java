package dev.cxotel.bridge.otlp.answer;

import dev.cxotel.bridge.config.DestinationConfig.BadRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
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
     * What the answer means: the one place where a status becomes a decision. Only 400, 413 and 422 judge the data, and
     * only where no web page says them. Every other status says something about the way, the key, the address or the
     * hour, and the data are kept. OTLP's specification gives up on other 4xx and 5xx; this deviates from it, since what
     * was acknowledged to the sender must not be lost by a proxy's answer.
     */
    public ExportResult judge(Instant now, BadRequest badRequest) {
        if (status >= 200 && status < 300) {
            if (isWebPage()) {
                return new ExportResult.Misdirected(
                        status,
                        "the endpoint answers with a web page, not as an OTLP receiver: check the URL. " + text());
            }
            PartialSuccess partial = PartialSuccess.parse(contentType, body);
            return new ExportResult.Accepted(status, partial.rejected(), partial.message());
        }
        if (isHtml() && (status == 400 || status == 422)) {
            return new ExportResult.Misdirected(
                    status,
                    "a web page answers, not an OTLP receiver: check the URL and whether it wants TLS. " + text());
        }
        return switch (status) {
            case 408, 409, 421, 425, 429 ->
                new ExportResult.Retryable(status, RetryAfter.parse(retryAfter, date, now), reason(), text());
            case 401, 403 -> new ExportResult.Unauthorized(status, text());
            case 413 -> new ExportResult.TooLarge(status, text());
            case 400 -> ExportResult.ofBadRequest(status, text(), badRequest);
            case 422 -> new ExportResult.Refused(status, true, text());
            case 501, 505 -> new ExportResult.Misdirected(status, advice() + text());
            default ->
                status >= 500
                        ? new ExportResult.Retryable(status, RetryAfter.parse(retryAfter, date, now), reason(), text())
                        : new ExportResult.Misdirected(status, advice() + text());
        };
    }

    /** Whether a success is a web page's, such as the fallback page of a site where no OTLP receiver is. */
    private boolean isWebPage() {
        return isHtml()
                || new String(body, StandardCharsets.ISO_8859_1).stripLeading().startsWith("<");
    }

    private boolean isHtml() {
        return contentType.strip().toLowerCase(Locale.ROOT).startsWith("text/html");
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
            case 404, 405, 501 -> "the endpoint does not take OTLP of this signal at this path: check the URL. ";
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
