package dev.cxotel.bridge.config.yaml;

import dev.cxotel.bridge.config.FileText;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** A piece of a YAML file, with its place. */
sealed interface YamlNode {

    Place place();

    /** The value and key at {@code key}; empty when there is none or this is no mapping. */
    default Optional<Entry> entry(String key) {
        return this instanceof Mapping mapping ? Optional.ofNullable(mapping.entries.get(key)) : Optional.empty();
    }

    /** Keys and values in the file's order. A key without a value is left out: it is as if it were not there. */
    record Mapping(Place place, SequencedMap<String, Entry> entries) implements YamlNode {}

    /** A list. */
    record Sequence(Place place, List<YamlNode> items) implements YamlNode {}

    /**
     * A text, number, truth value or nothing.
     *
     * @param plain written without quotes, and so perhaps a number or a truth value
     * @param files the text with the files that parts of it were read from; empty without such
     */
    record Scalar(Place place, String text, boolean plain, Optional<FileText> files) implements YamlNode {
        Scalar(Place place, String text, boolean plain) {
            this(place, text, plain, Optional.empty());
        }

        boolean isNull() {
            return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
        }
    }

    /** A value and the place of its key. */
    record Entry(Place keyPlace, YamlNode value) {}
}
