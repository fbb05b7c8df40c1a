package dev.cxotel.otelconfig.generator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every metric of the registry is on a board, or {@code left_out} in {@code boards.yaml} says why it is not. */
class BoardsCoverageTest {

    private static final Path BOARDS = Path.of("..", "dashboards", "boards.yaml");

    @Test
    void metric_ofTheRegistry_isOnABoardOrLeftOutForAReason() throws Exception {
        Set<String> shown = new ModelReader()
                .boards(BOARDS).stream()
                        .flatMap(board -> board.panels().stream())
                        .flatMap(panel -> panel.queries().stream())
                        .map(query -> query.metric().name())
                        .collect(Collectors.toCollection(TreeSet::new));
        Map<String, String> leftOut = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry :
                new YAMLMapper().readTree(BOARDS.toFile()).path("left_out").properties()) {
            leftOut.put(entry.getKey(), entry.getValue().asText());
        }
        assertThat(leftOut.values()).isNotEmpty().noneMatch(String::isBlank);
        assertThat(leftOut.keySet()).as("left out, and shown all the same").doesNotContainAnyElementsOf(shown);
        Set<String> known = new TreeSet<>(shown);
        known.addAll(leftOut.keySet());
        assertThat(known).isEqualTo(new Vocabulary().names());
    }
}
