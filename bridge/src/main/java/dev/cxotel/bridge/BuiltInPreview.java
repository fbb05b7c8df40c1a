package dev.cxotel.bridge;

import dev.cxotel.bridge.config.ConfigException;
import dev.cxotel.bridge.config.DestinationConfig;
import dev.cxotel.bridge.otlp.Destination;
import dev.cxotel.bridge.preview.Preview;
import dev.cxotel.bridge.preview.PreviewStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Map;

/**
 * The preview that a bridge without destinations exports to: the last hour, in memory, on a loopback port that nobody else
 * knows.
 */
record BuiltInPreview(Preview preview, Destination destination) implements AutoCloseable {

    static final String NAME = "preview";

    private static final long MOST_BYTES = 64L << 20;

    static BuiltInPreview start(InstantSource clock) throws IOException, ConfigException {
        long bytes = Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / 8);
        Preview preview = Preview.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), new PreviewStore(clock, bytes));
        DestinationConfig config = DestinationConfig.toPreview(NAME, preview.endpoint());
        return new BuiltInPreview(preview, new Destination(config, Parts.USER_AGENT, clock));
    }

    /** How much it holds; no payload values. */
    Map<String, Long> counts() {
        PreviewStore.Totals totals = preview.store().totals();
        return Map.of(
                "spans", totals.spans(),
                "logs", totals.logs(),
                "metric_points", totals.points(),
                "forgotten", totals.forgotten());
    }

    @Override
    public void close() {
        destination.close();
        preview.close();
    }
}
