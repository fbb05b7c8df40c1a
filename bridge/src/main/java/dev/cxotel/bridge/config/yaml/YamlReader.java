package dev.cxotel.bridge.config.yaml;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;

/**
 * Reads the part of YAML that a configuration needs: one document of mappings, lists and scalars. Aliases, tags,
 * repeated keys and further documents are problems. Plain words such as {@code yes} and {@code 08:30} stay texts.
 */
final class YamlReader {

    private static final int DEEPEST = 50;

    private final String file;
    private final Problems problems;

    private YamlReader(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /** Empty when the text cannot be read at all or holds nothing; then a problem says why. */
    static Optional<YamlNode> read(String file, String text, Problems problems) {
        return new YamlReader(file, problems).document(withoutTabsOfJson(text));
    }

    private Optional<YamlNode> document(String text) {
        try {
            Iterator<Event> events = new Yaml(new LoaderOptions())
                    .parse(new java.io.StringReader(text))
                    .iterator();
            YamlNode root = null;
            while (events.hasNext()) {
                Event event = events.next();
                if (event instanceof DocumentStartEvent) {
                    if (root != null) {
                        problem(event, "", "a second document begins here; one file holds one configuration");
                        break;
                    }
                    root = node(events.next(), events, "", 0);
                }
            }
            if (root == null || (root instanceof YamlNode.Scalar scalar && scalar.isNull())) {
                problems.add(file, Place.START, "", "the file is empty; it must begin with `cxotel: 1`");
                return Optional.empty();
            }
            return Optional.of(root);
        } catch (MarkedYAMLException e) {
            Place place = e.getProblemMark() == null ? Place.START : Place.of(e.getProblemMark());
            String context = e.getContext() == null ? "" : e.getContext() + ": ";
            String hint = line(text, place.line()).contains("${")
                    ? " (within braces and brackets ${VAR} must stand in quotes)"
                    : "";
            problems.add(file, place, "", "this is not YAML: " + context + e.getProblem() + hint);
        } catch (YAMLException e) {
            problems.add(
                    file,
                    Place.START,
                    "",
                    "this is not YAML: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
        return Optional.empty();
    }

    private YamlNode node(Event event, Iterator<Event> events, String path, int depth) {
        Place place = Place.of(event.getStartMark());
        if (depth > DEEPEST) {
            throw new YAMLException("more than " + DEEPEST + " levels");
        }
        if (event instanceof NodeEvent node && !(event instanceof AliasEvent) && node.getAnchor() != null) {
            problem(event, path, "anchors (&" + node.getAnchor() + ") are not understood here; write the value again");
        }
        return switch (event) {
            case MappingStartEvent start -> {
                refuseTag(start.getTag(), event, path);
                yield mapping(place, events, path, depth);
            }
            case SequenceStartEvent start -> {
                refuseTag(start.getTag(), event, path);
                List<YamlNode> items = new ArrayList<>();
                for (Event next = events.next(); !(next instanceof SequenceEndEvent); next = events.next()) {
                    items.add(node(next, events, KeyPath.append(path, items.size()), depth + 1));
                }
                yield new YamlNode.Sequence(place, items);
            }
            case ScalarEvent scalar -> {
                refuseTag(scalar.getTag(), event, path);
                yield new YamlNode.Scalar(place, scalar.getValue(), scalar.getScalarStyle() == ScalarStyle.PLAIN);
            }
            case AliasEvent alias -> {
                problem(event, path, "aliases (*" + alias.getAnchor() + ") are not understood here; write it again");
                yield new YamlNode.Scalar(place, "", true);
            }
            default -> throw new YAMLException("unexpected " + event.getEventId());
        };
    }

    private YamlNode mapping(Place place, Iterator<Event> events, String path, int depth) {
        LinkedHashMap<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        LinkedHashMap<String, Place> seen = new LinkedHashMap<>();
        for (Event next = events.next(); !(next instanceof MappingEndEvent); next = events.next()) {
            Place keyPlace = Place.of(next.getStartMark());
            YamlNode key = node(next, events, path, depth + 1);
            if (!(key instanceof YamlNode.Scalar name)) {
                problems.add(file, keyPlace, path, "a key must be a word");
                node(events.next(), events, path, depth + 1);
                continue;
            }
            String below = KeyPath.append(path, name.text());
            YamlNode value = node(events.next(), events, below, depth + 1);
            Place first = seen.putIfAbsent(name.text(), keyPlace);
            if (first != null) {
                problems.add(file, keyPlace, below, "this key stands twice, first in line " + first.line());
            } else if (!(value instanceof YamlNode.Scalar scalar && scalar.isNull())) {
                entries.put(name.text(), new YamlNode.Entry(keyPlace, value));
            }
        }
        return new YamlNode.Mapping(place, entries);
    }

    private void refuseTag(@Nullable String tag, Event event, String path) {
        if (tag != null && !tag.equals("!")) {
            problem(event, path, "tags (" + tag + ") are not understood here; leave it out");
        }
    }

    private void problem(Event event, String path, String message) {
        problems.add(file, Place.of(event.getStartMark()), path, message);
    }

    private static String line(String text, int number) {
        return text.lines().skip(number - 1L).findFirst().orElse("");
    }

    /** JSON may be indented with tabs, which YAML forbids; a text of JSON never holds a bare tab. */
    private static String withoutTabsOfJson(String text) {
        String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return unmarked.stripLeading().startsWith("{") ? unmarked.replace('\t', ' ') : unmarked;
    }
}
