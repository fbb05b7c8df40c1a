package dev.cxotel.bridge.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.signal.Slices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The golden cases of a slice: folders {@code golden/<slice>/<case>/} with
 *
 * <ul>
 *   <li>{@code webhook.json}, a body as it is posted, byte for byte;
 *   <li>{@code facts.yaml}, written by hand before the code ran: {@code received_at}, perhaps {@code subscription} and
 *       {@code mapping} (configuration), and under {@code facts} the values that matter, in the form of
 *       {@link OtlpTree}. Only what is named is compared; {@code null} says that a value must be absent;
 *   <li>{@code otlp.json}, all that came out. {@code -Dgolden.update} rewrites it; read the difference.
 * </ul>
 */
public final class GoldenCases {

    private static final Path ROOT = Path.of("src", "test", "resources", "golden");

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private GoldenCases() {}

    /** The folders of {@code slice}, for a {@code MethodSource}. */
    public static Stream<Path> of(String slice) {
        try (Stream<Path> folders = Files.list(ROOT.resolve(slice))) {
            return folders.filter(Files::isDirectory).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Translates the case's body and compares.
     *
     * @param slices makes the slices from the case's {@code mapping}, which may be absent
     */
    public static void check(Path folder, Function<JsonNode, Slices> slices) throws IOException {
        JsonNode facts = YAML.readTree(Files.readString(folder.resolve("facts.yaml")));
        Bytes body = Bytes.wrap(Files.readAllBytes(folder.resolve("webhook.json")));
        ObjectNode actual = OtlpTree.of(
                body,
                slices.apply(facts.path("mapping")),
                facts.path("subscription").asText("voice"),
                java.time.Instant.parse(facts.path("received_at").asText()));
        List<String> differences = new ArrayList<>();
        differences("", facts.path("facts"), actual, differences);
        assertThat(differences).as(folder + "/facts.yaml, expected and found").isEmpty();
        compareWhole(folder.resolve("otlp.json"), actual);
    }

    private static void compareWhole(Path file, ObjectNode actual) throws IOException {
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        String text = JSON.writer(printer).writeValueAsString(actual) + "\n";
        if (System.getProperty("golden.update") != null) {
            Files.writeString(file, text);
        }
        assertThat(file).as("run with -Dgolden.update and read the difference").exists();
        assertThat(text).isEqualTo(Files.readString(file));
    }

    /** Collects where {@code actual} lacks a fact. */
    private static void differences(String path, JsonNode fact, JsonNode actual, List<String> found) {
        if (fact.isObject()) {
            fact.properties()
                    .forEach(field -> differences(
                            path + "/" + field.getKey(), field.getValue(), actual.path(field.getKey()), found));
        } else if (fact.isArray()) {
            if (fact.size() != actual.size()) {
                found.add(path + ": " + fact.size() + " entries, found " + actual);
            }
            for (int i = 0; i < fact.size(); i++) {
                differences(path + "/" + i, fact.get(i), actual.path(i), found);
            }
        } else if (!same(fact, actual)) {
            found.add(path + ": " + fact + ", found " + (actual.isMissingNode() ? "nothing" : actual));
        }
    }

    private static boolean same(JsonNode fact, JsonNode actual) {
        if (fact.isNull()) {
            return actual.isMissingNode();
        }
        if (fact.isNumber() && actual.isNumber()) {
            return fact.decimalValue().compareTo(actual.decimalValue()) == 0;
        }
        return fact.equals(actual);
    }

    static List<String> sorted(Stream<String> texts) {
        return List.copyOf(texts.collect(java.util.stream.Collectors.toCollection(TreeSet::new)));
    }
}
