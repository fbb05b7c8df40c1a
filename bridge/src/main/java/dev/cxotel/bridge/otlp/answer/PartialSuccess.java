package dev.cxotel.bridge.otlp.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.IOException;
import java.util.List;

/**
 * What the body of a success says was not taken. Traces, metrics and logs answer with the same fields, so one reading
 * fits all. A body that is empty or garbage says nothing, and the success stands.
 */
record PartialSuccess(long rejected, String message) {

    private static final PartialSuccess NONE = new PartialSuccess(0, "");
    /** proto3's JSON may bear either spelling of a name. */
    private static final List<String> REJECTED = List.of(
            "rejectedSpans",
            "rejectedLogRecords",
            "rejectedDataPoints",
            "rejected_spans",
            "rejected_log_records",
            "rejected_data_points");

    private static final ObjectMapper JSON = new ObjectMapper();

    static PartialSuccess parse(String contentType, byte[] body) {
        if (body.length == 0) {
            return NONE;
        }
        return contentType.startsWith("application/json") || body[0] == '{' ? fromJson(body) : fromProtobuf(body);
    }

    private static PartialSuccess fromProtobuf(byte[] body) {
        try {
            ExportTracePartialSuccess partial =
                    ExportTraceServiceResponse.parseFrom(body).getPartialSuccess();
            return of(partial.getRejectedSpans(), partial.getErrorMessage());
        } catch (InvalidProtocolBufferException e) {
            return NONE;
        }
    }

    private static PartialSuccess fromJson(byte[] body) {
        try {
            JsonNode document = JSON.readTree(body);
            JsonNode partial = document.path("partialSuccess");
            if (partial.isMissingNode()) {
                partial = document.path("partial_success");
            }
            String message = partial.path(partial.has("errorMessage") ? "errorMessage" : "error_message")
                    .asText();
            for (String field : REJECTED) {
                if (partial.has(field)) {
                    return of(partial.path(field).asLong(0), message);
                }
            }
            return of(0, message);
        } catch (IOException e) {
            return NONE;
        }
    }

    private static PartialSuccess of(long rejected, String message) {
        return new PartialSuccess(Math.max(0, rejected), ErrorText.bounded(message));
    }
}
