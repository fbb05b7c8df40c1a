package dev.cxotel.bridge.config.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each file in {@code config/bad} ends with the problems that it must be refused for, one {@code # expect:} line each:
 * {@code LINE:COLUMN: path: message}. {@code -Dbad.update} writes these lines anew; read them in the diff.
 */
class BadFilesTest {

    private static final Path FOLDER = Path.of("src/test/resources/config/bad");
    private static final String EXPECT = "# expect: ";

    @TestFactory
    Stream<DynamicTest> badFile_isRefusedForEverythingThatIsWrong() throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(FOLDER)) {
            files = found.sorted().toList();
        }
        assertThat(files).hasSizeGreaterThan(20);
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(String.valueOf(file.getFileName()), () -> {
                    if (System.getProperty("bad.update") != null) {
                        update(file);
                    }
                    assertThat(expected(file)).isNotEmpty();
                    assertThat(problems(file)).isEqualTo(expected(file));
                }));
    }

    private static void update(Path file) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.removeIf(line -> line.startsWith(EXPECT));
        problems(file).forEach(problem -> lines.add(EXPECT + problem));
        Files.write(file, lines);
    }

    private static List<String> expected(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(EXPECT))
                .map(line -> line.substring(EXPECT.length()))
                .toList();
    }

    private static List<String> problems(Path file) {
        try {
            new ConfigLoader(Map.of("PORT_TEXT", "eighty")).load(file);
            return List.of();
        } catch (ConfigException e) {
            return e.problems().stream()
                    .map(problem -> problem.toString().replace(file + ":", ""))
                    .toList();
        }
    }
}
