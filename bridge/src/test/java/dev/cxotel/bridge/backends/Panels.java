package dev.cxotel.bridge.backends;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The queries of the Grafana dashboards as Grafana would send them, and those of QUESTIONS.md. */
final class Panels {

    private static final Path BOARDS = Path.of("..", "otel-config", "dashboards", "grafana");
    private static final Path QUESTIONS = Path.of("..", "otel-config", "QUESTIONS.md");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Panels() {}

    /**
     * One query of a panel.
     *
     * @param name board, panel and letter
     * @param text with the time range in place of Grafana's variables
     */
    record PanelQuery(String name, String text) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** The questions in PromQL, by title. */
    static List<PanelQuery> questions(String range) throws IOException {
        return questions("promql", range);
    }

    /** The questions in LogQL, by title. */
    static List<PanelQuery> logQuestions() throws IOException {
        return questions("logql", "");
    }

    private static List<PanelQuery> questions(String language, String range) throws IOException {
        Pattern question = Pattern.compile("## (.*)\n(?:(?!## )[^\n]*\n)*?```" + language + "\n(.*)\n```");
        List<PanelQuery> questions = new ArrayList<>();
        Matcher matcher = question.matcher(Files.readString(QUESTIONS));
        while (matcher.find()) {
            questions.add(new PanelQuery(matcher.group(1), matcher.group(2).replace("[15m]", "[" + range + "]")));
        }
        return questions;
    }

    /** Every PromQL query of every panel, for all business units. */
    static List<PanelQuery> all(String range) throws IOException {
        return all(range, ".*");
    }

    /** @param businessUnits what Grafana puts in place of its variable, such as {@code 4600000|4711} */
    static List<PanelQuery> all(String range, String businessUnits) throws IOException {
        return queries("prometheus", range, businessUnits);
    }

    /** What the panels ask of Loki. */
    static List<PanelQuery> logs() throws IOException {
        return queries("loki", "", ".*");
    }

    private static List<PanelQuery> queries(String source, String range, String businessUnits) throws IOException {
        List<PanelQuery> queries = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> boards = Files.list(BOARDS)) {
            files = boards.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            JsonNode board = JSON.readTree(file.toFile());
            for (JsonNode panel : board.path("panels")) {
                for (JsonNode target : panel.path("targets")) {
                    if (panel.path("datasource").path("type").asText().equals(source)) {
                        queries.add(new PanelQuery(
                                board.path("title").asText() + ": "
                                        + panel.path("title").asText() + ": "
                                        + target.path("refId").asText(),
                                target.path("expr")
                                        .asText()
                                        .replace("$__rate_interval", range)
                                        .replace("$__range", range)
                                        .replace("$business_unit", businessUnits)));
                    }
                }
            }
        }
        return queries;
    }
}
