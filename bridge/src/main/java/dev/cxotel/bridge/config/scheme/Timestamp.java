package dev.cxotel.bridge.config.scheme;

/** Where a request says when it was signed, and in which unit. */
public record Timestamp(Carrier carrier, Unit unit) {

    /** A unit of time since 1970. */
    public enum Unit {
        S,
        MS
    }
}
