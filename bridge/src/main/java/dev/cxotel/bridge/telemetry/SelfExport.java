package dev.cxotel.bridge.telemetry;

import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.time.Duration;

/**
 * A destination of the bridge's own metrics; temporality and aggregation are the exporter's.
 *
 * @param exporter closed with the telemetry
 * @param interval between two exports; at least 1 ms
 */
public record SelfExport(MetricExporter exporter, Duration interval) {}
