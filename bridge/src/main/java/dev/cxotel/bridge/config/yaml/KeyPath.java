package dev.cxotel.bridge.config.yaml;

import java.util.regex.Pattern;

/** The path of a key as people write it: {@code receiver.subscriptions[1].path}, {@code metrics["cxone.voice.mos"]}. */
final class KeyPath {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");

    private KeyPath() {}

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
