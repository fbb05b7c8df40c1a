package dev.cxotel.bridge.otlp.answer;

import dev.cxotel.bridge.config.DestinationConfig.BadRequest;
import io.opentelemetry.sdk.common.export.GrpcStatusCode;
import java.util.Optional;

/**
 * What a backend answered over gRPC. The sender below shows no metadata, hence no {@code RetryInfo}: how long a backend
 * wants to be left alone is not known.
 *
 * @param description the status's own message
 * @param message the response, as protobuf; empty unless the status is OK
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record GrpcAnswer(GrpcStatusCode code, String description, byte[] message) {
    /**
     * What the answer means. Only INVALID_ARGUMENT and a message that is too large judge the data. OTLP's specification retries RESOURCE_EXHAUSTED only with a {@code RetryInfo}; it is retried
     * here at any rate, with the bridge's own growing waits, for the data are in order. A server's complaint that the
     * message is too large bears the same status and is told by its words.
     */
    public ExportResult judge(BadRequest badRequest) {
        return switch (code) {
            case OK -> {
                PartialSuccess partial = PartialSuccess.parse("application/grpc", message);
                yield new ExportResult.Accepted(0, partial.rejected(), partial.message());
            }
            case CANCELLED, ABORTED, OUT_OF_RANGE, UNAVAILABLE, DATA_LOSS, INTERNAL -> retryable("unavailable");
            case DEADLINE_EXCEEDED -> retryable("timeout");
            case RESOURCE_EXHAUSTED -> isTooLarge() ? new ExportResult.TooLarge(0, text()) : retryable("throttled");
            case UNAUTHENTICATED, PERMISSION_DENIED -> new ExportResult.Unauthorized(0, text());
            case INVALID_ARGUMENT -> ExportResult.ofBadRequest(0, text(), badRequest);
            case UNKNOWN -> retryable(description.isBlank() ? "no_grpc" : "unavailable");
            case UNIMPLEMENTED, NOT_FOUND ->
                new ExportResult.Misdirected(
                        0, "the endpoint does not take OTLP of this signal over gRPC: check the URL. " + text());
            case ALREADY_EXISTS, FAILED_PRECONDITION -> new ExportResult.Misdirected(0, text());
        };
    }

    private ExportResult retryable(String reason) {
        return new ExportResult.Retryable(0, Optional.empty(), reason, text());
    }

    /** As the servers of grpc-go and grpc-java say it. */
    private boolean isTooLarge() {
        return description.contains("larger than max") || description.contains("exceeds maximum size");
    }

    private String text() {
        return ("gRPC " + code + " " + ErrorText.bounded(description)).strip();
    }
}
