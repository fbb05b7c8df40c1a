package dev.cxotel.otelconfig.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelReaderTest {

    private static final Path OTEL_CONFIG = Path.of("..");

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{metric: cxone.voice.moss, aggregation: mean}|the registry has no metric cxone.voice.moss",
                "{metric: cxone.voice.mos, aggregation: last}|LAST cannot be asked of the HISTOGRAM cxone.voice.mos",
                "{metric: cxone.contact.active, aggregation: p95}|P95 cannot be asked of the GAUGE cxone.contact.active",
                "{metric: cxone.voice.records, aggregation: mean}|MEAN cannot be asked of the COUNTER cxone.voice.records",
                "{metric: cxone.voice.mos, aggregation: middle}|unknown word middle",
                "{metric: cxone.voice.mos, aggregation: mean, by: [cxone.call.from]}|cxone.voice.mos never carries cxone.call.from",
                "{metric: cxone.voice.mos, aggregation: mean, where: [{attribute: nonsense}]}|cxone.voice.mos never carries nonsense",
                "{metric: cxone.voice.records, aggregation: share}|a share, and nothing else, has a part",
            })
    void boards_withAFault_sayWhichAndWhere(String query, String problem) throws IOException {
        Path file = directory.resolve("boards.yaml");
        Files.writeString(file, """
                boards:
                  - id: one
                    title: One
                    description: d
                    rows: [ { title: r, panels: [ { title: p, help: h, kind: stat, unit: count, queries: [ %s ] } ] } ]
                """.formatted(query));
        assertThatThrownBy(() -> new ModelReader().boards(file))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("boards.yaml: one: p: ")
                .hasMessageContaining(problem);
    }

    @Test
    void run_onAStaleFile_saysHowToWriteIt() throws Exception {
        for (String file : new String[] {"dashboards/boards.yaml", "alerts/alerts.yaml", "questions.yaml"}) {
            Files.createDirectories(directory.resolve(file).getParent());
            Files.copy(OTEL_CONFIG.resolve(file), directory.resolve(file));
        }
        assertThatThrownBy(() -> Main.run(directory, false))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("-Ddashboards.update");
        Main.run(directory, true);
        Main.run(directory, false);
        Path board = directory.resolve("dashboards/grafana/calls.json");
        Files.writeString(board, Files.readString(board).replace("CXone calls", "Calls"));
        assertThatThrownBy(() -> Main.run(directory, false)).hasMessageContaining("calls.json");
    }

    @Test
    void boards_ofTheProject_areTheFour() throws Exception {
        assertThat(new ModelReader().boards(OTEL_CONFIG.resolve("dashboards/boards.yaml")))
                .extracting(Board::id)
                .containsExactly("voice-quality", "calls", "studio-script-apis", "bridge-health");
    }
}
