package dev.cxotel.bridge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Open contacts are rows and not objects: however many there are, the heap of a small process does not grow. */
class ContactHeapTest {

    private static final Pattern FIGURES = Pattern.compile("open=(\\d+) growth=(-?\\d+) folded_per_second=(\\d+)");

    /** {@code -Dcontacts=100000} for the full number. */
    private static final int CONTACTS = Integer.getInteger("contacts", 40_000);

    private static final long MOST_GROWTH = 3 << 20;

    @TempDir
    private Path parent;

    @Test
    void manyOpenContacts_doNotGrowTheHeap() throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ContactHeapChild.class.getName(),
                        parent.resolve("journal").toString(),
                        String.valueOf(CONTACTS),
                        "false")
                .redirectErrorStream(true)
                .start();
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(output).isZero();
        Matcher figures = FIGURES.matcher(output);
        assertThat(figures.find()).as(output).isTrue();
        assertThat(Integer.parseInt(figures.group(1))).isEqualTo(CONTACTS);
        assertThat(Long.parseLong(figures.group(2))).as(output).isLessThan(MOST_GROWTH);
    }
}
