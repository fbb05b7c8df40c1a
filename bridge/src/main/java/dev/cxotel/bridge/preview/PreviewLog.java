package dev.cxotel.bridge.preview;

import java.time.Instant;
import java.util.Map;

/**
 * A log record as it was decoded.
 *
 * @param traceId empty when it belongs to no span
 * @param eventName the field of that name, else the attribute {@code event.name}, else empty
 * @param severity such as {@code INFO}
 */
public record PreviewLog(
        String traceId,
        String spanId,
        String service,
        String eventName,
        String severity,
        Instant time,
        String body,
        Map<String, Object> attributes) {

    public PreviewLog {
        attributes = Map.copyOf(attributes);
    }
}
