package dev.cxotel.semconv.generator;

import dev.cxotel.semconv.generator.Registry.Attribute;
import dev.cxotel.semconv.generator.Registry.Payload;
import dev.cxotel.semconv.generator.Registry.Privacy;
import dev.cxotel.semconv.generator.Registry.Reference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One field of a payload and what becomes of it.
 *
 * @param attributes the keys that it gives, possibly several, possibly none
 * @param metric the metric that measures it
 * @param privacy the gravest class of its attributes
 */
record PayloadRow(String field, List<String> attributes, Optional<String> metric, Privacy privacy, String becomes) {

    /** The rows of a payload in the registry's order, the fields without an attribute last. */
    static final class Rows {

        private Rows() {}

        static List<PayloadRow> of(Registry registry, Payload payload) {
            Map<String, List<Reference>> byField = new LinkedHashMap<>();
            for (Reference reference : payload.references()) {
                reference.sourceField().ifPresent(field -> byField.computeIfAbsent(field, it -> new ArrayList<>())
                        .add(reference));
            }
            List<PayloadRow> rows = new ArrayList<>();
            byField.forEach((field, references) -> rows.add(row(registry, field, references)));
            payload.fields()
                    .forEach(field -> rows.add(
                            new PayloadRow(field.field(), List.of(), field.metric(), Privacy.NONE, field.becomes())));
            return rows;
        }

        private static PayloadRow row(Registry registry, String field, List<Reference> references) {
            List<String> keys = references.stream().map(Reference::key).toList();
            Privacy gravest = references.stream()
                    .map(reference -> privacy(registry, reference))
                    .max(Comparator.naturalOrder())
                    .orElse(Privacy.NONE);
            Optional<String> metric = keys.stream()
                    .filter(key -> registry.metric(key).isPresent())
                    .findFirst();
            return new PayloadRow(field, keys, metric, gravest, brief(registry, references.get(0)));
        }

        private static Privacy privacy(Registry registry, Reference reference) {
            return reference
                    .privacy()
                    .or(() -> registry.attribute(reference.key()).map(Attribute::privacy))
                    .orElse(Privacy.NONE);
        }

        private static String brief(Registry registry, Reference reference) {
            return reference
                    .brief()
                    .or(() -> registry.attribute(reference.key()).map(Attribute::brief))
                    .orElse("As OpenTelemetry defines " + reference.key() + ".");
        }
    }
}
