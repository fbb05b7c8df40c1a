package dev.cxotel.semconv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedRegistryTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "manifest.yaml",
                "attributes.yaml",
                "voice-quality.yaml",
                "script-api.yaml",
                "contact.yaml",
                "bridge/attributes.yaml",
                "bridge/receiver.yaml",
                "bridge/journal.yaml",
                "bridge/pipeline.yaml",
                "bridge/ledger.yaml"
            })
    void model_everyFile_isAResource(String file) throws IOException {
        assertThat(resource("model/" + file)).isNotBlank();
    }

    @Test
    void schemaFile_namesTheUrlThatTelemetryNames() throws IOException {
        String version = SchemaUrls.CXONE.substring(SchemaUrls.CXONE.lastIndexOf('/') + 1);

        assertThat(resource("schemas/" + version))
                .contains("file_format: 1.1.0\n")
                .contains("schema_url: " + SchemaUrls.CXONE + "\n")
                .contains("  " + version + ":\n");
    }

    @Test
    void names_ofSpansAndEvents_asAgreed() {
        assertThat(CxoneSpans.CXONE_CALL_LEG_NAME).isEqualTo("call leg");
        assertThat(CxoneSpans.CXONE_CONTACT_NAME).isEqualTo("contact");
        assertThat(CxoneEvents.CXONE_VOICE_QUALITY).isEqualTo("cxone.voice.quality");
        assertThat(CxoneEvents.CXONE_SCRIPT_API_ERROR).isEqualTo("cxone.script.api.error");
        assertThat(CxoneEvents.CXONE_SPAN_LATE).isEqualTo("cxone.span.late");
    }

    private static String resource(String name) throws IOException {
        try (InputStream text = ShippedRegistryTest.class.getResourceAsStream("/dev/cxotel/semconv/" + name)) {
            return new String(Objects.requireNonNull(text, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
