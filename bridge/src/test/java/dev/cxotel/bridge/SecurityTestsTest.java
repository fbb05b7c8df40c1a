package dev.cxotel.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code SECURITY-TESTS.md} says is tried, is tried. */
class SecurityTestsTest {

    private static final Pattern NAMED = Pattern.compile("`(\\w+)#(\\w+)`");
    private static final Pattern TESTED = Pattern.compile(
            "@(?:Test|TestFactory|ParameterizedTest|FuzzTest)\\b[^{;]*?\\b(?:void|Stream<DynamicContainer>) (\\w+)\\(");

    @Test
    void everyAttack_hasATestThatExists() throws Exception {
        Map<String, Path> sources = sources();
        List<String> rows = Files.readAllLines(Path.of("SECURITY-TESTS.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| attack"))
                .toList();
        assertThat(rows).hasSizeGreaterThan(25);
        for (String row : rows) {
            assertThat(NAMED.matcher(row).results()).as(row).isNotEmpty().allSatisfy(named -> assertThat(
                            tests(sources, named.group(1)))
                    .contains(named.group(2)));
        }
    }

    private static List<String> tests(Map<String, Path> sources, String name) throws IOException {
        assertThat(sources).containsKey(name);
        String source = Files.readString(sources.get(name)).replaceAll("strings = \\{[^}]*}|value = \\{[^}]*}", "");
        return TESTED.matcher(source).results().map(found -> found.group(1)).toList();
    }

    private static Map<String, Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.filter(file -> file.toString().endsWith("Test.java")
                            || file.toString().endsWith("IT.java"))
                    .collect(Collectors.toMap(
                            file -> String.valueOf(file.getFileName()).replace(".java", ""),
                            file -> file,
                            (one, another) -> one));
        }
    }
}
