package dev.cxotel.bridge.telemetry;

import dev.cxotel.semconv.MetricDefinition;
import io.opentelemetry.api.common.Attributes;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where every part reports what it does. The names, units and meanings are the registry's ({@code semconv/model/bridge});
 * a part never makes up a name.
 */
public interface Telemetry {

    /** Reports to nobody. */
    Telemetry NONE = new Telemetry() {
        @Override
        public void add(MetricDefinition counter, long increment, Attributes attributes) {}

        @Override
        public void record(MetricDefinition histogram, double value, Attributes attributes) {}

        @Override
        public Registration gauge(MetricDefinition gauge, Supplier<List<Reading>> readings) {
            return () -> {};
        }
    };

    /** Adds to a counter. */
    void add(MetricDefinition counter, long increment, Attributes attributes);

    /** Records a value in the metric's unit. */
    void record(MetricDefinition histogram, double value, Attributes attributes);

    /** Asks {@code readings} for the present values at each collection, until the registration is closed. */
    Registration gauge(MetricDefinition gauge, Supplier<List<Reading>> readings);

    /** One value of a gauge. */
    record Reading(double value, Attributes attributes) {}

    /** Ends an observation. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
