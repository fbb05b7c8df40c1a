package dev.cxotel.bridge.otlp;

import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.SpanData;

/** A span that the exporter stumbles over. */
final class BrokenSpan extends DelegatingSpanData {

    BrokenSpan(SpanData span) {
        super(span);
    }

    @Override
    public String getName() {
        throw new IllegalStateException("no name");
    }
}
