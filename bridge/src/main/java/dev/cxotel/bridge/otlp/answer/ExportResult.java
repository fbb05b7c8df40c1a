package dev.cxotel.bridge.otlp.answer;

import dev.cxotel.bridge.config.DestinationConfig.BadRequest;
import java.time.Duration;
import java.util.Optional;

/** The end of one export request. */
public sealed interface ExportResult {

    /** The HTTP status; 0 when no answer came, and over gRPC. */
    int status();

    /** What the backend said, or why there was no answer; bounded, may be empty and may hold payload values. */
    String message();

    /**
     * The backend took the request. It must not be sent again, whatever was rejected.
     *
     * @param rejected items that the backend says it refused; which ones it does not say
     * @param message what it says about them, or a warning; may be empty and may hold payload values
     */
    record Accepted(int status, long rejected, String message) implements ExportResult {}

    /**
     * The same request may succeed later.
     *
     * @param after how long the backend asks to wait
     * @param reason a fixed word in snake_case
     * @param message bounded, for a person
     */
    record Retryable(int status, Optional<Duration> after, String reason, String message) implements ExportResult {}

    /** The key is wrong or lacks a right. The data are in order: keep them, ask again slowly, tell a person. */
    record Unauthorized(int status, String message) implements ExportResult {}

    /**
     * The answer says something about the address, the protocol or a proxy in between and nothing about the data: keep
     * them, ask again slowly, tell a person.
     *
     * @param message bounded, for a person; may hold payload values
     */
    record Misdirected(int status, String message) implements ExportResult {}

    /** The request is larger than the backend takes; its parts may be welcome. */
    record TooLarge(int status, String message) implements ExportResult {}

    /**
     * The backend judged the data of this request and will never take it.
     *
     * @param divisible whether one bad item may have spoiled the others, so that parts are worth a try
     * @param message bounded, for a person; may hold payload values
     */
    record Refused(int status, boolean divisible, String message) implements ExportResult {}

    /**
     * The backend refused something of the request and stored the rest: it must not be sent again, nor its parts.
     *
     * @param message bounded, for a person; may hold payload values
     */
    record TakenInPart(int status, String message) implements ExportResult {}

    /** A request of which something is bad, answered by a backend that treats the rest so. */
    static ExportResult ofBadRequest(int status, String message, BadRequest rest) {
        return switch (rest) {
            case ALL_OR_NOTHING -> new Refused(status, true, message);
            case PARTIAL -> new TakenInPart(status, message);
        };
    }

    /** What the answer is called before a person: the HTTP status and the message; a message without one says all. */
    static String answer(int status, String message) {
        return status == 0 ? message : ("HTTP " + status + " " + message).strip();
    }

    /** The word in self-metrics: {@code accepted}, {@code retryable}, {@code refused} or {@code unauthorized}. */
    default String word() {
        return switch (this) {
            case Accepted accepted -> "accepted";
            case Retryable retryable -> "retryable";
            case Unauthorized unauthorized -> "unauthorized";
            case Misdirected misdirected -> "retryable";
            case TooLarge tooLarge -> "refused";
            case Refused refused -> "refused";
            case TakenInPart taken -> "refused";
        };
    }
}
