package dev.cxotel.bridge.config.yaml;

import dev.cxotel.bridge.config.ConfigException;
import dev.cxotel.bridge.config.FileText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One mapping of a document, asked for values by key. The schema has judged the types already: a value of a wrong type
 * has its problem and is here as if it were absent.
 */
public final class Section {

    private final String file;
    private final YamlNode node;
    private final String path;
    private final Problems problems;

    Section(String file, YamlNode node, String path, Problems problems) {
        this.file = file;
        this.node = node;
        this.path = path;
        this.problems = problems;
    }

    public boolean has(String key) {
        return value(key).isPresent();
    }

    /** The keys in the file's order. */
    public Set<String> keys() {
        return node instanceof YamlNode.Mapping mapping ? mapping.entries().sequencedKeySet() : Set.of();
    }

    /** The mapping at {@code key}; an empty one when absent. */
    public Section section(String key) {
        YamlNode below = value(key).orElseGet(() -> new YamlNode.Mapping(node.place(), new LinkedHashMap<>()));
        return new Section(file, below, KeyPath.append(path, key), problems);
    }

    /** The mappings of the list at {@code key}. */
    public List<Section> sections(String key) {
        List<Section> sections = new ArrayList<>();
        if (value(key).orElse(null) instanceof YamlNode.Sequence sequence) {
            for (YamlNode item : sequence.items()) {
                String below = KeyPath.append(KeyPath.append(path, key), sections.size());
                sections.add(new Section(file, item, below, problems));
            }
        }
        return sections;
    }

    /** The text at {@code key}, numbers and truth values as they were written. */
    public Optional<String> text(String key) {
        return value(key)
                .filter(YamlNode.Scalar.class::isInstance)
                .map(YamlNode.Scalar.class::cast)
                .map(YamlNode.Scalar::text);
    }

    /** The value at {@code key} as {@code parser} understands it; a parser's empty answer is a problem. */
    public <T> Optional<T> parsed(String key, Function<String, Optional<T>> parser, String wanted) {
        Optional<String> text = text(key);
        if (text.isEmpty() || problems.has(file, KeyPath.append(path, key))) {
            return Optional.empty();
        }
        Optional<T> value = parser.apply(text.get());
        if (value.isEmpty()) {
            problem(key, "\"" + text.get() + "\" is not " + wanted);
        }
        return value;
    }

    public int integer(String key, int absent) {
        return number(key).map(Double::intValue).orElse(absent);
    }

    public double decimal(String key, double absent) {
        return number(key).orElse(absent);
    }

    public boolean flag(String key, boolean absent) {
        return text(key).map("true"::equals).orElse(absent);
    }

    public Duration duration(String key, Duration absent) {
        return parsed(key, Quantity::duration, "a length of time up to ten years")
                .orElse(absent);
    }

    /** Bytes. */
    public long size(String key, long absent) {
        return parsed(key, Quantity::bytes, "a whole number of bytes").orElse(absent);
    }

    /** The meaning of the word at {@code key}; the schema has refused other words. */
    public <T> T choice(String key, Map<String, T> meanings, T absent) {
        return text(key)
                .flatMap(word -> Optional.ofNullable(meanings.get(word)))
                .orElse(absent);
    }

    /** The texts of the list at {@code key}. */
    public List<String> list(String key) {
        List<String> texts = new ArrayList<>();
        if (value(key).orElse(null) instanceof YamlNode.Sequence sequence) {
            for (YamlNode item : sequence.items()) {
                texts.add(item instanceof YamlNode.Scalar scalar ? scalar.text() : "");
            }
        }
        return texts;
    }

    /** All keys of this mapping with their texts. */
    public Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String key : keys()) {
            text(key).ifPresent(text -> texts.put(key, text));
        }
        return texts;
    }

    /** The text at {@code key} with the files that parts of it stand in; empty when it has no such parts. */
    public Optional<FileText> files(String key) {
        return value(key)
                .filter(YamlNode.Scalar.class::isInstance)
                .map(YamlNode.Scalar.class::cast)
                .flatMap(YamlNode.Scalar::files);
    }

    /** A problem of this mapping. */
    public void problem(String message) {
        problems.add(file, node.place(), path, message);
    }

    /** A problem of the value at {@code key}, or of the mapping when the key is absent. */
    public void problem(String key, String message) {
        Place place = value(key).map(YamlNode::place).orElse(node.place());
        problems.add(file, place, KeyPath.append(path, key), message);
    }

    /** A problem of {@code key} itself. */
    public void keyProblem(String key, String message) {
        Place place = node.entry(key).map(YamlNode.Entry::keyPlace).orElse(node.place());
        problems.add(file, place, KeyPath.append(path, key), message);
    }

    /** A problem of one item of the list at {@code key}. */
    public void problem(String key, int index, String message) {
        Place place = value(key).orElse(null) instanceof YamlNode.Sequence sequence
                        && index < sequence.items().size()
                ? sequence.items().get(index).place()
                : node.place();
        problems.add(file, place, KeyPath.append(KeyPath.append(path, key), index), message);
    }

    /** The same problem with the place of what its path names, or of the nearest that is there. */
    public ConfigException.Problem placed(ConfigException.Problem problem) {
        Place found = Place.NONE;
        YamlNode at = node;
        for (Object step : KeyPath.steps(problem.path())) {
            Optional<YamlNode> next =
                    switch (at) {
                        case YamlNode.Mapping mapping ->
                            mapping.entry(String.valueOf(step)).map(YamlNode.Entry::value);
                        case YamlNode.Sequence list ->
                            step instanceof Integer index
                                            && index < list.items().size()
                                    ? Optional.of(list.items().get(index))
                                    : Optional.empty();
                        case YamlNode.Scalar ignored -> Optional.empty();
                    };
            if (next.isEmpty()) {
                break;
            }
            at = next.get();
            found = at.place();
        }
        return problem.line() > 0 || found.equals(Place.NONE)
                ? problem
                : new ConfigException.Problem(file, found.line(), found.column(), problem.path(), problem.message());
    }

    private Optional<Double> number(String key) {
        return text(key).flatMap(text -> {
            try {
                return Optional.of(Double.valueOf(text));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        });
    }

    private Optional<YamlNode> value(String key) {
        return node.entry(key).map(YamlNode.Entry::value);
    }
}
