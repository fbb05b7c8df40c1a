package dev.cxotel.bridge.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.cxotel.bridge.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The PromQL of every panel and of every question, run by Prometheus' own tool on data whose answers were worked out by
 * hand. The files in {@code resources/panels} hold both: {@code series} as promtool writes them, a sample a minute; and
 * {@code answers}, each to a {@code panel} (board, title and letter, or a question) at 60 min over 15 min, for the business
 * {@code units} or all, with {@code samples} by labels. A value may be a quotient.
 */
class PanelAnswersIT {

    private static final Path ANSWERS = Path.of("src", "test", "resources", "panels");
    private static final String RANGE = "15m";
    private static final String AT = "60m";
    private static final String ALL = ".*";

    @TempDir
    Path directory;

    @Test
    void panels_onDataWithKnownAnswers_answerRight() throws Exception {
        String promtool = System.getenv("PROMTOOL");
        assumeTrue(
                promtool != null && !promtool.isEmpty(),
                "skipped, because $PROMTOOL names no program; .ci/build-peers builds it");
        Path tests = directory.resolve("panels.tests.yaml");
        new YAMLMapper().writeValue(tests.toFile(), promtoolTests());
        String script = "\"$PROMTOOL\" test rules '" + tests + "'";
        try (Shell shell = Shell.start(script, directory, Map.of())) {
            int exit = shell.ended(Duration.ofMinutes(1));
            assertThat(exit).as(shell.output()).isZero();
            assertThat(shell.output()).contains("SUCCESS");
        }
    }

    /** A panel without an answer, and an answer without a panel, is a fault of the files. */
    @Test
    void answers_areThereForEachPanelAndQuestion() throws IOException {
        Set<String> answered = new TreeSet<>();
        for (JsonNode scenario : scenarios()) {
            scenario.path("answers")
                    .forEach(answer -> answered.add(answer.path("panel").asText()));
        }
        assertThat(answered).isEqualTo(queries(ALL).keySet());
    }

    private static ObjectNode promtoolTests() throws IOException {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.putArray("rule_files");
        root.put("evaluation_interval", "1m");
        root.put("fuzzy_compare", true);
        ArrayNode tests = root.putArray("tests");
        for (JsonNode scenario : scenarios()) {
            ObjectNode test = tests.addObject();
            test.put("name", scenario.path("name").asText());
            test.put("interval", "1m");
            ArrayNode series = test.putArray("input_series");
            scenario.path("series").properties().forEach(each -> series.addObject()
                    .put("series", each.getKey())
                    .put("values", each.getValue().asText()));
            ArrayNode expressions = test.putArray("promql_expr_test");
            for (JsonNode answer : scenario.path("answers")) {
                ObjectNode expression = expressions.addObject();
                String panel = answer.path("panel").asText();
                String promQl = queries(answer.path("units").asText(ALL)).getOrDefault(panel, panel);
                expression.put("expr", "round(" + promQl + ", 1e-9)");
                expression.put("eval_time", AT);
                ArrayNode samples = expression.putArray("exp_samples");
                answer.path("samples").properties().forEach(sample -> samples.addObject()
                        .put("labels", sample.getKey())
                        .put("value", value(sample.getValue().asText())));
            }
        }
        return root;
    }

    private static List<JsonNode> scenarios() throws IOException {
        List<JsonNode> scenarios = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> all = Files.list(ANSWERS)) {
            files = all.sorted().toList();
        }
        for (Path file : files) {
            new YAMLMapper().readTree(file.toFile()).path("scenarios").forEach(scenarios::add);
        }
        return scenarios;
    }

    private static Map<String, String> queries(String units) throws IOException {
        Map<String, String> queries = new HashMap<>(Panels.all(RANGE, units).stream()
                .collect(Collectors.toMap(Panels.PanelQuery::name, Panels.PanelQuery::text)));
        Panels.questions(RANGE).forEach(question -> queries.put(question.name(), question.text()));
        return queries;
    }

    /** A number, or {@code a / b}; to nine places. */
    private static double value(String text) {
        String[] parts = text.split("/", 2);
        double value = Double.parseDouble(parts[0].strip());
        double quotient = parts.length == 1 ? value : value / Double.parseDouble(parts[1].strip());
        return Math.round(quotient * 1e9) / 1e9;
    }
}
