package dev.cxotel.bridge.config.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A JSON Schema (draft 2020-12) that judges a document. The {@code title} of a schema with a {@code pattern} or a
 * {@code const} says what is wanted: "a length of time such as 10s".
 */
public final class SchemaFile {

    private final JsonNode root;
    private final Schema schema;

    private SchemaFile(JsonNode root) {
        this.root = root;
        this.schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(root);
    }

    /** A schema from the class path; a missing or broken one is a bug. */
    public static SchemaFile resource(String name) {
        try (InputStream stream = SchemaFile.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return new SchemaFile(new ObjectMapper().readTree(stream));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    void check(String file, YamlNode root, Problems problems) {
        for (Error error : schema.validate(JsonForm.of(root))) {
            Found found = find(root, error);
            String path = found.path;
            Place place = found.node.place();
            if (error.getKeyword().equals("additionalProperties") && error.getProperty() != null) {
                path = KeyPath.append(path, error.getProperty());
                place = found.node
                        .entry(error.getProperty())
                        .map(YamlNode.Entry::keyPlace)
                        .orElse(place);
            }
            problems.add(file, place, path, message(error, found.node));
        }
    }

    private static Found find(YamlNode root, Error error) {
        YamlNode node = root;
        String path = "";
        for (int i = 0; i < error.getInstanceLocation().getNameCount(); i++) {
            Object step = error.getInstanceLocation().getElement(i);
            Optional<YamlNode.Entry> entry = node.entry(step.toString());
            if (entry.isPresent()) {
                node = entry.get().value();
                path = KeyPath.append(path, step.toString());
            } else if (node instanceof YamlNode.Sequence sequence && step instanceof Number index) {
                node = sequence.items().get(index.intValue());
                path = KeyPath.append(path, index.intValue());
            }
        }
        return new Found(node, path);
    }

    private String message(Error error, YamlNode node) {
        String value =
                switch (node) {
                    case YamlNode.Mapping mapping -> "a mapping";
                    case YamlNode.Sequence sequence -> "a list";
                    case YamlNode.Scalar scalar -> quoted(scalar.text());
                };
        JsonNode wanted = error.getSchemaNode();
        return switch (error.getKeyword()) {
            case "additionalProperties" ->
                "unknown key" + Suggestion.hint(error.getProperty(), names(beside(error, "properties")));
            case "enum" -> {
                List<String> known = new ArrayList<>();
                wanted.forEach(option -> known.add(option.asText()));
                yield value + " is none of " + String.join(", ", known)
                        + Suggestion.nearest(
                                        JsonForm.of(node).asText(),
                                        JsonForm.of(node).isTextual() ? known : List.of())
                                .map(near -> "; did you mean \"" + near + "\"?")
                                .orElse("");
            }
            case "required" -> "the key `" + error.getProperty() + "` is missing";
            case "type", "pattern", "const" -> {
                String title = beside(error, "title").asText("");
                yield !title.isEmpty()
                        ? value + " is not " + title
                        : error.getKeyword().equals("type")
                                ? "must be " + kind(wanted) + ", but is " + actual(node)
                                : value + " is not like " + wanted.asText();
            }
            case "minimum" -> value + " is less than " + wanted.asText();
            case "maximum" -> value + " is more than " + wanted.asText();
            case "minLength", "minItems", "minProperties" -> "must not be empty";
            case "uniqueItems" -> "names something twice";
            default -> error.getMessage();
        };
    }

    /** The value beside the keyword that failed; a missing one is an absent node. */
    private JsonNode beside(Error error, String keyword) {
        var fragment = error.getSchemaLocation().getFragment();
        JsonNode node = root;
        for (int i = 0; i + 1 < fragment.getNameCount(); i++) {
            Object step = fragment.getElement(i);
            node = step instanceof Number index ? node.path(index.intValue()) : node.path(step.toString());
        }
        return node.path(keyword);
    }

    private static List<String> names(JsonNode properties) {
        List<String> names = new ArrayList<>();
        properties.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String kind(JsonNode type) {
        List<String> kinds = new ArrayList<>();
        for (JsonNode one : type.isArray() ? type : List.of(type)) {
            kinds.add(
                    switch (one.asText()) {
                        case "object" -> "a mapping (keys and values)";
                        case "array" -> "a list";
                        case "string" -> "a text";
                        case "integer" -> "a whole number";
                        case "number" -> "a number";
                        case "boolean" -> "true or false";
                        default -> one.asText();
                    });
        }
        return String.join(" or ", kinds);
    }

    private static String actual(YamlNode node) {
        return switch (node) {
            case YamlNode.Mapping mapping -> "a mapping";
            case YamlNode.Sequence sequence -> "a list";
            case YamlNode.Scalar scalar ->
                scalar.isNull()
                        ? "nothing"
                        : JsonForm.of(scalar).isTextual()
                                ? "the text " + quoted(scalar.text())
                                : scalar.text() + " (a text is put in quotes)";
        };
    }

    /** Short enough for a line, and never with a line break. */
    private static String quoted(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return "\"" + (line.length() > 60 ? line.substring(0, 60) + "…" : line) + "\"";
    }

    private record Found(YamlNode node, String path) {}
}
