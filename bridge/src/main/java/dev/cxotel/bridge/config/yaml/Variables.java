package dev.cxotel.bridge.config.yaml;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private static final long LONGEST_FILE = 1 << 20;

    private final String file;
    private final Map<String, String> environment;
    private final Problems problems;

    Variables(String file, Map<String, String> environment, Problems problems) {
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
                List<YamlNode> items = new java.util.ArrayList<>();
                for (YamlNode item : sequence.items()) {
                    items.add(resolve(item, KeyPath.append(path, items.size())));
                }
                yield new YamlNode.Sequence(sequence.place(), items);
            }
            case YamlNode.Scalar scalar ->
                new YamlNode.Scalar(
                        scalar.place(),
                        text(scalar.text(), scalar.place(), path),
                        scalar.plain() || WHOLE.matcher(scalar.text()).matches());
        };
    }

    private String text(String text, Place place, String path) {
        if (text.indexOf('$') < 0) {
            return text;
        }
        return REFERENCE.matcher(text).replaceAll(match -> Matcher.quoteReplacement(value(match.group(), place, path)));
    }

    private String value(String reference, Place place, String path) {
        if (reference.equals("$$")) {
            return "$";
        }
        if (!reference.endsWith("}")) {
            problems.add(file, place, path, "`" + reference + "` has no closing brace; a dollar sign is written $$");
            return "";
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
            return "";
        }
        String value = environment.get(variable.group(1));
        String fallback = variable.group(2);
        if (fallback != null && (value == null || value.isEmpty())) {
            return fallback;
        }
        if (value == null) {
            problems.add(file, place, path, "the variable " + variable.group(1) + " is not set");
            return "";
        }
        return value;
    }

    private String content(String name, Place place, String path) {
        try {
            Path source = Path.of(name);
            if (Files.isRegularFile(source) && Files.size(source) > LONGEST_FILE) {
                problems.add(file, place, path, "the file " + name + " is longer than 1 MiB");
                return "";
            }
            String content = Files.readString(source);
            return content.endsWith("\r\n")
                    ? content.substring(0, content.length() - 2)
                    : content.endsWith("\n") ? content.substring(0, content.length() - 1) : content;
        } catch (NoSuchFileException e) {
            problems.add(file, place, path, "there is no file " + name);
        } catch (CharacterCodingException e) {
            problems.add(file, place, path, "the file " + name + " is not UTF-8 text");
        } catch (IOException | InvalidPathException e) {
            problems.add(file, place, path, "the file " + name + " cannot be read: " + e);
        }
        return "";
    }
}
