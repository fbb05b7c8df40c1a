package dev.cxotel.bridge.preview;

import java.util.Map;

/**
 * A metric point as it was decoded.
 *
 * @param series what it is a point of
 * @param startNanos since the epoch; 0 for a gauge
 * @param timeNanos since the epoch
 */
record PreviewPoint(Series series, Kind kind, long startNanos, long timeNanos, Amount amount) {

    /** How points of a series add up. */
    enum Kind {
        /** Each counts since the last one. */
        DELTA,
        /** Each counts since the start. */
        CUMULATIVE,
        /** Each stands for itself. */
        GAUGE
    }

    /** The name of a series: metric, resource and attributes. */
    record Series(String metric, String unit, Map<String, Object> resource, Map<String, Object> attributes) {
        Series {
            resource = Map.copyOf(resource);
            attributes = Map.copyOf(attributes);
        }
    }
}
