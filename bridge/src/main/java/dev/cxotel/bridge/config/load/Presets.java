package dev.cxotel.bridge.config.load;

import dev.cxotel.bridge.config.ConfigException;
import dev.cxotel.bridge.config.FileText;
import dev.cxotel.bridge.config.yaml.Document;
import dev.cxotel.bridge.config.yaml.Place;
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
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z0-9_]+)}");
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
        Optional<Section> raw = Document.foreign(name + ".yaml", text.get(), examples(text.get()), problems)
                .map(Document::root);
        Optional<Map<String, FileText>> values = raw.flatMap(
                file -> new PresetVariables(name, file.section("variables"), destination, environment).values());
        Optional<String> region = raw.flatMap(file -> region(name, file, destination));
        if (values.isEmpty() || region.isEmpty()) {
            return Optional.empty();
        }
        Optional<Preset> preset = Document.readWith(name + ".yaml", text.get(), values.get(), SCHEMA, problems)
                .map(document -> Preset.read(name, document.root(), region.get()));
        preset.filter(known -> !known.endpoint().isEmpty() && !PresetVariables.saysWhere(destination))
                .flatMap(known -> Endpoint.fault(known.endpoint(), known.protocol()))
                .ifPresent(fault -> problems.add(name + ".yaml", Place.NONE, "endpoint", fault));
        try {
            problems.throwIfAny();
        } catch (ConfigException e) {
            destination.problem("preset", "the preset " + name + " cannot be used: " + e.getMessage());
            return Optional.empty();
        }
        return preset;
    }

    /** What stands for {@code {region}}; empty when the destination must name another. */
    private static Optional<String> region(String name, Section preset, Section destination) {
        Section regions = preset.section("regions");
        Optional<String> wanted = destination.text("region");
        if (regions.keys().isEmpty()) {
            wanted.ifPresent(region -> destination.problem("region", "the preset " + name + " has no regions"));
            return wanted.isPresent() ? Optional.empty() : Optional.of("");
        }
        Optional<String> region = wanted.or(() -> preset.text("region"));
        if (region.isEmpty()) {
            if (PresetVariables.saysWhere(destination)) {
                return Optional.of("");
            }
            destination.problem(
                    "region", "the preset " + name + " needs `region`: one of " + String.join(", ", regions.keys()));
            return Optional.empty();
        }
        Optional<String> known = regions.text(region.get());
        if (known.isEmpty()) {
            destination.problem(
                    "region",
                    "\"" + region.get() + "\" is no region of the preset " + name + "; it knows "
                            + String.join(", ", regions.keys()) + "; for another one write `endpoints`");
        }
        return known;
    }

    /** A value for every variable that the file mentions, to read what it declares. */
    static Map<String, String> examples(String text) {
        return VARIABLE.matcher(text)
                .results()
                .collect(Collectors.toMap(match -> match.group(1), match -> "x", (one, other) -> one));
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

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(file -> file.endsWith(".yaml"))
                    .map(file -> file.substring(0, file.length() - ".yaml".length()))
                    .sorted()
                    .toList();
        }
    }

    static Optional<String> text(String name) {
        try (InputStream stream = Presets.class.getResourceAsStream(FOLDER + name + ".yaml")) {
            return stream == null
                    ? Optional.empty()
                    : Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
