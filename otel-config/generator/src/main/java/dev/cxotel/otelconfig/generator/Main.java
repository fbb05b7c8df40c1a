package dev.cxotel.otelconfig.generator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The generator. Arguments: the directory {@code otel-config}, and {@code true} to write its dashboards and rules instead
 * of checking that they are up to date. Ends with 1 after telling every problem.
 */
public final class Main {

    private static final String GENERATED =
            "# Generated from alerts/alerts.yaml; do not edit. To write it anew: mvn -pl otel-config -am compile"
                    + " -Ddashboards.update\n";

    private Main() {}

    public static void main(String[] arguments) throws IOException {
        try {
            run(Path.of(arguments[0]), Boolean.parseBoolean(arguments[1]));
        } catch (InvalidModelException e) {
            System.err.println("The dashboards and alerts have problems:\n" + e.getMessage());
            System.exit(1);
        }
    }

    static void run(Path otelConfig, boolean update) throws IOException, InvalidModelException {
        ModelReader reader = new ModelReader();
        List<Board> boards = reader.boards(otelConfig.resolve("dashboards/boards.yaml"));
        List<Alert> alerts = reader.alerts(otelConfig.resolve("alerts/alerts.yaml"));
        for (Map.Entry<String, String> file : render(boards, alerts).entrySet()) {
            Path path = otelConfig.resolve(file.getKey());
            boolean fresh = Files.exists(path) && Files.readString(path).equals(file.getValue());
            if (!fresh && update) {
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            } else if (!fresh) {
                throw new InvalidModelException(List.of(
                        path + " does not match the model; run mvn -pl otel-config -am compile -Ddashboards.update"));
            }
        }
    }

    /** The text of every generated file, by its path under {@code otel-config}. */
    static Map<String, String> render(List<Board> boards, List<Alert> alerts) throws JsonProcessingException {
        ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        YAMLMapper yaml = YAMLMapper.builder()
                .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .disable(YAMLGenerator.Feature.SPLIT_LINES)
                .build();
        Map<String, String> files = new TreeMap<>();
        for (Board board : boards) {
            files.put(
                    "dashboards/grafana/" + board.id() + ".json",
                    json.writeValueAsString(GrafanaBoard.of(board)) + "\n");
        }
        files.put(
                "alerts/prometheus/cxotel.rules.yaml", GENERATED + yaml.writeValueAsString(PrometheusRules.of(alerts)));
        return files;
    }
}
