package dev.cxotel.semconv.generator;

import com.palantir.javapoet.ClassName;
import java.util.Locale;
import java.util.regex.Pattern;

/** How the registry's names are written in Java. */
final class JavaNames {

    static final String PACKAGE = "dev.cxotel.semconv";

    private JavaNames() {}

    /** {@code cxone.voice.mos} as {@code CXONE_VOICE_MOS}. */
    static String constant(String name) {
        return name.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /** {@code cxone.time_source} as {@code CxoneTimeSource}. */
    static String type(String name) {
        return Pattern.compile("(?:^|[._])([a-z0-9])").matcher(name).replaceAll(match -> match.group(1)
                .toUpperCase(Locale.ROOT));
    }

    /** {@code Cxone} or {@code Cxotel}, by the first word of {@code name}. */
    static String family(String name) {
        return type(name.substring(0, name.indexOf('.')));
    }

    static ClassName own(String type) {
        return ClassName.get(PACKAGE, type);
    }

    /** The class that holds the constant of the attribute {@code key}. */
    static ClassName attributes(Registry registry, String key) {
        return own(registry.attribute(key).isPresent() ? family(key) + "Attributes" : "CoreAttributes");
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Registry text as javadoc: Markdown's code becomes javadoc's, nothing in it can end or steer the comment. */
    static String javadoc(String text) {
        String safe = text.strip()
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("@", "&#64;")
                .replace("*/", "*&#47;");
        return safe.replaceAll("`([^`{}]*)`", "{@code $1}");
    }
}
