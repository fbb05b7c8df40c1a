package dev.cxotel.semconv.generator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cxotel.semconv.generator.Registry.Attribute;
import dev.cxotel.semconv.generator.Registry.Event;
import dev.cxotel.semconv.generator.Registry.Member;
import dev.cxotel.semconv.generator.Registry.Metric;
import dev.cxotel.semconv.generator.Registry.Payload;
import dev.cxotel.semconv.generator.Registry.Privacy;
import dev.cxotel.semconv.generator.Registry.Reference;
import dev.cxotel.semconv.generator.Registry.Span;
import dev.cxotel.semconv.generator.Registry.Structure;
import dev.cxotel.semconv.generator.Registry.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** The files as trees that keep to the schema, turned into a registry. */
final class RegistryNodes {

    private final Map<String, JsonNode> files;
    private final Map<String, JsonNode> groups = new HashMap<>();
    private final Map<String, Place> groupPlaces = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    /**
     * Takes the trees.
     *
     * @param files by file name, in the order in which their content is to appear
     */
    RegistryNodes(Map<String, JsonNode> files) {
        this.files = files;
        each("attribute_groups", (node, place) -> {
            String id = node.path("id").asText();
            if (groups.put(id, node) != null) {
                problems.add(new Problem(place, "the group is defined twice, also in " + groupPlaces.get(id)));
            }
            groupPlaces.put(id, place);
            return id;
        });
    }

    Registry toRegistry(String schemaUrl) {
        List<Reference> resource = new ArrayList<>();
        each("attribute_groups", (node, place) -> {
            if (node.path("visibility").asText().equals("public")) {
                resource.addAll(references(node, place));
            }
            return node;
        });
        return new Registry(
                schemaUrl,
                each("attributes", this::attribute),
                resource,
                each("metrics", this::metric),
                each("spans", this::span),
                each("events", this::event));
    }

    /** What could not be resolved. */
    List<Problem> problems() {
        return problems;
    }

    /** What a person calls the element of a list. */
    static Optional<String> name(JsonNode node) {
        return Stream.of("key", "name", "id", "ref", "ref_group", "field", "type")
                .map(node::path)
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .findFirst();
    }

    private <T> List<T> each(String list, BiFunction<JsonNode, Place, T> reading) {
        List<T> read = new ArrayList<>();
        files.forEach((file, root) -> root.path(list)
                .forEach(node -> read.add(reading.apply(
                        node, new Place(file, list + "[" + name(node).orElse("?") + "]")))));
        return read;
    }

    private Attribute attribute(JsonNode node, Place place) {
        JsonNode type = node.path("type");
        List<Member> members = new ArrayList<>();
        type.path("members")
                .forEach(member -> members.add(new Member(
                        member.path("id").asText(),
                        member.path("value").asText(),
                        member.path("brief").asText())));
        return new Attribute(
                node.path("key").asText(),
                type.isTextual() ? ValueType.of(type.asText()) : ValueType.STRING,
                members,
                text(node, "brief"),
                text(node, "note"),
                examples(node),
                privacy(annotations(node)).orElse(Privacy.NONE),
                place);
    }

    private Metric metric(JsonNode node, Place place) {
        JsonNode annotations = annotations(node);
        List<Double> bounds = new ArrayList<>();
        annotations.path("bounds").forEach(bound -> bounds.add(bound.asDouble()));
        return new Metric(
                node.path("name").asText(),
                node.path("instrument").asText(),
                node.path("unit").asText(),
                text(node, "brief"),
                text(node, "note"),
                bounds,
                annotations.path("enabled").asBoolean(true),
                references(node, place),
                place);
    }

    private Span span(JsonNode node, Place place) {
        List<Reference> references = references(node, place);
        return new Span(
                node.path("type").asText(),
                node.path("kind").asText(),
                text(node.path("name"), "note"),
                optional(annotations(node), "span_name"),
                text(node, "brief"),
                text(node, "note"),
                references,
                payload(node, references, place),
                place);
    }

    private Event event(JsonNode node, Place place) {
        List<Reference> references = references(node, place);
        return new Event(
                node.path("name").asText(),
                text(node, "brief"),
                text(node, "note"),
                references,
                payload(node, references, place),
                place);
    }

    private static Optional<Payload> payload(JsonNode node, List<Reference> references, Place place) {
        JsonNode annotations = annotations(node);
        return optional(annotations, "payload").map(name -> {
            List<Structure> fields = new ArrayList<>();
            annotations
                    .path("fields")
                    .forEach(field -> fields.add(new Structure(
                            field.path("field").asText(), field.path("becomes").asText(), optional(field, "metric"))));
            return new Payload(name, references, fields, place.at("annotations.cxotel"));
        });
    }

    private List<Reference> references(JsonNode node, Place place) {
        List<Reference> references = new ArrayList<>();
        for (JsonNode entry : node.path("attributes")) {
            if (!entry.has("ref_group")) {
                references.add(reference(entry, place));
                continue;
            }
            String id = entry.path("ref_group").asText();
            JsonNode group = groups.get(id);
            Place groupPlace = groupPlaces.get(id);
            if (group == null || groupPlace == null) {
                problems.add(new Problem(place.at("attributes", id), "unknown attribute group"));
            } else if (group.path("attributes").findValue("ref_group") != null) {
                problems.add(new Problem(groupPlace, "a group must not refer to a group"));
            } else {
                references.addAll(references(group, groupPlace));
            }
        }
        return references;
    }

    private static Reference reference(JsonNode node, Place signal) {
        String key = node.path("ref").asText();
        JsonNode level = node.path("requirement_level");
        JsonNode annotations = annotations(node);
        return new Reference(
                key,
                level.isTextual()
                        ? level.asText()
                        : "if " + level.path("conditionally_required").asText(),
                optional(node, "brief"),
                examples(node),
                optional(annotations, "source_field"),
                optional(annotations, "type").map(ValueType::of),
                privacy(annotations),
                signal.at("attributes", key));
    }

    private static JsonNode annotations(JsonNode node) {
        return node.path("annotations").path("cxotel");
    }

    private static Optional<Privacy> privacy(JsonNode annotations) {
        return optional(annotations, "privacy").map(name -> Privacy.valueOf(name.toUpperCase(Locale.ROOT)));
    }

    private static Optional<String> optional(JsonNode node, String field) {
        return Optional.of(node.path(field)).filter(JsonNode::isTextual).map(JsonNode::asText);
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText().strip();
    }

    private static List<Object> examples(JsonNode node) {
        List<Object> examples = new ArrayList<>();
        for (JsonNode example : node.path("examples")) {
            if (example.isTextual()) {
                examples.add(example.asText());
            } else if (example.isBoolean()) {
                examples.add(example.asBoolean());
            } else if (example.isIntegralNumber()) {
                examples.add(example.asLong());
            } else {
                examples.add(example.asDouble());
            }
        }
        return examples;
    }
}
