package dev.cxotel.bridge.config.yaml;

import java.util.List;
import java.util.regex.Pattern;

/** The path of a key as people write it: {@code receiver.subscriptions[1].path}, {@code metrics["cxone.voice.mos"]}. */
final class KeyPath {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");

    private static final Pattern STEP = Pattern.compile("\\[(\\d+)]|\\[\"([^\"]*)\"]|([A-Za-z0-9_-]+)");

    private KeyPath() {}

    /** The keys of a path, as texts, and its indexes, as integers. */
    static List<Object> steps(String path) {
        return STEP.matcher(path)
                .results()
                .<Object>map(found -> found.group(1) != null
                        ? Integer.valueOf(found.group(1))
                        : found.group(2) != null ? found.group(2) : found.group(3))
                .toList();
    }

    static String append(String path, String key) {
        if (!PLAIN.matcher(key).matches()) {
            return path + "[\"" + key + "\"]";
        }
        return path.isEmpty() ? key : path + "." + key;
    }

    static String append(String path, int index) {
        return path + "[" + index + "]";
    }
}
