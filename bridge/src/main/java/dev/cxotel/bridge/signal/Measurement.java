package dev.cxotel.bridge.signal;

import dev.cxotel.semconv.MetricDefinition;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;

/**
 * One value for one instrument.
 *
 * @param value in the metric's unit; a counter's increment is 1
 * @param attributes already reduced to the metric's allow-list
 * @param span the span of the same event, carried into exemplars
 */
public record Measurement(MetricDefinition metric, double value, Attributes attributes, SpanContext span) {}
