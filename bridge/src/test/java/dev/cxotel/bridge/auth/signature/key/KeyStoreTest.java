package dev.cxotel.bridge.auth.signature.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cxotel.bridge.config.SignatureConfig;
import dev.cxotel.bridge.config.SignatureKeyConfig;
import dev.cxotel.bridge.config.scheme.yaml.SchemePresets;
import dev.cxotel.bridge.testing.RecordingTelemetry;
import dev.cxotel.semconv.CxotelAttributes;
import dev.cxotel.semconv.CxotelMetrics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyStoreTest {

    private static final String FIRST =
            "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"1\",\"k\":\"AAECAwQFBgcICQoLDA0ODxAREhM\"}]}";

    @TempDir
    Path folder;

    private final RecordingTelemetry telemetry = new RecordingTelemetry();
    private Path file;

    @BeforeEach
    void write() throws Exception {
        file = Files.writeString(folder.resolve("keys.json"), FIRST);
    }

    @Test
    void refresh_newFile_takesItsKeys() throws Exception {
        KeyStore store = open();
        assertThat(store.get().versions()).containsExactly("1");

        Files.writeString(file, FIRST.replace("\"kid\":\"1\"", "\"kid\":\"2\""));
        store.refresh();

        assertThat(store.get().versions()).containsExactly("2");
        assertThat(telemetry.points(CxotelMetrics.CXOTEL_RECEIVER_KEY_FAILURES)).isEmpty();
    }

    @Test
    void refresh_unreadableFile_keepsTheLastGoodOneAndCounts() throws Exception {
        KeyStore store = open();

        Files.writeString(file, "{\"keys\":");
        store.refresh();
        Files.delete(file);
        store.refresh();

        assertThat(store.get().versions()).containsExactly("1");
        assertThat(telemetry.sum(
                        CxotelMetrics.CXOTEL_RECEIVER_KEY_FAILURES, CxotelAttributes.CXOTEL_SUBSCRIPTION_NAME, "voice"))
                .isEqualTo(2);

        Files.writeString(file, FIRST.replace("\"kid\":\"1\"", "\"kid\":\"3\""));
        store.refresh();
        assertThat(store.get().versions()).containsExactly("3");
    }

    @Test
    void open_unreadableFile_isRefused() throws Exception {
        Files.delete(file);
        assertThatThrownBy(this::open).isInstanceOf(InvalidKeyException.class).hasMessageContaining("keys.json");
    }

    private KeyStore open() throws InvalidKeyException {
        SignatureKeyConfig key = new SignatureKeyConfig(
                "", new SignatureKeyConfig.KeySetFile(file), Optional.empty(), Optional.empty(), Optional.empty());
        return KeyStore.open(
                "voice",
                new SignatureConfig(
                        SchemePresets.named("nice_expert").orElseThrow(),
                        Optional.empty(),
                        List.of(key),
                        SignatureConfig.DEFAULT_REFRESH),
                telemetry);
    }
}
