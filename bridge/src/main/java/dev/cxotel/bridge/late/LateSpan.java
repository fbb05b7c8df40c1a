package dev.cxotel.bridge.late;

import dev.cxotel.bridge.event.Payload;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;

/**
 * A span that was too old for a destination, as it would have been sent.
 *
 * @param parentId hexadecimal digits; empty for a span without parent
 * @param resource the attributes of its resource
 */
record LateSpan(
        String name,
        SpanContext context,
        String parentId,
        long startEpochNanos,
        long endEpochNanos,
        boolean failed,
        Attributes attributes,
        Attributes resource)
        implements Payload {}
