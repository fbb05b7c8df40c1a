package dev.cxotel.bridge.otlp.dialect;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.MemoryMode;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.export.MetricExporter;

/** An exporter that hands what it made of the metrics to another one, and is in all else as that one. */
abstract class ForwardedMetrics implements MetricExporter {

    /** Who sends them. */
    final MetricExporter exporter;

    ForwardedMetrics(MetricExporter exporter) {
        this.exporter = exporter;
    }

    @Override
    public final CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public final CompletableResultCode shutdown() {
        return exporter.shutdown();
    }

    @Override
    public final AggregationTemporality getAggregationTemporality(InstrumentType instrument) {
        return exporter.getAggregationTemporality(instrument);
    }

    @Override
    public final Aggregation getDefaultAggregation(InstrumentType instrument) {
        return exporter.getDefaultAggregation(instrument);
    }

    @Override
    public final MemoryMode getMemoryMode() {
        return exporter.getMemoryMode();
    }
}
