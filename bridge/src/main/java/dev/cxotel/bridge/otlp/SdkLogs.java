package dev.cxotel.bridge.otlp;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The SDK's own log lines about exports and series, which are switched off: every one of them is a result or a count
 * that the pipelines report in their own words, once a change and not once a try.
 */
final class SdkLogs {

    /** Held, because the platform forgets a logger's level when nobody holds the logger. */
    private static final List<Logger> QUIET =
            List.of(Logger.getLogger("io.opentelemetry.exporter"), Logger.getLogger("io.opentelemetry.sdk.metrics"));

    private SdkLogs() {}

    static void silence() {
        QUIET.forEach(logger -> logger.setLevel(Level.OFF));
    }
}
