package dev.cxotel.bridge.config.yaml;

import dev.cxotel.bridge.config.FileText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A YAML file that was read, filled with the environment's values and judged by its schema. */
public final class Document {

    private final Section root;

    private Document(Section root) {
        this.root = root;
    }

    /**
     * Reads {@code text}; everything wrong lands in {@code problems}. Empty when there is nothing that could be asked for
     * values.
     *
     * @param file the file's name as it was given
     */
    public static Optional<Document> read(
            String file, String text, Map<String, String> environment, SchemaFile schema, Problems problems) {
        Map<String, FileText> values = new LinkedHashMap<>();
        environment.forEach((name, value) -> values.put(name, FileText.of(value)));
        return readWith(file, text, values, schema, problems);
    }

    /** Reads {@code text}, where values may stand in files. */
    public static Optional<Document> readWith(
            String file, String text, Map<String, FileText> environment, SchemaFile schema, Problems problems) {
        Optional<YamlNode> read = YamlReader.read(file, text, problems);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        if (!(read.get() instanceof YamlNode.Mapping mapping)) {
            problems.add(file, read.get().place(), "", "a configuration is a mapping; it begins with `cxotel: 1`");
            return Optional.empty();
        }
        Optional<YamlNode.Entry> foreign = mapping.entry("file_format");
        if (foreign.isPresent()) {
            problems.add(
                    file,
                    foreign.get().keyPlace(),
                    "file_format",
                    "this is a configuration file of an OpenTelemetry SDK; cxotel's own begins with `cxotel: 1`"
                            + " (see otel-config/cxotel.reference.yaml)");
            return Optional.empty();
        }
        YamlNode resolved = new Variables(file, environment, problems).resolve(mapping, "");
        schema.check(file, resolved, problems);
        return Optional.of(new Document(new Section(file, resolved, "", problems)));
    }

    /**
     * Reads {@code text}, which has another schema than ours: what its values are is the caller's to judge.
     *
     * @param file the file's name as it was given
     */
    public static Optional<Document> foreign(
            String file, String text, Map<String, String> environment, Problems problems) {
        Map<String, FileText> values = new LinkedHashMap<>();
        environment.forEach((name, value) -> values.put(name, FileText.of(value)));
        return YamlReader.read(file, text, problems)
                .filter(YamlNode.Mapping.class::isInstance)
                .map(node -> new Variables(file, values, problems).resolve(node, ""))
                .map(node -> new Document(new Section(file, node, "", problems)));
    }

    /** A document that says nothing. */
    public static Document empty() {
        YamlNode nothing = new YamlNode.Mapping(Place.NONE, new LinkedHashMap<>());
        return new Document(new Section("", nothing, "", new Problems()));
    }

    public Section root() {
        return root;
    }
}
