package dev.cxotel.bridge.config;

/** The bridge's own log, on standard error. */
public record LoggingConfig(Level level, Format format) {

    public static final LoggingConfig DEFAULT = new LoggingConfig(Level.INFO, Format.JSON);

    /** The least severe level that is written. */
    public enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }

    /** How a line looks. */
    public enum Format {
        JSON,
        TEXT
    }
}
