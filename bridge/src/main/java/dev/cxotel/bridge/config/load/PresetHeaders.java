package dev.cxotel.bridge.config.load;

import dev.cxotel.bridge.config.FileText;
import dev.cxotel.bridge.config.yaml.Section;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A destination's request headers: its preset's, unless it says another value for one.
 *
 * @param all sent with every request
 * @param bySignal sent with the requests of one signal
 * @param files those of which parts stand in files
 */
record PresetHeaders(Map<String, String> all, Map<String, Map<String, String>> bySignal, Map<String, FileText> files) {

    /** @param own the mapping {@code headers} of the destination; what is wrong in it becomes its problem */
    static PresetHeaders of(Preset preset, Section own) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Map<String, FileText> files = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(preset.headers());
        files.putAll(preset.headerFiles());
        Map<String, Map<String, String>> bySignal = new LinkedHashMap<>();
        preset.signalHeaders().forEach((signal, headers) -> bySignal.put(signal, new HashMap<>(headers)));
        own.texts().forEach((name, value) -> {
            Headers.fault(name, value).ifPresent(fault -> own.problem(name, fault));
            all.remove(name);
            all.put(name, value);
            files.remove(name);
            own.files(name).ifPresent(text -> files.put(name, text));
            bySignal.values().forEach(headers -> headers.keySet().removeIf(name::equalsIgnoreCase));
        });
        return new PresetHeaders(all, bySignal, files);
    }
}
