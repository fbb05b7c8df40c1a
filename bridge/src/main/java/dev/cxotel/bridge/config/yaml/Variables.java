package dev.cxotel.bridge.config.yaml;

import dev.cxotel.bridge.config.FileText;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts the environment into a file's values: {@code ${VAR}}, {@code ${env:VAR}}, {@code ${VAR:-default}} (used when the
 * variable is unset or empty), {@code ${file:/path}} (the file's text without the line end at its end) and {@code $$}
 * for a dollar sign. What comes in is never read for variables again. A value without quotes that becomes a number is a
 * number; so is one that is nothing but a reference, because within braces YAML demands quotes around it.
 */
final class Variables {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\$|\\$\\{([^}]*)(\\}?)");
    private static final Pattern VARIABLE = Pattern.compile("(?:env:)?([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?");
    private static final Pattern WHOLE = Pattern.compile("\\$\\{[^}]*}");
    private static final FileText NOTHING = new FileText(List.of());
    private static final FileText EMPTY = FileText.of("");

    private final String file;
    private final Map<String, FileText> environment;
    private final Problems problems;

    Variables(String file, Map<String, FileText> environment, Problems problems) {
        this.file = file;
        this.environment = environment;
        this.problems = problems;
    }

    YamlNode resolve(YamlNode node, String path) {
        return switch (node) {
            case YamlNode.Mapping mapping -> {
                LinkedHashMap<String, YamlNode.Entry> entries = new LinkedHashMap<>();
                mapping.entries()
                        .forEach((key, entry) -> entries.put(
                                key,
                                new YamlNode.Entry(
                                        entry.keyPlace(), resolve(entry.value(), KeyPath.append(path, key)))));
                yield new YamlNode.Mapping(mapping.place(), entries);
            }
            case YamlNode.Sequence sequence -> {
                List<YamlNode> items = new ArrayList<>();
                for (YamlNode item : sequence.items()) {
                    items.add(resolve(item, KeyPath.append(path, items.size())));
                }
                yield new YamlNode.Sequence(sequence.place(), items);
            }
            case YamlNode.Scalar scalar -> scalar(scalar, path);
        };
    }

    private YamlNode.Scalar scalar(YamlNode.Scalar scalar, String path) {
        if (scalar.text().indexOf('$') < 0) {
            return scalar;
        }
        List<FileText.Part> parts = new ArrayList<>();
        Matcher references = REFERENCE.matcher(scalar.text());
        int done = 0;
        while (references.find()) {
            parts.add(new FileText.Known(scalar.text().substring(done, references.start())));
            parts.addAll(value(references.group(), scalar.place(), path)
                    .orElse(NOTHING)
                    .parts());
            done = references.end();
        }
        parts.add(new FileText.Known(scalar.text().substring(done)));
        FileText whole = new FileText(parts);
        return new YamlNode.Scalar(
                scalar.place(),
                read(whole, scalar.place(), path),
                scalar.plain() || WHOLE.matcher(scalar.text()).matches(),
                Optional.of(whole).filter(FileText::hasFiles));
    }

    /** Empty when the reference has its problem. */
    private Optional<FileText> value(String reference, Place place, String path) {
        if (reference.equals("$$")) {
            return Optional.of(FileText.of("$"));
        }
        if (!reference.endsWith("}")) {
            problems.add(file, place, path, "`" + reference + "` has no closing brace; a dollar sign is written $$");
            return Optional.empty();
        }
        String inside = reference.substring(2, reference.length() - 1);
        if (inside.startsWith("file:")) {
            return content(inside.substring("file:".length()), place, path);
        }
        Matcher variable = VARIABLE.matcher(inside);
        if (!variable.matches()) {
            problems.add(
                    file,
                    place,
                    path,
                    "`" + reference + "` is none of ${VAR}, ${env:VAR}, ${VAR:-default}, ${file:/path};"
                            + " a dollar sign is written $$");
            return Optional.empty();
        }
        FileText value = environment.get(variable.group(1));
        String fallback = variable.group(2);
        if (fallback != null && (value == null || value.equals(EMPTY))) {
            return Optional.of(FileText.of(fallback));
        }
        if (value == null) {
            problems.add(file, place, path, "the variable " + variable.group(1) + " is not set");
        }
        return Optional.ofNullable(value);
    }

    private Optional<FileText> content(String name, Place place, String path) {
        try {
            return Optional.of(new FileText(List.of(new FileText.Content(Path.of(name)))));
        } catch (InvalidPathException e) {
            problems.add(file, place, path, "the file " + name + " cannot be read: " + e);
            return Optional.empty();
        }
    }

    private String read(FileText text, Place place, String path) {
        StringBuilder read = new StringBuilder();
        for (FileText.Part part : text.parts()) {
            try {
                read.append(new FileText(List.of(part)).read());
            } catch (NoSuchFileException e) {
                problems.add(file, place, path, "there is no file " + name(part));
            } catch (CharacterCodingException e) {
                problems.add(file, place, path, "the file " + name(part) + " is not UTF-8 text");
            } catch (IOException e) {
                String message = String.valueOf(e.getMessage());
                problems.add(
                        file,
                        place,
                        path,
                        message.startsWith("longer")
                                ? "the file " + name(part) + " is " + message
                                : "the file " + name(part) + " cannot be read: " + e);
            }
        }
        return read.toString();
    }

    private static String name(FileText.Part part) {
        return part instanceof FileText.Content content ? content.file().toString() : "";
    }
}
