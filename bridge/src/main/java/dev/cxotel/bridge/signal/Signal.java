package dev.cxotel.bridge.signal;

import java.util.Locale;

/** A kind of OpenTelemetry data; each destination takes each signal through a pipeline of its own. */
public enum Signal {
    TRACES,
    METRICS,
    LOGS;

    /** The name in configuration, ledger, self-metrics and OTLP paths. */
    public String configName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
