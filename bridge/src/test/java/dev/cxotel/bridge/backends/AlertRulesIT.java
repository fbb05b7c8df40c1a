package dev.cxotel.bridge.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.cxotel.bridge.testing.Shell;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alert rules, checked and run by Prometheus' own tool on data with hand-written answers. */
class AlertRulesIT {

    private static final Path RULES = Path.of("..", "otel-config", "alerts", "prometheus")
            .toAbsolutePath()
            .normalize();

    @TempDir
    Path directory;

    @Test
    void promtool_checkAndTest_succeed() throws Exception {
        String promtool = System.getenv("PROMTOOL");
        assumeTrue(
                promtool != null && !promtool.isEmpty(),
                "skipped, because $PROMTOOL names no program; .ci/build-peers builds it");
        String script = "cd '" + RULES + "'\n\"$PROMTOOL\" check rules cxotel.rules.yaml\n"
                + "\"$PROMTOOL\" test rules cxotel.tests.yaml";
        try (Shell shell = Shell.start(script, directory, Map.of())) {
            assertThat(shell.ended(Duration.ofMinutes(1))).as(shell.output()).isZero();
            assertThat(shell.output()).contains("17 rules found").contains("SUCCESS");
        }
    }

    @Test
    void tests_ofEachRule_letItFireAndLetItBe() throws IOException {
        YAMLMapper yaml = new YAMLMapper();
        Set<String> rules = new TreeSet<>();
        yaml.readTree(RULES.resolve("cxotel.rules.yaml").toFile())
                .findValues("alert")
                .forEach(name -> rules.add(name.asText()));
        Set<String> fires = new TreeSet<>();
        Set<String> rests = new TreeSet<>();
        for (JsonNode test :
                yaml.readTree(RULES.resolve("cxotel.tests.yaml").toFile()).path("tests")) {
            for (JsonNode rule : test.path("alert_rule_test")) {
                (rule.path("exp_alerts").isEmpty() ? rests : fires)
                        .add(rule.path("alertname").asText());
            }
        }
        assertThat(fires).isEqualTo(rules);
        assertThat(rests).isEqualTo(rules);
    }
}
