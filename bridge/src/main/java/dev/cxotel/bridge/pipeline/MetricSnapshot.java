package dev.cxotel.bridge.pipeline;

import dev.cxotel.bridge.signal.Measurement;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import io.opentelemetry.sdk.metrics.export.DefaultAggregationSelector;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Instant;
import java.util.List;

/** The points that some measurements alone would make, cumulative and with explicit buckets: for looking at. */
public final class MetricSnapshot implements AutoCloseable {

    private final Fold fold;

    /** @param start the start time of the points */
    public MetricSnapshot(InstrumentationScopeInfo scope, int cardinalityLimit, Instant start) {
        this.fold = new Fold(
                new MeterSettings(
                        scope,
                        AggregationTemporalitySelector.alwaysCumulative(),
                        DefaultAggregationSelector.getDefault(),
                        cardinalityLimit),
                start);
    }

    public void record(Resource resource, List<Measurement> measurements) {
        fold.record(new Measured(resource, measurements));
    }

    /** The points, with {@code end} as their time. */
    public List<MetricData> collect(Instant end) {
        return fold.collect(end);
    }

    @Override
    public void close() {
        fold.close();
    }
}
