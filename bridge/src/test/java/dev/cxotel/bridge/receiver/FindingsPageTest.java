package dev.cxotel.bridge.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.event.Finding;
import dev.cxotel.semconv.CxotelAttributes.CxotelFindingValues;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of findings names what the code can find, no more and no less; so does the registry. */
class FindingsPageTest {

    private static final Pattern LINE = Pattern.compile("(?m)^\\| `([a-z_]+)` \\|");

    @Test
    void page_namesEveryFinding() throws IOException {
        Set<String> page = new TreeSet<>();
        Matcher line = LINE.matcher(Files.readString(Path.of("FINDINGS.md")));
        while (line.find()) {
            page.add(line.group(1));
        }
        assertThat(page).isEqualTo(emitted());
    }

    @Test
    void registry_namesEveryFinding() throws IllegalAccessException {
        Set<String> registry = new TreeSet<>();
        for (Field value : CxotelFindingValues.class.getFields()) {
            registry.add(String.valueOf(value.get(null)));
        }
        assertThat(registry).isEqualTo(emitted());
    }

    private static Set<String> emitted() {
        Set<String> emitted =
                new TreeSet<>(Set.of(Observations.LATE, Observations.MISPLACED, SourceWatch.UNIT, SourceWatch.UNKNOWN));
        for (Finding.Kind kind : Finding.Kind.values()) {
            // Counted apart, by attribute.
            if (kind != Finding.Kind.TRUNCATED) {
                emitted.add(kind.configName());
            }
        }
        return emitted;
    }
}
