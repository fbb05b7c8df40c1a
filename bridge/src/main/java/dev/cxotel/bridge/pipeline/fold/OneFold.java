package dev.cxotel.bridge.pipeline.fold;

import dev.cxotel.bridge.signal.Measurement;
import dev.cxotel.bridge.signal.Scope;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import io.opentelemetry.sdk.metrics.export.DefaultAggregationSelector;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Instant;
import java.util.List;

/**
 * Measurements folded once, outside any pipeline, as a cumulative destination with explicit bounds would get them. For
 * one thread.
 */
public final class OneFold implements AutoCloseable {

    private final Instant time;
    private final Fold fold;

    /**
     * @param cardinalityLimit series per metric and resource
     * @param time of all points, start and end
     */
    public OneFold(int cardinalityLimit, Instant time) {
        this.time = time;
        this.fold = new Fold(
                new MeterSettings(
                        Scope.INFO,
                        AggregationTemporalitySelector.alwaysCumulative(),
                        DefaultAggregationSelector.getDefault(),
                        cardinalityLimit),
                time);
    }

    /** Adds the measurements of one event. */
    public void add(Resource resource, List<Measurement> measurements) {
        if (!measurements.isEmpty()) {
            fold.record(new Measured(resource, measurements));
        }
    }

    public List<MetricData> collect() {
        return fold.collect(time);
    }

    @Override
    public void close() {
        fold.close();
    }
}
