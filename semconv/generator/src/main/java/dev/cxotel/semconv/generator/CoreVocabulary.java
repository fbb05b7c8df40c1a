package dev.cxotel.semconv.generator;

import dev.cxotel.semconv.generator.Registry.ValueType;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.semconv.HttpAttributes;
import io.opentelemetry.semconv.incubating.GeoIncubatingAttributes;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** OpenTelemetry's own attributes, read from the constants of its libraries. */
final class CoreVocabulary {

    /**
     * An attribute of the core.
     *
     * @param type empty for the types that this registry does not use, such as lists
     */
    record CoreAttribute(String key, Optional<ValueType> type, boolean deprecated) {}

    private final Map<String, CoreAttribute> attributes;

    private CoreVocabulary(Map<String, CoreAttribute> attributes) {
        this.attributes = attributes;
    }

    /** The stable and the incubating attributes; where both have one, the stable library decides. */
    static CoreVocabulary load() throws IOException {
        Map<String, CoreAttribute> attributes = new TreeMap<>();
        for (Class<?> library : List.of(GeoIncubatingAttributes.class, HttpAttributes.class)) {
            for (CoreAttribute attribute : constants(library)) {
                attributes.put(attribute.key(), attribute);
            }
        }
        return new CoreVocabulary(attributes);
    }

    Optional<CoreAttribute> attribute(String key) {
        return Optional.ofNullable(attributes.get(key));
    }

    private static List<CoreAttribute> constants(Class<?> member) throws IOException {
        String folder = member.getPackageName().replace('.', '/') + "/";
        try (JarFile jar = new JarFile(jarOf(member).toFile())) {
            return jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.startsWith(folder) && name.endsWith("Attributes.class"))
                    .filter(name -> name.indexOf('/', folder.length()) < 0 && name.indexOf('$') < 0)
                    .map(name -> load(member.getClassLoader(), name))
                    .flatMap(type -> List.of(type.getFields()).stream())
                    .filter(field -> AttributeKey.class.isAssignableFrom(field.getType()))
                    .map(CoreVocabulary::attribute)
                    .toList();
        }
    }

    private static Path jarOf(Class<?> member) throws IOException {
        try {
            return Path.of(
                    member.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException("no jar of " + member, e);
        }
    }

    private static Class<?> load(ClassLoader loader, String entry) {
        try {
            return Class.forName(
                    entry.substring(0, entry.length() - ".class".length()).replace('/', '.'), true, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CoreAttribute attribute(Field field) {
        try {
            AttributeKey<?> key = (AttributeKey<?>) field.get(null);
            return new CoreAttribute(key.getKey(), type(key), field.isAnnotationPresent(Deprecated.class));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<ValueType> type(AttributeKey<?> key) {
        return switch (key.getType()) {
            case STRING -> Optional.of(ValueType.STRING);
            case LONG -> Optional.of(ValueType.INT);
            case DOUBLE -> Optional.of(ValueType.DOUBLE);
            case BOOLEAN -> Optional.of(ValueType.BOOLEAN);
            case STRING_ARRAY, LONG_ARRAY, DOUBLE_ARRAY, BOOLEAN_ARRAY, VALUE -> Optional.empty();
        };
    }
}
