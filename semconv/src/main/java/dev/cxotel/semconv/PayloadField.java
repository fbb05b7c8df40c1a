package dev.cxotel.semconv;

import io.opentelemetry.api.common.AttributeKey;
import java.util.List;
import java.util.Optional;

/**
 * One field of what CXone sends, and what becomes of it.
 *
 * @param field the name as CXone writes it, such as {@code AvgMos}
 * @param attributes the attributes that its value gives; empty when it becomes something else, such as a time
 * @param metric the metric that measures its value
 * @param privacy the gravest class of what it gives
 * @param description one sentence for a person
 */
public record PayloadField(
        String field,
        List<AttributeKey<?>> attributes,
        Optional<MetricDefinition> metric,
        PrivacyClass privacy,
        String description) {

    public PayloadField {
        attributes = List.copyOf(attributes);
    }
}
