package dev.cxotel.bridge.config.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.cxotel.bridge.config.ConfigException;
import dev.cxotel.bridge.config.DestinationConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file in {@code otel-config/presets}: what it says, and that it says from where. */
class PresetsTest {

    private static final Path FOLDER = Path.of("../otel-config/presets");
    private static final Path EXPECTED = Path.of("src/test/resources/presets/expected.yaml");
    private static final Pattern TOP_LEVEL = Pattern.compile("([a-z_]+):(.*)");
    private static final Pattern REFERENCE = Pattern.compile("\\[([a-z0-9-]+)]");
    private static final Set<String> SELF_EXPLAINING = Set.of("description", "source", "variables");

    @TempDir
    Path folder;

    static List<String> names() {
        return Presets.names();
    }

    static List<String> expectedNames() throws IOException {
        List<String> names = new ArrayList<>();
        expected().fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void presets_areThoseOfTheTable() throws IOException {
        assertThat(expectedNames().stream().map(PresetsTest::preset).distinct().toList())
                .hasSameElementsAs(names());
    }

    /** The table was written by hand from the vendors' pages, not from the files. */
    @ParameterizedTest
    @MethodSource("expectedNames")
    void preset_isEnough_andGivesWhatTheVendorAsksFor(String row) throws IOException, ConfigException {
        JsonNode wanted = expected().path(row);
        String line = "preset: " + preset(row);
        if (row.contains("/")) {
            line += ", region: " + row.substring(row.indexOf('/') + 1);
        }
        if (wanted.has("signals")) {
            line += ", signals: " + wanted.path("signals");
        }
        DestinationConfig destination = load(line, examples(preset(row)));

        Map<String, String> urls = new TreeMap<>();
        destination.endpoints().forEach((signal, url) -> urls.put(signal, url.toString()));
        assertThat(urls).isEqualTo(texts(wanted.path("urls")));
        if (wanted.has("headers")) {
            assertThat(destination.headers()).isEqualTo(texts(wanted.path("headers")));
        }
        if (wanted.has("signal_headers")) {
            Map<String, Map<String, String>> bySignal = new TreeMap<>();
            wanted.path("signal_headers")
                    .properties()
                    .forEach(entry -> bySignal.put(entry.getKey(), texts(entry.getValue())));
            assertThat(destination.signalHeaders()).isEqualTo(bySignal);
        }
        if (wanted.has("temporality")) {
            assertThat(Words.of(destination.temporality()))
                    .isEqualTo(wanted.path("temporality").asText());
        }
        if (wanted.has("histogram")) {
            assertThat(Words.of(destination.histogram()))
                    .isEqualTo(wanted.path("histogram").asText());
        }
        assertThat(destination.gzip()).isTrue();
        assertThat(destination.protocol()).isEqualTo(DestinationConfig.Protocol.HTTP_PROTOBUF);
        assertThat(destination.maxRequestBytes()).isEqualTo(1_000_000);
        assertThat(destination.name()).isEqualTo(preset(row));
    }

    @ParameterizedTest
    @MethodSource("names")
    void preset_saysWhereEachValueComesFrom(String name) throws IOException {
        List<String> lines = Files.readAllLines(FOLDER.resolve(name + ".yaml"));
        Set<String> defined = new TreeSet<>();
        Set<String> used = new TreeSet<>();
        for (String line : lines) {
            if (line.startsWith("# [")) {
                assertThat(line)
                        .as("a page and its date")
                        .matches("# \\[[a-z0-9-]+] https://\\S+ .*\\(20\\d\\d-\\d\\d\\)|"
                                + "# \\[[a-z0-9-]+] https://\\S+ \\(20\\d\\d-\\d\\d\\)");
                defined.add(line.substring(3, line.indexOf(']')));
                continue;
            }
            var key = TOP_LEVEL.matcher(line);
            if (!key.matches() || SELF_EXPLAINING.contains(key.group(1))) {
                continue;
            }
            int comment = line.indexOf(" # ");
            assertThat(comment).as(name + ".yaml: " + line).isPositive();
            String from = line.substring(comment);
            Set<String> references = REFERENCE
                    .matcher(from)
                    .results()
                    .map(match -> match.group(1))
                    .collect(Collectors.toSet());
            used.addAll(references);
            assertThat(!references.isEmpty() || from.contains("unconfirmed") || from.contains("cxotel:"))
                    .as(name + ".yaml: " + line)
                    .isTrue();
        }
        assertThat(used).isSubsetOf(defined);
        assertThat(defined).as("pages that no value names").isSubsetOf(used);
    }

    @ParameterizedTest
    @MethodSource("names")
    void preset_withoutAVariable_isAProblemThatNamesIt(String name) throws IOException {
        Map<String, String> all = examples(name);
        for (String variable : required(name)) {
            Map<String, String> others = new LinkedHashMap<>(all);
            others.remove(variable);
            assertThat(problems("preset: " + name + region(name), others))
                    .singleElement()
                    .asString()
                    .contains("cxotel.yaml:3:15: destinations[0].preset: the preset " + name + " needs the variable "
                            + variable + " (");
            others.put(variable, "   ");
            assertThat(problems("preset: " + name + region(name), others)).hasSize(1);
            others.put(variable, "a\nb");
            assertThat(problems("preset: " + name + region(name), others))
                    .singleElement()
                    .asString()
                    .contains("the variable " + variable + " (")
                    .contains("is not like ")
                    .doesNotContain("a\nb");
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void preset_destinationSaysItself_needsNoVariable(String name) throws IOException, ConfigException {
        JsonNode variables = file(name).path("variables");
        Set<String> headers = new TreeSet<>();
        variables.forEach(variable -> headers.add(variable.path("sets").asText()));
        headers.remove("endpoint");
        String own = headers.stream().map(header -> header + ": mine").collect(Collectors.joining(", "));
        DestinationConfig destination =
                load("preset: " + name + ", endpoint: \"https://own.example\", headers: { " + own + " }", Map.of());
        assertThat(destination.endpoints().values())
                .allSatisfy(url -> assertThat(url).hasHost("own.example"));
        headers.forEach(header -> assertThat(destination.headers()).containsEntry(header, "mine"));
        assertThat(destination.signalHeaders().values().stream().flatMap(map -> map.keySet().stream()))
                .noneMatch(headers::contains);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "preset: honeycom | destinations[0].preset: there is no preset \"honeycom\"; did you mean \"honeycomb\"?",
                "preset: honeycomb, region: asia | destinations[0].region: \"asia\" is no region of the preset honeycomb; it knows us, eu; for another one write `endpoints`",
                "preset: jaeger, region: eu | destinations[0].region: the preset jaeger has no regions",
                "preset: splunk | destinations[0].region: the preset splunk needs `region`: one of us0, us1, us2, eu0, eu1, eu2, au0, jp0",
                "preset: honeycomb, regoin: eu | destinations[0].regoin: unknown key; did you mean \"region\"?",
                "preset: honeycomb, variables: { HONEYCOMB_APIKEY: x } | destinations[0].variables.HONEYCOMB_APIKEY: the preset honeycomb has no variable HONEYCOMB_APIKEY; did you mean \"HONEYCOMB_API_KEY\"?",
                "preset: jaeger, signals: [logs] | destinations[0].signals: the preset jaeger takes no logs",
                "preset: jaeger, trace_link: http://x | destinations[0].trace_link: must hold {trace_id}",
            })
    void wrong_isAProblemAtItsPlace(String line, String problem) throws IOException {
        Map<String, String> environment = new LinkedHashMap<>(examples("honeycomb"));
        environment.putAll(examples("splunk"));
        assertThat(problems(line, environment)).singleElement().asString().contains(problem);
    }

    @Test
    void wrongVariable_isToldWithoutItsValue() throws IOException {
        Map<String, String> environment = new LinkedHashMap<>(examples("grafana_cloud"));
        environment.put("GRAFANA_CLOUD_OTLP_ENDPOINT", "otlp.grafana.net?secret");
        assertThat(problems("preset: grafana_cloud", environment))
                .singleElement()
                .asString()
                .contains("the variable GRAFANA_CLOUD_OTLP_ENDPOINT (")
                .contains("is not like https://otlp-gateway-prod-eu-west-2.grafana.net/otlp")
                .doesNotContain("secret");
    }

    @Test
    void variablesOfADestination_winOverTheEnvironment() throws IOException, ConfigException {
        Path key = Files.writeString(folder.resolve("key"), "from-file\n");
        DestinationConfig destination = load(
                "preset: honeycomb, variables: { HONEYCOMB_API_KEY: \"${file:" + key + "}\" }", examples("honeycomb"));
        assertThat(destination.headers()).containsEntry("x-honeycomb-team", "from-file");
        assertThat(destination.headerFiles()).containsOnlyKeys("x-honeycomb-team");
        assertThat(destination.toString()).doesNotContain("from-file");
    }

    @Test
    void basicAuth_fromAFile_isEncodedAnew() throws IOException, ConfigException {
        Path token = Files.writeString(folder.resolve("token"), "one");
        DestinationConfig destination = load(
                "preset: grafana_cloud, variables: { GRAFANA_CLOUD_TOKEN: \"${file:" + token + "}\" }",
                examples("grafana_cloud"));
        assertThat(destination.headers()).containsEntry("Authorization", "Basic MTIzNDU2Om9uZQ==");
        Files.writeString(token, "two");
        assertThat(destination.headerFiles().values().iterator().next().read()).isEqualTo("Basic MTIzNDU2OnR3bw==");
    }

    private DestinationConfig load(String line, Map<String, String> environment) throws IOException, ConfigException {
        return new ConfigLoader(environment)
                .load(file(line, folder))
                .config()
                .destinations()
                .getFirst();
    }

    private List<String> problems(String line, Map<String, String> environment) throws IOException {
        try {
            new ConfigLoader(environment).load(file(line, folder));
            return List.of();
        } catch (ConfigException e) {
            return e.problems().stream().map(ConfigException.Problem::toString).toList();
        }
    }

    private static Path file(String line, Path folder) throws IOException {
        return Files.writeString(folder.resolve("cxotel.yaml"), "cxotel: 1\ndestinations:\n  - { " + line + " }\n");
    }

    private static JsonNode file(String name) throws IOException {
        return new YAMLMapper().readTree(Files.readString(FOLDER.resolve(name + ".yaml")));
    }

    private static JsonNode expected() throws IOException {
        return new YAMLMapper().readTree(Files.readString(EXPECTED));
    }

    private static String preset(String row) {
        return row.replaceAll("[/+].*", "");
    }

    private static String region(String name) throws IOException {
        JsonNode file = file(name);
        return file.has("regions") && !file.has("region")
                ? ", region: " + file.path("regions").fieldNames().next()
                : "";
    }

    private static Map<String, String> examples(String name) throws IOException {
        Map<String, String> examples = new LinkedHashMap<>();
        file(name)
                .path("variables")
                .properties()
                .forEach(variable -> examples.put(
                        variable.getKey(), variable.getValue().path("example").asText()));
        return examples;
    }

    private static Set<String> required(String name) throws IOException {
        Set<String> required = new TreeSet<>();
        file(name).path("variables").properties().forEach(variable -> {
            if (!variable.getValue().has("default")) {
                required.add(variable.getKey());
            }
        });
        return required;
    }

    private static Map<String, String> texts(JsonNode mapping) {
        Map<String, String> texts = new TreeMap<>();
        mapping.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }
}
