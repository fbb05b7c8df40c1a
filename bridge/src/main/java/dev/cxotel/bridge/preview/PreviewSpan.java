package dev.cxotel.bridge.preview;

import java.time.Instant;
import java.util.Map;

/**
 * A span as it was decoded.
 *
 * @param parentId empty for a root
 * @param service {@code service.name} of its resource
 * @param attributes values are String, Long, Double, Boolean or List of these
 */
public record PreviewSpan(
        String traceId,
        String spanId,
        String parentId,
        String service,
        String name,
        Instant start,
        Instant end,
        boolean error,
        String description,
        Map<String, Object> attributes) {

    public PreviewSpan {
        attributes = Map.copyOf(attributes);
    }
}
