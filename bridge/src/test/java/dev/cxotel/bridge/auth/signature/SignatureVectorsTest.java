package dev.cxotel.bridge.auth.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.config.scheme.Algorithm;
import dev.cxotel.bridge.config.scheme.yaml.SchemePresets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The contract of every scheme: signatures that other software made verify, and every change to them is refused. */
class SignatureVectorsTest {

    private static final Path FOLDER = Path.of("src/test/resources/signatures");

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicContainer> vectors() throws Exception {
        return files().stream().map(file -> DynamicContainer.dynamicContainer(name(file), tests(file)));
    }

    @Test
    void files_areThereForEveryPresetAlgorithmAndDocumentedTemplate() throws IOException {
        List<String> names = files().stream().map(SignatureVectorsTest::name).toList();

        assertThat(names).containsAll(SchemePresets.names());
        assertThat(names)
                .containsAll(Arrays.stream(Algorithm.values())
                        .map(each -> "algorithm_" + each.name().toLowerCase(Locale.ROOT))
                        .toList());
        assertThat(names)
                .containsAll(Pattern.compile("(?m)^### (.+)$")
                        .matcher(Files.readString(Path.of("SIGNATURES.md")))
                        .results()
                        .map(heading -> heading.group(1).replace('-', '_'))
                        .toList());
        for (Path file : files()) {
            assertThat(Files.readString(file))
                    .as(name(file))
                    .containsPattern("\\A# (Made by|Published|HMAC: the published)");
        }
    }

    private Stream<DynamicTest> tests(Path file) {
        try {
            Vectors vectors = Vectors.read(file, folder);
            assertThat(vectors.good()).isNotEmpty();
            assertThat(vectors.bad()).isNotEmpty();
            return Stream.concat(vectors.good().stream(), vectors.bad().stream())
                    .map(vector -> DynamicTest.dynamicTest(vector.name(), () -> {
                        Verification judged = vectors.verify(vector);
                        String word =
                                switch (judged) {
                                    case Verification.Verified verified -> "verified";
                                    case Verification.Refused refused ->
                                        refused.flaw().reason();
                                };
                        assertThat(word).isEqualTo(vector.expected());
                    }));
        } catch (Exception e) {
            throw new IllegalStateException(file.toString(), e);
        }
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName()).replace(".yaml", "");
    }
}
