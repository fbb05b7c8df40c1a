package dev.cxotel.bridge.otlp.dialect;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.MemoryMode;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.DefaultAggregationSelector;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import java.util.List;

/** A reader of one provider's meters that collects when it is told to, into points that nobody changes afterwards. */
public final class OnDemandReader implements MetricReader {

    private final AggregationTemporalitySelector temporality;
    private final DefaultAggregationSelector aggregation;
    private CollectionRegistration registration = CollectionRegistration.noop();

    public OnDemandReader(AggregationTemporalitySelector temporality, DefaultAggregationSelector aggregation) {
        this.temporality = temporality;
        this.aggregation = aggregation;
    }

    /** All that was measured since the start, or with delta temporality since the last time. */
    public List<MetricData> collect() {
        return List.copyOf(registration.collectAllMetrics());
    }

    @Override
    public void register(CollectionRegistration registration) {
        this.registration = registration;
    }

    @Override
    public AggregationTemporality getAggregationTemporality(InstrumentType type) {
        return temporality.getAggregationTemporality(type);
    }

    @Override
    public Aggregation getDefaultAggregation(InstrumentType type) {
        return aggregation.getDefaultAggregation(type);
    }

    @Override
    public MemoryMode getMemoryMode() {
        return MemoryMode.IMMUTABLE_DATA;
    }

    @Override
    public CompletableResultCode forceFlush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }
}
