package dev.cxotel.bridge.cli.look;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cxotel.bridge.cli.Cxotel;
import dev.cxotel.bridge.cli.Seams;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranslateCommandTest {

    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void translate_scriptEventAsPrinted_givesTraceMetricsAndNotes() throws IOException {
        int code = translate(GOLDEN.resolve("scriptapi/documented_as_printed/webhook.json"));

        assertThat(code).as(err.toString()).isZero();
        assertThat(err.toString()).contains("body: repaired ").contains("event 0 (script_api): late, it happened at ");
        List<JsonNode> requests = requests();
        assertThat(requests).hasSize(2);
        JsonNode span = requests.getFirst().at("/resourceSpans/0/scopeSpans/0/spans/0");
        assertThat(span.path("traceId").asText()).matches("[0-9a-f]{32}");
        assertThat(span.path("spanId").asText()).matches("[0-9a-f]{16}");
        assertThat(span.path("kind").isInt()).isTrue();
        assertThat(span.path("endTimeUnixNano").isTextual()).isTrue();
        JsonNode metric = requests.get(1).at("/resourceMetrics/0/scopeMetrics/0/metrics/0");
        assertThat(metric.path("name").asText()).isEqualTo("cxone.script.api.duration");
        assertThat(metric.at("/histogram/dataPoints/0/sum").asDouble()).isEqualTo(1.0);
        assertThat(metric.at("/histogram/dataPoints/0/exemplars/0/traceId").asText())
                .isEqualTo(span.path("traceId").asText());
    }

    @Test
    void translate_voiceRecordAsPrinted_givesAllThreeSignals() throws IOException {
        int code = translate(GOLDEN.resolve("voicequality/documented_as_printed/webhook.json"));

        assertThat(code).isZero();
        assertThat(err.toString())
                .contains("body: repaired escaped_document")
                .contains("event 0 (voice_quality): missing AvgRtt (DataSource SBC EXMS)");
        assertThat(requests())
                .extracting(request -> request.fieldNames().next())
                .containsExactly("resourceSpans", "resourceMetrics", "resourceLogs");
    }

    @Test
    void translate_withConfiguration_usesItsMapping() throws IOException {
        Path config = write("cxotel.yaml", """
                cxotel: 1
                mapping:
                  service_names: { studio: my-studio }
                  response_time_unit: ms
                  unknown_fields: values
                receiver:
                  subscriptions:
                    - { name: denver, type: script_api, path: /s, time_zone: America/Denver, resource: { site: west } }
                """);
        Path body = write("body.json", """
                {"busNo":"1","contactId":"7","messageId":"m","actionName":"A","scriptName":"S","responseTime":"250",\
                "dateTime":"4/21/2023 11:20:20 AM","apiResponseCode":"200","Novelty":"x"}""");

        int code = translate(body, "--config", config.toString(), "--type", "script_api");

        assertThat(code).as(err.toString()).isZero();
        assertThat(err.toString()).contains("unknown_field Novelty");
        assertThat(out.toString())
                .contains("\"my-studio\"")
                .contains("\"site\"")
                .contains("\"cxone.unmapped\"")
                .contains("\"sum\":0.25");
        assertThat(requests()
                        .getFirst()
                        .at("/resourceSpans/0/scopeSpans/0/spans/0/endTimeUnixNano")
                        .asText())
                .as("17:20:20 UTC")
                .isEqualTo("1682097620000000000");
    }

    @Test
    void translate_otherType_saysMisplaced() throws IOException {
        translate(GOLDEN.resolve("voicequality/documented/webhook.json"), "--type", "script_api");
        assertThat(err.toString()).contains("misplaced, it came to a subscription of type script_api");
    }

    @Test
    void translate_repeatsInOneBody_areLeftOutAndRevisionsNumbered() throws IOException {
        Path body = write("body.json", """
                [{"busNo":"1","messageId":"m","actionName":"A","scriptName":"S"},
                 {"busNo":"1","messageId":"m","actionName":"A","scriptName":"S"},
                 {"busNo":"1","messageId":"m","actionName":"A","scriptName":"S","apiResponseCode":"200"}]""");
        assertThat(translate(body, "--signals", "traces")).isZero();
        assertThat(err.toString())
                .contains("event 1 (script_api): duplicate")
                .contains("event 2 (script_api): revised, revision 1");
        assertThat(requests()).singleElement().satisfies(request -> assertThat(
                        request.at("/resourceSpans/0/scopeSpans/0/spans"))
                .hasSize(2));
    }

    @Test
    void translate_badEntryAmongGood_costsOnlyItself() throws IOException {
        assertThat(translate(GOLDEN.resolve("scriptapi/one_bad_of_three/webhook.json")))
                .isZero();
        assertThat(err.toString()).contains("part 1: unreadable, unreadable_time");
    }

    @Test
    void translate_nothingUnderstood_isExitOne() throws IOException {
        assertThat(translate(write("a", "hello"))).isEqualTo(1);
        assertThat(err.toString()).contains("not JSON: ");
        assertThat(translate(write("b", "{\"a\":1}"))).isEqualTo(1);
        assertThat(err.toString()).contains("unknown_type");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void translate_emptyMetadata_isUnderstood() throws IOException {
        assertThat(translate(GOLDEN.resolve("scriptapi/empty_metadata/webhook.json")))
                .isZero();
        assertThat(err.toString()).contains("holds no event");
    }

    @Test
    void translate_controlCharacters_reachNoTerminal() throws IOException {
        Path body = write("body.json", """
                {"busNo":"1","messageId":"m","actionName":"\\u001b[2J\\u009b31m\\u202e","scriptName":"S","\\u009bNew":1}""");
        assertThat(translate(body)).isZero();
        assertThat(out.toString() + err).doesNotContain("\u001b", "\u009b", "\u202e");
        assertThat(requests()
                        .getFirst()
                        .at("/resourceSpans/0/scopeSpans/0/spans/0/name")
                        .asText())
                .contains("\u009b31m");
    }

    @Test
    void translate_noFile_isSaid() {
        assertThat(execute("translate", "--file", directory.resolve("none").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("there is no file");
        assertThat(execute("translate", "--file", "x", "--type", "contact")).isEqualTo(2);
    }

    private int translate(Path body, String... more) {
        List<String> arguments = new java.util.ArrayList<>(List.of("translate", "--file", body.toString()));
        arguments.addAll(List.of(more));
        return execute(arguments.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        Seams seams = new Seams(
                Map.of(),
                config -> {
                    throw new AssertionError("nothing is started");
                },
                config -> {
                    throw new AssertionError("no journal is read");
                },
                logging -> {},
                stop -> {});
        return Cxotel.execute(seams, new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    private List<JsonNode> requests() throws IOException {
        List<JsonNode> requests = new java.util.ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            requests.add(JSON.readTree(line));
        }
        return requests;
    }

    private Path write(String name, String text) throws IOException {
        return Files.write(directory.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }
}
