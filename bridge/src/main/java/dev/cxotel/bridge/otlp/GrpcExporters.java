package dev.cxotel.bridge.otlp;

import dev.cxotel.bridge.otlp.connection.Tls;
import dev.cxotel.bridge.signal.Signal;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.common.export.MemoryMode;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;

/** Exporters over gRPC. */
record GrpcExporters(ExportSettings settings, Tls tls) implements Exporters {
    @Override
    public SpanExporter spans(URI endpoint) {
        return OtlpGrpcSpanExporter.builder()
                .setEndpoint(endpoint.toString())
                .setHeaders(settings.headers(Signal.TRACES))
                .setCompression(settings.compression())
                .setTimeout(settings.timeout())
                .setRetryPolicy(null)
                .setComponentLoader(settings.senders())
                .setSslContext(tls.context(), tls.trust())
                .build();
    }

    @Override
    public MetricExporter metrics(URI endpoint) {
        return OtlpGrpcMetricExporter.builder()
                .setEndpoint(endpoint.toString())
                .setHeaders(settings.headers(Signal.METRICS))
                .setCompression(settings.compression())
                .setTimeout(settings.timeout())
                .setRetryPolicy(null)
                .setComponentLoader(settings.senders())
                .setSslContext(tls.context(), tls.trust())
                .setAggregationTemporalitySelector(settings.temporality())
                .setDefaultAggregationSelector(settings.aggregation())
                .setMemoryMode(MemoryMode.IMMUTABLE_DATA)
                .build();
    }

    @Override
    public LogRecordExporter logs(URI endpoint) {
        return OtlpGrpcLogRecordExporter.builder()
                .setEndpoint(endpoint.toString())
                .setHeaders(settings.headers(Signal.LOGS))
                .setCompression(settings.compression())
                .setTimeout(settings.timeout())
                .setRetryPolicy(null)
                .setComponentLoader(settings.senders())
                .setSslContext(tls.context(), tls.trust())
                .build();
    }
}
