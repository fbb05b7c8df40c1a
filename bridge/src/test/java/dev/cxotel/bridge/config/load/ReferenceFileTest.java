package dev.cxotel.bridge.config.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.cxotel.bridge.config.BridgeConfig;
import dev.cxotel.bridge.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference file, the schema and the records say the same. */
class ReferenceFileTest {

    private static final Path REFERENCE = Path.of("../otel-config/cxotel.reference.yaml");
    private static final Path SCHEMA = Path.of("../otel-config/cxotel.schema.json");
    private static final Pattern COMMENTED_KEY = Pattern.compile("(?m)^( *)#(\\S.*)$");

    @TempDir
    Path folder;

    @Test
    void reference_asItIs_isTheDefaults() throws ConfigException {
        ConfigLoader loader = new ConfigLoader(Map.of());
        assertThat(loader.load(REFERENCE).config()).isEqualTo(loader.load().config());
    }

    @Test
    void reference_itsExamplesToo_isGood() throws ConfigException, IOException {
        BridgeConfig config = new ConfigLoader(Map.of())
                .load(Files.writeString(folder.resolve("all.yaml"), everyKey()))
                .config();
        assertThat(config.destinations()).hasSize(1);
    }

    @Test
    void reference_hasEveryKeyOfTheSchemaAndNoOther() throws IOException {
        JsonNode schema = new ObjectMapper().readTree(Files.readString(SCHEMA));
        Set<String> known = new TreeSet<>();
        collectSchema("", schema, known);
        Set<String> written = new TreeSet<>();
        collectFile("", new YAMLMapper().readTree(everyKey()), schema, written);
        assertThat(written).isEqualTo(known);
    }

    @Test
    void schema_saysADescriptionOfEveryKeyAndTheDefaultsOfTheRecords() throws IOException, ConfigException {
        JsonNode schema = new ObjectMapper().readTree(Files.readString(SCHEMA));
        JsonNode printed = new YAMLMapper()
                .readTree(EffectiveConfig.yaml(new ConfigLoader(Map.of()).load().config()));
        checkDefaults("", schema, printed);
    }

    private String everyKey() throws IOException {
        return COMMENTED_KEY
                .matcher(Files.readString(REFERENCE))
                .replaceAll("$1$2")
                .replace("/etc/ssl/proxy-ca.pem", REFERENCE.toString())
                .replace("trusted_proxies: []", "trusted_proxies: [10.0.0.0/8]")
                .replaceAll("(server\\.(?:pem|key))", "src/test/resources/config/$1")
                .replace("client-ca.pem", "src/test/resources/config/server.pem")
                .replaceAll("\\$\\{file:/etc/cxotel/[a-z.]+key}", "0123456789abcdef".repeat(4));
    }

    private static void collectSchema(String path, JsonNode schema, Set<String> known) {
        schema.path("properties").properties().forEach(property -> {
            known.add(path + "." + property.getKey());
            collectSchema(path + "." + property.getKey(), property.getValue(), known);
        });
        if (schema.path("additionalProperties").path("properties").isObject()) {
            collectSchema(path + ".*", schema.path("additionalProperties"), known);
        }
        if (schema.path("items").isObject()) {
            collectSchema(path + "[]", schema.path("items"), known);
        }
    }

    private static void collectFile(String path, JsonNode file, JsonNode schema, Set<String> written) {
        if (file.isArray()) {
            file.forEach(item -> collectFile(path + "[]", item, schema.path("items"), written));
        }
        file.properties().forEach(entry -> {
            JsonNode known = schema.path("properties").path(entry.getKey());
            if (!known.isMissingNode() || schema.path("additionalProperties").isBoolean()) {
                written.add(path + "." + entry.getKey());
                collectFile(path + "." + entry.getKey(), entry.getValue(), known, written);
            } else {
                collectFile(path + ".*", entry.getValue(), schema.path("additionalProperties"), written);
            }
        });
    }

    private static void checkDefaults(String path, JsonNode schema, JsonNode printed) {
        schema.path("properties").properties().forEach(property -> {
            String below = path + "." + property.getKey();
            JsonNode one = property.getValue();
            assertThat(one.path("description").asText()).as(below).isNotBlank();
            if (one.has("default") && !printed.isMissingNode()) {
                JsonNode value = printed.path(property.getKey());
                JsonNode known = one.path("default");
                if (value.isNumber()) {
                    assertThat(value.doubleValue()).as(below).isEqualTo(known.doubleValue());
                } else {
                    assertThat(value.asText()).as(below).isEqualTo(known.asText());
                }
            }
            checkDefaults(below, one, printed.path(property.getKey()));
        });
    }
}
