package dev.cxotel.bridge.config.load;

import dev.cxotel.bridge.config.ConfigException;
import dev.cxotel.bridge.config.yaml.Document;
import dev.cxotel.bridge.config.yaml.Problems;
import dev.cxotel.bridge.config.yaml.SchemaFile;
import dev.cxotel.bridge.config.yaml.Section;
import dev.cxotel.bridge.config.yaml.Suggestion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The presets on the class path, one file a backend. */
final class Presets {

    static final String DEFAULT = "collector";

    private static final String FOLDER = "/dev/cxotel/otel-config/presets/";
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]+");
    private static final SchemaFile SCHEMA = SchemaFile.resource(FOLDER + "preset.schema.json");

    private Presets() {}

    /** The preset that {@code destination} names; what it lacks is a problem of that destination. */
    static Optional<Preset> of(Section destination, Map<String, String> environment) {
        String name = destination.text("preset").orElse(DEFAULT);
        Optional<String> text = NAME.matcher(name).matches() ? text(name) : Optional.empty();
        if (text.isEmpty()) {
            destination.problem("preset", "there is no preset \"" + name + "\"" + Suggestion.hint(name, names()));
            return Optional.empty();
        }
        Problems problems = new Problems();
        Optional<Document> file = Document.read(name + ".yaml", text.get(), environment, SCHEMA, problems);
        Optional<String> missing = file.flatMap(document -> missing(document.root(), environment));
        if (missing.isPresent()) {
            destination.problem("preset", "the preset " + name + " needs " + missing.get());
            return Optional.empty();
        }
        try {
            problems.throwIfAny();
        } catch (ConfigException e) {
            destination.problem("preset", "the preset " + name + " cannot be used: " + e.getMessage());
            return Optional.empty();
        }
        return file.map(document -> Preset.read(name, document.root()));
    }

    /** The preset of what the environment alone names. */
    static Preset collector() {
        return of(Document.empty().root(), Map.of())
                .orElseThrow(() -> new IllegalStateException("the preset " + DEFAULT + " is broken"));
    }

    static List<String> names() {
        URL folder = Presets.class.getResource(FOLDER);
        if (folder == null) {
            return List.of();
        }
        try {
            URI uri = folder.toURI();
            if (!uri.getScheme().equals("jar")) {
                return names(Path.of(uri));
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return names(jar.getPath(FOLDER));
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> missing(Section preset, Map<String, String> environment) {
        Section variables = preset.section("variables");
        String missing = variables.keys().stream()
                .filter(variable -> !environment.containsKey(variable))
                .map(variable -> "the variable " + variable + " ("
                        + variables.section(variable).text("meaning").orElse("") + ")")
                .collect(Collectors.joining(" and "));
        return missing.isEmpty() ? Optional.empty() : Optional.of(missing);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(file -> file.endsWith(".yaml"))
                    .map(file -> file.substring(0, file.length() - ".yaml".length()))
                    .sorted()
                    .toList();
        }
    }

    private static Optional<String> text(String name) {
        try (InputStream stream = Presets.class.getResourceAsStream(FOLDER + name + ".yaml")) {
            return stream == null
                    ? Optional.empty()
                    : Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
