package dev.cxotel.semconv;

import io.opentelemetry.api.common.AttributeKey;
import java.util.List;

/**
 * A metric as the registry defines it.
 *
 * @param name the OpenTelemetry name, such as {@code cxone.voice.mos}
 * @param unit UCUM
 * @param description one sentence for a person
 * @param bounds the bucket bounds of an explicit histogram, ascending; empty for other instruments
 * @param attributes the attributes that it carries by default
 * @param optionalAttributes the attributes that configuration may add
 */
public record MetricDefinition(
        String name,
        Instrument instrument,
        String unit,
        String description,
        List<Double> bounds,
        List<AttributeKey<?>> attributes,
        List<AttributeKey<?>> optionalAttributes) {

    public MetricDefinition {
        bounds = List.copyOf(bounds);
        attributes = List.copyOf(attributes);
        optionalAttributes = List.copyOf(optionalAttributes);
    }

    /** The kinds of instrument that the registry knows. */
    public enum Instrument {
        COUNTER,
        UPDOWNCOUNTER,
        GAUGE,
        HISTOGRAM
    }
}
