package dev.cxotel.bridge.contactroot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cxotel.bridge.config.MappingConfig;
import dev.cxotel.bridge.config.ResourceConfig;
import dev.cxotel.bridge.mapping.Resources;
import dev.cxotel.bridge.signal.Slices;
import dev.cxotel.bridge.testing.GoldenCases;
import dev.cxotel.bridge.testing.GoldenMapping;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContactGoldenTest {

    static Stream<Path> cases() {
        return GoldenCases.of("contact");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void translate_goldenCase_givesItsFacts(Path folder) throws IOException {
        GoldenCases.check(folder, ContactGoldenTest::slices);
    }

    private static Slices slices(JsonNode mapping) {
        MappingConfig config = GoldenMapping.of(mapping);
        Resources resources = new Resources(ResourceConfig.DEFAULT, config, Map.of(), "golden");
        return new Slices(List.of(new ContactSlice(resources, MappingConfig.Privacy.DEFAULT)));
    }
}
