package dev.cxotel.bridge.otlp;

import dev.cxotel.bridge.config.DestinationConfig;
import dev.cxotel.bridge.otlp.connection.RequestHeaders;
import dev.cxotel.bridge.signal.Signal;
import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.export.MemoryMode;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import io.opentelemetry.sdk.metrics.export.DefaultAggregationSelector;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;

/** Exporters over HTTP/protobuf. */
record HttpExporters(
        DestinationConfig config,
        RequestHeaders headers,
        ComponentLoader senders,
        AggregationTemporalitySelector temporality,
        DefaultAggregationSelector aggregation)
        implements Exporters {
    @Override
    public SpanExporter spans(URI endpoint) {
        return OtlpHttpSpanExporter.builder()
                .setEndpoint(endpoint.toString())
                .setHeaders(headers.of(Signal.TRACES))
                .setCompression(config.gzip() ? "gzip" : "none")
                .setTimeout(config.timeout())
                .setRetryPolicy(null)
                .setComponentLoader(senders)
                .build();
    }

    @Override
    public MetricExporter metrics(URI endpoint) {
        return OtlpHttpMetricExporter.builder()
                .setEndpoint(endpoint.toString())
                .setHeaders(headers.of(Signal.METRICS))
                .setCompression(config.gzip() ? "gzip" : "none")
                .setTimeout(config.timeout())
                .setRetryPolicy(null)
                .setComponentLoader(senders)
                .setAggregationTemporalitySelector(temporality)
                .setDefaultAggregationSelector(aggregation)
                .setMemoryMode(MemoryMode.IMMUTABLE_DATA)
                .build();
    }

    @Override
    public LogRecordExporter logs(URI endpoint) {
        return OtlpHttpLogRecordExporter.builder()
                .setEndpoint(endpoint.toString())
                .setHeaders(headers.of(Signal.LOGS))
                .setCompression(config.gzip() ? "gzip" : "none")
                .setTimeout(config.timeout())
                .setRetryPolicy(null)
                .setComponentLoader(senders)
                .build();
    }
}
