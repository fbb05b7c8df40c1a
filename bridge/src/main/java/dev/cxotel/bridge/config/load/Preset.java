package dev.cxotel.bridge.config.load;

import dev.cxotel.bridge.config.DestinationConfig.Histogram;
import dev.cxotel.bridge.config.DestinationConfig.Temporality;
import dev.cxotel.bridge.config.yaml.Section;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known of one backend: a file in {@code otel-config/presets}. */
record Preset(
        String name,
        String endpoint,
        List<String> signals,
        Map<String, String> headers,
        boolean gzip,
        Temporality temporality,
        Histogram histogram,
        Duration timeout,
        Duration metricInterval,
        Duration batchDelay,
        long maxRequestBytes,
        int maxRequestItems,
        Duration minPointSpacing,
        Optional<Duration> maxMetricAge) {

    static Preset read(String name, Section file) {
        return new Preset(
                name,
                file.text("endpoint").orElse(""),
                file.list("signals"),
                file.section("headers").texts(),
                file.text("compression").equals(Optional.of("gzip")),
                file.choice("temporality", Words.of(Temporality.values()), Temporality.CUMULATIVE),
                file.choice("histogram", Words.of(Histogram.values()), Histogram.EXPLICIT),
                file.duration("timeout", Duration.ofSeconds(10)),
                file.duration("metric_interval", Duration.ofSeconds(15)),
                file.duration("batch_delay", Duration.ofSeconds(1)),
                file.size("max_request_size", 1_000_000),
                file.integer("max_request_items", 512),
                file.duration("min_point_spacing", Duration.ZERO),
                file.has("max_metric_age")
                        ? Optional.of(file.duration("max_metric_age", Duration.ZERO))
                        : Optional.empty());
    }
}
