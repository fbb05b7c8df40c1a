package dev.cxotel.semconv.generator;

import dev.cxotel.semconv.generator.CoreVocabulary.CoreAttribute;
import dev.cxotel.semconv.generator.Registry.Attribute;
import dev.cxotel.semconv.generator.Registry.Metric;
import dev.cxotel.semconv.generator.Registry.Payload;
import dev.cxotel.semconv.generator.Registry.Reference;
import dev.cxotel.semconv.generator.Registry.Structure;
import dev.cxotel.semconv.generator.Registry.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a registry must keep to beyond its schema. */
final class RegistryRules {

    /** What OpenTelemetry's own tooling takes: lower case, dots between names, single underscores inside. */
    private static final Pattern NAME = Pattern.compile("(cxone|cxotel)(\\.[a-z][a-z0-9]*(_[a-z0-9]+)*)+");

    private static final String BRIDGE = "cxotel.";

    private final Registry registry;
    private final CoreVocabulary core;
    private final List<Problem> problems = new ArrayList<>();

    private RegistryRules(Registry registry, CoreVocabulary core) {
        this.registry = registry;
        this.core = core;
    }

    /** Every breach, in no particular order. */
    static List<Problem> check(Registry registry, CoreVocabulary core) {
        RegistryRules rules = new RegistryRules(registry, core);
        rules.names();
        rules.namespaces();
        rules.attributes();
        rules.references();
        rules.metrics();
        rules.payloads();
        return rules.problems;
    }

    private void names() {
        names("attribute", registry.attributes().stream().map(it -> Map.entry(it.key(), it.place())));
        names("metric", registry.metrics().stream().map(it -> Map.entry(it.name(), it.place())));
        names("span", registry.spans().stream().map(it -> Map.entry(it.type(), it.place())));
        names("event", registry.events().stream().map(it -> Map.entry(it.name(), it.place())));
    }

    private void names(String kind, Stream<Map.Entry<String, Place>> named) {
        Map<String, Place> seen = new HashMap<>();
        Map<String, String> constants = new HashMap<>();
        named.forEach(entry -> {
            String name = entry.getKey();
            if (!NAME.matcher(name).matches()) {
                problem(entry.getValue(), "illegal name: lower case, under cxone. or cxotel., words joined by . or _");
            }
            Place first = seen.putIfAbsent(name, entry.getValue());
            if (first != null) {
                problem(entry.getValue(), "the " + kind + " is defined twice, also in " + first);
                return;
            }
            String other = constants.putIfAbsent(JavaNames.constant(name), name);
            if (other != null) {
                problem(entry.getValue(), "becomes the same Java constant as " + other);
            }
        });
    }

    private void namespaces() {
        Map<String, Place> places = new HashMap<>();
        registry.attributes().forEach(attribute -> places.put(attribute.key(), attribute.place()));
        registry.references().forEach(reference -> places.putIfAbsent(reference.key(), reference.place()));
        places.forEach((key, place) -> {
            for (int dot = key.lastIndexOf('.'); dot > 0; dot = key.lastIndexOf('.', dot - 1)) {
                String namespace = key.substring(0, dot);
                Place owner = places.get(namespace);
                if (owner != null) {
                    problem(owner, "the attribute is a namespace of the attribute " + key);
                }
            }
        });
    }

    private void attributes() {
        Set<String> used = registry.references().map(Reference::key).collect(Collectors.toSet());
        for (Attribute attribute : registry.attributes()) {
            if (!used.contains(attribute.key())) {
                problem(attribute.place(), "the attribute is referenced by no signal");
            }
            if (core.attribute(attribute.key()).isPresent()) {
                problem(attribute.place(), "the attribute is OpenTelemetry's; refer to it instead");
            }
            examples(attribute.examples(), attribute.type(), attribute.place());
            if (attribute.type() == ValueType.STRING
                    && attribute.members().isEmpty()
                    && attribute.examples().isEmpty()) {
                problem(attribute.place().at("examples"), "a text without a list of known values needs examples");
            }
            distinct(
                    attribute.members().stream().map(Registry.Member::id).toList(),
                    attribute.place().at("type"));
            distinct(
                    attribute.members().stream().map(Registry.Member::value).toList(),
                    attribute.place().at("type"));
        }
    }

    private void distinct(List<String> texts, Place place) {
        Set<String> seen = new HashSet<>();
        texts.stream().filter(text -> !seen.add(text)).forEach(text -> problem(place, text + " is there twice"));
    }

    private void references() {
        registry.references().distinct().forEach(reference -> {
            Optional<Attribute> own = registry.attribute(reference.key());
            Optional<CoreAttribute> other = core.attribute(reference.key());
            if (own.isPresent()) {
                typed(reference, own.get().type());
            } else if (other.isEmpty()) {
                problem(reference.place(), "unknown attribute, neither defined here nor by OpenTelemetry");
            } else if (other.get().deprecated()) {
                problem(reference.place(), "OpenTelemetry has deprecated the attribute");
            } else if (other.get().type().isEmpty()) {
                problem(reference.place(), "OpenTelemetry's attribute has a type that this registry does not use");
            } else {
                typed(reference, other.get().type().get());
            }
        });
        registry.metrics().forEach(metric -> once(metric.references()));
        registry.spans().forEach(span -> once(span.references()));
        registry.events().forEach(event -> once(event.references()));
    }

    private void typed(Reference reference, ValueType type) {
        reference
                .type()
                .filter(claimed -> claimed != type)
                .ifPresent(claimed -> problem(
                        reference.place(),
                        "wrong type: " + JavaNames.lower(claimed) + ", but the attribute is " + JavaNames.lower(type)));
        examples(reference.examples(), type, reference.place());
    }

    private void examples(List<Object> examples, ValueType type, Place place) {
        for (Object example : examples) {
            boolean fits =
                    switch (type) {
                        case STRING -> example instanceof String;
                        case INT -> example instanceof Long;
                        case DOUBLE -> example instanceof Double;
                        case BOOLEAN -> example instanceof Boolean;
                    };
            if (!fits) {
                problem(place.at("examples"), "wrong type: " + example + " is no " + JavaNames.lower(type));
            }
        }
    }

    private void once(List<Reference> references) {
        Set<String> keys = new HashSet<>();
        references.stream()
                .filter(reference -> !keys.add(reference.key()))
                .forEach(reference -> problem(reference.place(), "the signal refers to the attribute twice"));
    }

    private void metrics() {
        Set<String> names = registry.metrics().stream().map(Metric::name).collect(Collectors.toSet());
        for (Metric metric : registry.metrics()) {
            bounds(metric);
            for (Reference reference : metric.references()) {
                if (reference.key().equals(metric.name())) {
                    problem(reference.place(), "the attribute bears the name of its own metric " + metric.name());
                } else if (names.contains(reference.key())) {
                    problem(reference.place(), "the attribute of " + metric.name() + " bears the name of a metric");
                }
            }
            if (metric.name().startsWith(BRIDGE) && !metric.note().startsWith("Alert ")) {
                problem(metric.place().at("note"), "a metric of the bridge says what to alert on: \"Alert when ...\"");
            }
        }
    }

    private void bounds(Metric metric) {
        Place place = metric.place().at("annotations.cxotel.bounds");
        boolean histogram = metric.instrument().equals("histogram");
        if (histogram && metric.bounds().isEmpty()) {
            problem(place, "a histogram needs bounds");
        }
        if (!histogram && !metric.bounds().isEmpty()) {
            problem(place, "only a histogram has bounds");
        }
        for (int i = 1; i < metric.bounds().size(); i++) {
            if (metric.bounds().get(i - 1) >= metric.bounds().get(i)) {
                problem(place, "not ascending at " + metric.bounds().get(i));
            }
        }
    }

    private void payloads() {
        Set<String> payloads = new HashSet<>();
        for (Payload payload : registry.payloads()) {
            if (!payloads.add(payload.name())) {
                problem(payload.place(), "the payload " + payload.name() + " is described twice");
            }
            Set<String> fields = payload.references().stream()
                    .flatMap(reference -> reference.sourceField().stream())
                    .collect(Collectors.toCollection(HashSet::new));
            for (Structure field : payload.fields()) {
                Place place = payload.place().at("fields", field.field());
                if (!fields.add(field.field())) {
                    problem(place, "the field is described twice");
                }
                field.metric()
                        .filter(name -> registry.metric(name).isEmpty())
                        .ifPresent(name -> problem(place, "unknown metric " + name));
            }
        }
    }

    private void problem(Place place, String message) {
        problems.add(new Problem(place, message));
    }
}
