package dev.cxotel.bridge.config.scheme.yaml;

import dev.cxotel.bridge.config.ConfigException;
import dev.cxotel.bridge.config.scheme.Scheme;
import dev.cxotel.bridge.config.yaml.Document;
import dev.cxotel.bridge.config.yaml.Problems;
import dev.cxotel.bridge.config.yaml.SchemaFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** The schemes on the class path, one file each, in {@code dev/cxotel/bridge/auth/schemes}. */
public final class SchemePresets {

    private static final String FOLDER = "/dev/cxotel/bridge/auth/schemes/";

    /** The likeliest first. */
    private static final List<String> NAMES =
            List.of("walmart_io", "walmart_marketplace", "nice_expert", "standard_webhooks", "rfc9421");

    private static final SchemaFile SCHEMA = SchemaFile.resource(FOLDER + "scheme.schema.json");

    private static final SequencedMap<String, Scheme> ALL = load();

    private SchemePresets() {}

    /** Every preset, the likeliest first. */
    public static List<Scheme> all() {
        return List.copyOf(ALL.values());
    }

    public static Optional<Scheme> named(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    public static List<String> names() {
        return NAMES;
    }

    /**
     * The scheme that a file of its own spells out.
     *
     * @throws ConfigException with everything that is wrong with it
     */
    public static Scheme file(Path file) throws ConfigException {
        try {
            return parse(Scheme.CUSTOM, file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new ConfigException(
                    List.of(new ConfigException.Problem(file.toString(), 0, 0, "", "this cannot be read: " + e)));
        }
    }

    private static SequencedMap<String, Scheme> load() {
        SequencedMap<String, Scheme> all = new LinkedHashMap<>();
        for (String name : NAMES) {
            try {
                all.put(name, parse(name, name + ".yaml", text(name)));
            } catch (ConfigException e) {
                throw new IllegalStateException(e);
            }
        }
        return all;
    }

    private static Scheme parse(String name, String file, String text) throws ConfigException {
        Problems problems = new Problems();
        Optional<Scheme> scheme = Document.read(file, text, Map.of(), SCHEMA, problems)
                .flatMap(document -> SchemeReader.read(name, document.root()));
        problems.throwIfAny();
        return scheme.orElseThrow();
    }

    private static String text(String name) {
        try (InputStream stream = SchemePresets.class.getResourceAsStream(FOLDER + name + ".yaml")) {
            if (stream == null) {
                throw new IllegalStateException("no resource " + FOLDER + name + ".yaml");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
