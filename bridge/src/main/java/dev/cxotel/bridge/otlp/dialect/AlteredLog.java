package dev.cxotel.bridge.otlp.dialect;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import org.jspecify.annotations.Nullable;

/**
 * A log record under another time or with other attributes.
 *
 * @param log whose all else is
 * @param totalAttributeCount the attributes before the limit on their number
 */
public record AlteredLog(LogRecordData log, long timestampEpochNanos, Attributes attributes, int totalAttributeCount)
        implements LogRecordData {

    /** The same at the same time. */
    public AlteredLog(LogRecordData log, Attributes attributes, int totalAttributeCount) {
        this(log, log.getTimestampEpochNanos(), attributes, totalAttributeCount);
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
    public long getTimestampEpochNanos() {
        return timestampEpochNanos;
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

    @Override
    public Attributes getAttributes() {
        return attributes;
    }

    @Override
    public int getTotalAttributeCount() {
        return totalAttributeCount;
    }
}
