package dev.cxotel.bridge.doctor;

import dev.cxotel.bridge.otlp.answer.ExportResult;
import dev.cxotel.bridge.otlp.answer.ExportResult.Accepted;
import dev.cxotel.bridge.otlp.answer.ExportResult.Misdirected;
import dev.cxotel.bridge.otlp.answer.ExportResult.Refused;
import dev.cxotel.bridge.otlp.answer.ExportResult.Retryable;
import dev.cxotel.bridge.otlp.answer.ExportResult.TakenInPart;
import dev.cxotel.bridge.otlp.answer.ExportResult.TooLarge;
import dev.cxotel.bridge.otlp.answer.ExportResult.Unauthorized;

/** The HTTP status that says what an answer over gRPC says, so that the same advice holds. */
final class GrpcKind {

    private GrpcKind() {}

    /** 0 when no answer came. */
    static int of(ExportResult result) {
        return switch (result) {
            case Unauthorized unauthorized -> unauthorized.message().startsWith("gRPC PERMISSION_DENIED") ? 403 : 401;
            case TooLarge tooLarge -> 413;
            case Misdirected misdirected -> misdirected.message().contains("gRPC UNIMPLEMENTED") ? 404 : 400;
            case Refused refused -> 400;
            case Retryable retryable ->
                switch (retryable.reason()) {
                    case "throttled" -> 429;
                    case "unavailable" -> 503;
                    case "no_grpc" -> 415;
                    default -> 0;
                };
            case Accepted accepted -> 200;
            case TakenInPart taken -> 400;
        };
    }
}
