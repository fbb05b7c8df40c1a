package dev.cxotel.bridge.signal;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;

/**
 * A log event that was made from an event.
 *
 * @param eventName the OpenTelemetry event name, such as {@code cxone.voice.quality}
 * @param context the span of the same event
 * @param body one sentence for a person, without personal data
 * @param totalAttributeCount the attributes before the limit on their number
 */
public record BridgeLog(
        String eventName,
        long timestampEpochNanos,
        long observedTimestampEpochNanos,
        SpanContext context,
        Severity severity,
        String body,
        Attributes attributes,
        int totalAttributeCount,
        Resource resource)
        implements LogRecordData {

    @Override
    public String getEventName() {
        return eventName;
    }

    @Override
    public Resource getResource() {
        return resource;
    }

    @Override
    public InstrumentationScopeInfo getInstrumentationScopeInfo() {
        return Scope.INFO;
    }

    @Override
    public long getTimestampEpochNanos() {
        return timestampEpochNanos;
    }

    @Override
    public long getObservedTimestampEpochNanos() {
        return observedTimestampEpochNanos;
    }

    @Override
    public SpanContext getSpanContext() {
        return context;
    }

    @Override
    public Severity getSeverity() {
        return severity;
    }

    @Override
    public String getSeverityText() {
        return severity.name();
    }

    @Override
    @Deprecated
    public io.opentelemetry.sdk.logs.data.Body getBody() {
        return io.opentelemetry.sdk.logs.data.Body.string(body);
    }

    @Override
    public Value<?> getBodyValue() {
        return Value.of(body);
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
