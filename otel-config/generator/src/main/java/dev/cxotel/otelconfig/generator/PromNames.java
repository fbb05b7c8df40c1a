package dev.cxotel.otelconfig.generator;

import dev.cxotel.semconv.MetricDefinition;
import dev.cxotel.semconv.MetricDefinition.Instrument;
import java.util.Map;

/**
 * The names that Prometheus gives to OTLP metrics with its default translation, {@code UnderscoreEscapingWithSuffixes}.
 *
 * @see <a href="https://prometheus.io/docs/guides/opentelemetry/">Prometheus: using it as an OpenTelemetry backend</a>
 */
final class PromNames {

    private static final Map<String, String> UNITS = Map.of("s", "seconds", "By", "bytes", "bit/s", "bit_per_second");

    private PromNames() {}

    /** The name without the endings of a histogram's parts. */
    static String metric(MetricDefinition metric) {
        String name = label(metric.name());
        String unit = metric.unit();
        if (UNITS.containsKey(unit)) {
            name += "_" + UNITS.get(unit);
        } else if (unit.equals("1") && metric.instrument() == Instrument.GAUGE) {
            name += "_ratio";
        } else if (!unit.equals("1") && !unit.startsWith("{")) {
            throw new IllegalArgumentException(metric.name() + ": no Prometheus word for the unit " + unit);
        }
        return metric.instrument() == Instrument.COUNTER ? name + "_total" : name;
    }

    /** An attribute's name as a label. */
    static String label(String attribute) {
        return attribute.replaceAll("[^A-Za-z0-9_]", "_");
    }
}
