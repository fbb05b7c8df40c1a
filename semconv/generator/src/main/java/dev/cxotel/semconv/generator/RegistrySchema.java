package dev.cxotel.semconv.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The JSON Schema of the part of {@code definition/2} that this registry uses. */
final class RegistrySchema {

    private final Schema schema;

    RegistrySchema(InputStream text) throws IOException {
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(new String(text.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
    }

    List<Problem> check(String file, JsonNode root) {
        return schema.validate(root).stream()
                .map(error -> new Problem(
                        new Place(file, readable(error.getInstanceLocation().toString(), root)), error.getMessage()))
                .toList();
    }

    /** {@code /metrics/3/unit} as {@code metrics[cxone.voice.mos].unit}, where the third metric bears that name. */
    private static String readable(String pointer, JsonNode root) {
        StringBuilder path = new StringBuilder();
        JsonNode node = root;
        for (String step : pointer.split("/", -1)) {
            if (step.isEmpty()) {
                continue;
            }
            String name = step.replace("~1", "/").replace("~0", "~");
            if (node.isArray()) {
                node = node.path(Integer.parseInt(name));
                path.append('[').append(RegistryNodes.name(node).orElse(name)).append(']');
            } else {
                node = node.path(name);
                path.append(path.isEmpty() ? "" : ".").append(name);
            }
        }
        return path.isEmpty() ? "the file" : path.toString();
    }
}
