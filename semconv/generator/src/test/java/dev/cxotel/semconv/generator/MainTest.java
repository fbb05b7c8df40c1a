package dev.cxotel.semconv.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

    @TempDir
    private Path directory;

    @Test
    void run_soundRegistry_writesConstants() throws Exception {
        SmallRegistry registry = new SmallRegistry(directory);

        registry.generate();

        assertThat(source(registry, "CxoneMetrics"))
                .contains("MetricDefinition CXONE_LINE_MOS = new MetricDefinition(")
                .contains("List.of(1.0d, 2.5d, 5.0d)")
                .contains("List.of(CxoneAttributes.CXONE_LINE_QUALITY)")
                .contains("List.of(CoreAttributes.GEO_COUNTRY_ISO_CODE)");
        assertThat(source(registry, "CoreAttributes"))
                .contains("AttributeKey<Long> HTTP_RESPONSE_STATUS_CODE = AttributeKey.longKey(");
        assertThat(source(registry, "CxoneAttributes"))
                .contains("class CxoneLineQualityValues")
                .contains("String POOR = \"poor\"");
        assertThat(source(registry, "PayloadFields"))
                .contains("new PayloadField(\"AvgMos\", List.of(CxoneAttributes.CXONE_LINE_MOS),"
                        + " Optional.of(CxoneMetrics.CXONE_LINE_MOS), PrivacyClass.NONE");
    }

    @Test
    void run_textThatWouldEndAComment_isHarmless() throws Exception {
        SmallRegistry registry = new SmallRegistry(directory);

        registry.generate();

        assertThat(source(registry, "CxoneAttributes"))
                .contains("How {@code good} the line is, and **&#47; no end of it.");
    }

    @Test
    void run_again_touchesNothing() throws Exception {
        SmallRegistry registry = new SmallRegistry(directory);
        registry.generate();
        Path file = path(registry, "CxoneMetrics");
        FileTime past = FileTime.fromMillis(1_000);
        Files.setLastModifiedTime(file, past);

        registry.generate();

        assertThat(Files.getLastModifiedTime(file)).isEqualTo(past);
    }

    @Test
    void run_leftOverSource_isDeleted() throws Exception {
        SmallRegistry registry = new SmallRegistry(directory);
        registry.generate();
        Path stale = path(registry, "NiceMetrics");
        Files.writeString(stale, "class NiceMetrics {}");

        registry.generate();

        assertThat(stale).doesNotExist();
    }

    @Test
    void run_staleTable_isTold() throws Exception {
        SmallRegistry registry = new SmallRegistry(directory);
        registry.generate();
        registry.with("attributes.yaml", "The contact.", "The conversation.");

        assertThatThrownBy(() -> Main.run(registry.model(), registry.sources(), registry.table(), false))
                .isInstanceOf(InvalidRegistryException.class)
                .hasMessageContaining(registry.table().toString())
                .hasMessageContaining("-Dreference.update");
    }

    @Test
    void run_freshTable_isAccepted() throws Exception {
        SmallRegistry registry = new SmallRegistry(directory);
        registry.generate();

        Main.run(registry.model(), registry.sources(), registry.table(), false);

        assertThat(registry.table()).content().contains("| `cxone.line.mos` | histogram | `{score}` | `AvgMos`");
    }

    @Test
    void main_faultyRegistry_endsWith1AndTellsWhere() throws Exception {
        SmallRegistry registry =
                new SmallRegistry(directory).with("bridge/signals.yaml", "instrument: histogram", "instrument: meter");

        Process process = start(registry);
        String told = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(told)
                .contains(registry.model().resolve("bridge/signals.yaml") + ": metrics[cxone.line.mos].instrument: ");
    }

    private static Process start(SmallRegistry registry) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        List.of(registry.model(), registry.sources(), registry.table()).forEach(path -> command.add(path.toString()));
        command.add("true");
        return new ProcessBuilder(command).start();
    }

    private static Path path(SmallRegistry registry, String type) {
        return registry.sources().resolve("dev/cxotel/semconv/" + type + ".java");
    }

    private static String source(SmallRegistry registry, String type) throws IOException {
        return Files.readString(path(registry, type));
    }
}
