package dev.cxotel.bridge.config.load;

import dev.cxotel.bridge.config.yaml.Document;
import dev.cxotel.bridge.config.yaml.Problems;
import dev.cxotel.bridge.config.yaml.Section;
import java.util.LinkedHashMap;
import java.util.Map;

/** The variables of presets that hold keys, for a person who has to correct one. */
public final class PresetKeys {

    private PresetKeys() {}

    /** The variables that {@code preset} makes its headers of, with their meaning; empty when there are none. */
    public static Map<String, String> of(String preset) {
        Map<String, String> keys = new LinkedHashMap<>();
        Presets.text(preset)
                .flatMap(text -> Document.foreign(preset + ".yaml", text, Presets.examples(text), new Problems()))
                .map(document -> document.root().section("variables"))
                .ifPresent(variables -> {
                    for (String name : variables.keys()) {
                        Section variable = variables.section(name);
                        if (!variable.has("default")
                                && !variable.text("sets").orElse("").equals("endpoint")) {
                            keys.put(name, variable.text("meaning").orElse(""));
                        }
                    }
                });
        return keys;
    }
}
