package dev.cxotel.bridge.otlp;

import dev.cxotel.bridge.signal.Signal;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.export.MemoryMode;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;

/** Exporters over HTTP/protobuf. */
record HttpExporters(ExportSettings settings) implements Exporters {
    @Override
    public SpanExporter spans(URI endpoint) {
        return OtlpHttpSpanExporter.builder()
                .setEndpoint(endpoint.toString())
                .setHeaders(settings.headers(Signal.TRACES))
                .setCompression(settings.compression())
                .setTimeout(settings.timeout())
                .setRetryPolicy(null)
                .setComponentLoader(settings.senders())
                .build();
    }

    @Override
    public MetricExporter metrics(URI endpoint) {
        return OtlpHttpMetricExporter.builder()
                .setEndpoint(endpoint.toString())
                .setHeaders(settings.headers(Signal.METRICS))
                .setCompression(settings.compression())
                .setTimeout(settings.timeout())
                .setRetryPolicy(null)
                .setComponentLoader(settings.senders())
                .setAggregationTemporalitySelector(settings.temporality())
                .setDefaultAggregationSelector(settings.aggregation())
                .setMemoryMode(MemoryMode.IMMUTABLE_DATA)
                .build();
    }

    @Override
    public LogRecordExporter logs(URI endpoint) {
        return OtlpHttpLogRecordExporter.builder()
                .setEndpoint(endpoint.toString())
                .setHeaders(settings.headers(Signal.LOGS))
                .setCompression(settings.compression())
                .setTimeout(settings.timeout())
                .setRetryPolicy(null)
                .setComponentLoader(settings.senders())
                .build();
    }
}
