package dev.cxotel.bridge.late;

import dev.cxotel.semconv.CxoneAttributes;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A log record under another time than its own, which stands in an attribute. */
record Restamped(LogRecordData log, long timestampEpochNanos, Attributes attributes) implements LogRecordData {
    static Restamped of(LogRecordData log, long timestampEpochNanos) {
        String own = Instant.ofEpochSecond(0, log.getTimestampEpochNanos()).toString();
        return new Restamped(
                log,
                timestampEpochNanos,
                log.getAttributes().toBuilder()
                        .put(CxoneAttributes.CXONE_ORIGINAL_TIME, own)
                        .build());
    }

    @Override
    public long getTimestampEpochNanos() {
        return timestampEpochNanos;
    }

    @Override
    public Attributes getAttributes() {
        return attributes;
    }

    @Override
    public int getTotalAttributeCount() {
        return log.getTotalAttributeCount() + 1;
    }

    @Override
    public Resource getResource() {
        return log.getResource();
    }

    @Override
    public InstrumentationScopeInfo getInstrumentationScopeInfo() {
        return log.getInstrumentationScopeInfo();
    }

    @Override
    public long getObservedTimestampEpochNanos() {
        return log.getObservedTimestampEpochNanos();
    }

    @Override
    public SpanContext getSpanContext() {
        return log.getSpanContext();
    }

    @Override
    public Severity getSeverity() {
        return log.getSeverity();
    }

    @Override
    public @Nullable String getSeverityText() {
        return log.getSeverityText();
    }

    @Override
    @Deprecated
    public io.opentelemetry.sdk.logs.data.Body getBody() {
        return log.getBody();
    }

    @Override
    public @Nullable Value<?> getBodyValue() {
        return log.getBodyValue();
    }

    @Override
    public @Nullable String getEventName() {
        return log.getEventName();
    }
}
