package dev.cxotel.bridge.pipeline.metrics;

import dev.cxotel.bridge.pipeline.fold.MeterSettings;
import dev.cxotel.bridge.pipeline.work.Exporter;
import io.opentelemetry.sdk.metrics.data.MetricData;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a destination wants of metrics.
 *
 * @param items most points of a request
 * @param bytes most bytes of a request
 * @param spacing the least distance of two points of one series
 * @param maxAge of a point; empty: any
 * @param translation names what makes points of events, across restarts
 */
public record MetricsTarget(
        Exporter<MetricData> exporter,
        MeterSettings meters,
        int items,
        long bytes,
        Duration interval,
        Duration spacing,
        Optional<Duration> maxAge,
        String translation) {

    /** @param most points of a request; no more than {@code items} */
    List<List<MetricData>> requests(List<MetricData> metrics, int most) {
        return Requests.of(metrics, Math.min(most, items), bytes);
    }
}
