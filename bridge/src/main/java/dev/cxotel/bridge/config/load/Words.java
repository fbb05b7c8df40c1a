package dev.cxotel.bridge.config.load;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The words of a configuration file for the constants of an enum: the constant's name in lower case. */
final class Words {

    private Words() {}

    static <E extends Enum<E>> Map<String, E> of(E[] constants) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E constant : constants) {
            words.put(of(constant), constant);
        }
        return words;
    }

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
