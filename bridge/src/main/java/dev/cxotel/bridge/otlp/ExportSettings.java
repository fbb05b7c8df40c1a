package dev.cxotel.bridge.otlp;

import dev.cxotel.bridge.config.DestinationConfig;
import dev.cxotel.bridge.otlp.connection.RequestHeaders;
import dev.cxotel.bridge.signal.Signal;
import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import io.opentelemetry.sdk.metrics.export.DefaultAggregationSelector;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What every exporter of a destination is set to, whatever its signal and protocol. The SDK's builders share no type: what
 * is set stands with each of them, to what stands here.
 *
 * @param senders loads this package's sender
 */
record ExportSettings(
        DestinationConfig config,
        RequestHeaders requestHeaders,
        ComponentLoader senders,
        AggregationTemporalitySelector temporality,
        DefaultAggregationSelector aggregation) {
    Supplier<Map<String, String>> headers(Signal signal) {
        return requestHeaders.of(signal);
    }

    String compression() {
        return config.gzip() ? "gzip" : "none";
    }

    Duration timeout() {
        return config.timeout();
    }
}
