package dev.cxotel.bridge.config.load;

import dev.cxotel.bridge.config.FileText;
import dev.cxotel.bridge.config.yaml.Section;
import dev.cxotel.bridge.config.yaml.Suggestion;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The values of a preset's variables for one destination: what it says under {@code variables}, else the environment,
 * else the preset's default. A missing or wrong one is a problem of the destination that names the variable and never
 * shows its value.
 */
final class PresetVariables {

    /** What may stand in a header and in a URL: visible characters, blanks within. */
    private static final Pattern SANE = Pattern.compile("[\\x21-\\x7e](?:[\\x20-\\x7e]*[\\x21-\\x7e])?");

    private final String preset;
    private final Section declared;
    private final Section destination;
    private final Map<String, String> environment;

    /** @param declared the mapping {@code variables} of the preset's file */
    PresetVariables(String preset, Section declared, Section destination, Map<String, String> environment) {
        this.preset = preset;
        this.declared = declared;
        this.destination = destination;
        this.environment = environment;
    }

    /** The values by name; empty when one is missing or wrong. */
    Optional<Map<String, FileText>> values() {
        boolean good = true;
        Section own = destination.section("variables");
        for (String name : own.keys()) {
            if (!declared.keys().contains(name)) {
                own.keyProblem(
                        name,
                        "the preset " + preset + " has no variable " + name + Suggestion.hint(name, declared.keys()));
                good = false;
            }
        }
        Map<String, FileText> values = new LinkedHashMap<>();
        for (String name : declared.keys()) {
            Section variable = declared.section(name);
            String example = variable.text("example").orElse("");
            if (isReplaced(variable.text("sets").orElse(""))) {
                values.put(name, FileText.of(example));
                continue;
            }
            Optional<FileText> value =
                    value(name, own).or(() -> variable.text("default").map(FileText::of));
            String meaning = " (" + variable.text("meaning").orElse("") + ")";
            if (value.isEmpty()) {
                destination.problem("preset", "the preset " + preset + " needs the variable " + name + meaning);
                good = false;
            } else if (!fits(value.get(), variable.text("pattern"))) {
                Section at = own.has(name) ? own : destination;
                at.problem(
                        own.has(name) ? name : "preset", "the variable " + name + meaning + " is not like " + example);
                good = false;
            } else {
                values.put(name, value.get());
            }
        }
        return good ? Optional.of(values) : Optional.empty();
    }

    /** Whether the destination itself says what the variable would have been for. */
    private boolean isReplaced(String target) {
        return target.equals("endpoint")
                ? saysWhere(destination)
                : destination.section("headers").keys().stream().anyMatch(target::equalsIgnoreCase);
    }

    /** Whether the destination brings its own URLs. */
    static boolean saysWhere(Section destination) {
        return destination.has("endpoint") || destination.has("endpoints");
    }

    private Optional<FileText> value(String name, Section own) {
        return own.files(name).or(() -> own.text(name).map(FileText::of)).or(() -> Optional.of(
                        environment.getOrDefault(name, ""))
                .filter(text -> !text.isBlank())
                .map(FileText::of));
    }

    private static boolean fits(FileText value, Optional<String> pattern) {
        try {
            String text = value.read();
            return SANE.matcher(text).matches() && pattern.map(text::matches).orElse(true);
        } catch (IOException e) {
            return false;
        }
    }
}
