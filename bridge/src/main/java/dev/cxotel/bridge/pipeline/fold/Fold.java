package dev.cxotel.bridge.pipeline.fold;

import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measurements of any resources, folded into points with chosen times. For one thread. */
public final class Fold implements AutoCloseable {

    private final MeterSettings settings;
    private final SetClock clock;
    private final Map<Resource, ResourceMeter> meters = new LinkedHashMap<>();

    /** @param start the start time of delta points */
    public Fold(MeterSettings settings, Instant start) {
        this.settings = settings;
        this.clock = new SetClock(start);
    }

    /** The start time of the cumulative series that are seen first from now on, and the time of exemplars. */
    public void setTime(Instant time) {
        clock.set(time);
    }

    /** Adds what one event measured: one meter provider per resource; all of them share the fold's clock. */
    public void record(Measured measured) {
        ResourceMeter meter =
                meters.computeIfAbsent(measured.resource(), resource -> new ResourceMeter(resource, settings, clock));
        measured.measurements().forEach(meter::record);
    }

    /** The points, with {@code end} as their time and that of their exemplars. */
    public List<MetricData> collect(Instant end) {
        clock.set(end);
        List<MetricData> metrics = new ArrayList<>();
        meters.values()
                .forEach(meter -> meter.collect().forEach(metric -> metrics.add(Exemplars.at(metric, clock.now()))));
        return metrics;
    }

    /** Whether nothing has been recorded yet. */
    public boolean isEmpty() {
        return meters.isEmpty();
    }

    @Override
    public void close() {
        meters.values().forEach(ResourceMeter::close);
    }
}
