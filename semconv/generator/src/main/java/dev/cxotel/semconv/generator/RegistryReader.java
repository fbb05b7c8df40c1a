package dev.cxotel.semconv.generator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads the YAML files of a registry's directory, each checked against the schema of what this registry uses. */
final class RegistryReader {

    private static final String MANIFEST = "manifest.yaml";

    private final YAMLMapper yaml = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private final RegistrySchema schema;

    RegistryReader() throws IOException {
        try (InputStream text = RegistryReader.class.getResourceAsStream("registry.schema.json")) {
            schema = new RegistrySchema(Objects.requireNonNull(text));
        }
    }

    /**
     * The registry in {@code directory}.
     *
     * @throws InvalidRegistryException with every violation of the schema and every unknown group
     */
    Registry read(Path directory) throws IOException, InvalidRegistryException {
        List<Problem> problems = new ArrayList<>();
        Map<String, JsonNode> files = new TreeMap<>();
        for (Path path : files(directory)) {
            String file = path.toString().replace('\\', '/');
            try {
                JsonNode root = yaml.readTree(path.toFile());
                problems.addAll(schema.check(file, root));
                files.put(file, root);
            } catch (JsonProcessingException e) {
                problems.add(new Problem(
                        new Place(file, "line " + e.getLocation().getLineNr()),
                        Objects.requireNonNullElse(e.getOriginalMessage(), "not YAML")));
            }
        }
        Path manifest = directory.resolve(MANIFEST);
        String schemaUrl = yaml.readTree(manifest.toFile()).path("schema_url").asText();
        if (schemaUrl.isEmpty()) {
            problems.add(new Problem(new Place(manifest.toString(), "schema_url"), "missing"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidRegistryException(problems);
        }
        RegistryNodes nodes = new RegistryNodes(files);
        Registry registry = nodes.toRegistry(schemaUrl);
        if (!nodes.problems().isEmpty()) {
            throw new InvalidRegistryException(nodes.problems());
        }
        return registry;
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(path -> path.toString().endsWith(".yaml"))
                    .filter(path -> !path.equals(directory.resolve(MANIFEST)))
                    .sorted()
                    .toList();
        }
    }
}
