package dev.cxotel.bridge.config.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cxotel.bridge.config.AuthConfig;
import dev.cxotel.bridge.config.BridgeConfig;
import dev.cxotel.bridge.config.ConfigException;
import dev.cxotel.bridge.config.SignatureConfig;
import dev.cxotel.bridge.config.SignatureKeyConfig;
import dev.cxotel.bridge.config.scheme.yaml.SchemePresets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthReaderTest {

    private static final String PRESET = """
            { scheme: walmart_io, consumer_id: acme, refresh: 5m, keys: [
              { version: 1, public_key: a.pem, passphrase: $$ecret, not_before: 2026-01-01T00:00:00Z },
              { version: "2", public_key: b.pem, consumer_id: other, not_after: 2027-01-01T00:00:00Z },
              { jwks: c.json } ] }""";
    private static final String CUSTOM = """
            { scheme: custom, keys: [ { version: "1", secret: "***" } ], custom: {
              signature: { in: header, name: X-S, separator: ",", encoding: hex },
              timestamp: { in: header, name: X-S, separator: ",", prefix: "t=", unit: ms },
              key_version: { in: query, name: "k v" },
              algorithms: [ { name: hmac_sha512, prefix: "v1=" }, { name: ed25519 } ],
              string_to_sign: { parts: [ "{{{timestamp}", "{header:X-A}{query:b}", "{raw_body}" ], separator: "\\n", trailing_newline: true },
              tolerance: { past: 1h, future: 30s } } }""";
    private static final String MESSAGE = """
            { scheme: custom, keys: [ { version: "1", secret: "***" } ], custom: {
              components: [ "@authority", content-digest ], require_created: false, algorithms: [ { name: hmac_sha256 } ] } }""";

    @TempDir
    Path folder;

    @Test
    void read_preset_isItsSchemeAndKeys() throws Exception {
        AuthConfig auth = auth(load(PRESET, KeyCheck.NONE));

        assertThat(auth)
                .isEqualTo(new AuthConfig(
                        false,
                        Optional.of(new SignatureConfig(
                                SchemePresets.named("walmart_io").orElseThrow(),
                                Optional.of("acme"),
                                List.of(
                                        new SignatureKeyConfig(
                                                "1",
                                                new SignatureKeyConfig.PublicKeyFile(
                                                        Path.of("a.pem"), Optional.of("$ecret")),
                                                Optional.empty(),
                                                Optional.of(Instant.parse("2026-01-01T00:00:00Z")),
                                                Optional.empty()),
                                        new SignatureKeyConfig(
                                                "2",
                                                new SignatureKeyConfig.PublicKeyFile(
                                                        Path.of("b.pem"), Optional.empty()),
                                                Optional.of("other"),
                                                Optional.empty(),
                                                Optional.of(Instant.parse("2027-01-01T00:00:00Z"))),
                                        new SignatureKeyConfig(
                                                "",
                                                new SignatureKeyConfig.KeySetFile(Path.of("c.json")),
                                                Optional.empty(),
                                                Optional.empty(),
                                                Optional.empty())),
                                Duration.ofMinutes(5))),
                        Optional.empty()));
        assertThat(auth.toString()).doesNotContain("$ecret");
    }

    @Test
    void effective_readAgain_isTheSame() throws Exception {
        for (String signature : List.of(CUSTOM, MESSAGE)) {
            BridgeConfig config = load(signature, KeyCheck.NONE).config();
            String printed = EffectiveConfig.yaml(config);
            Path file = Files.writeString(folder.resolve("again.yaml"), printed);

            assertThat(new ConfigLoader(Map.of()).load(file).config()).isEqualTo(config);
        }
        assertThat(EffectiveConfig.yaml(load(PRESET, KeyCheck.NONE).config())).doesNotContain("ecret");
    }

    @Test
    void read_schemeThatLeavesTheBodyOrTheTimeOut_isWarnedOf() throws Exception {
        assertThat(load(PRESET, KeyCheck.NONE).warnings())
                .anyMatch(warning -> warning.startsWith("voice: the scheme walmart_io does not sign the body"));
        assertThat(load(CUSTOM, KeyCheck.NONE).warnings()).noneMatch(warning -> warning.startsWith("voice"));
        assertThat(load(MESSAGE, KeyCheck.NONE).warnings())
                .anyMatch(warning -> warning.contains("signs no time"))
                .noneMatch(warning -> warning.contains("does not sign the body"));
    }

    @Test
    void read_keyThatCannotBeUsed_isAProblemAtItsPlace() throws Exception {
        try {
            load(PRESET, (signature, key) -> key.version().equals("2") ? Optional.of("too weak") : Optional.empty());
        } catch (ConfigException e) {
            assertThat(e.problems())
                    .singleElement()
                    .asString()
                    .endsWith(
                            "cxotel.yaml:9:31: receiver.subscriptions[0].auth.signature.keys[1].public_key: too weak");
            return;
        }
        throw new AssertionError("was taken");
    }

    @Test
    void schema_ofPresetsAndOfTheConfiguration_isOne() throws Exception {
        ObjectMapper json = new ObjectMapper();
        JsonNode presets = json.readTree(
                Files.readString(Path.of("src/main/resources/dev/cxotel/bridge/auth/schemes/scheme.schema.json")));
        JsonNode configuration = json.readTree(Files.readString(Path.of("../otel-config/cxotel.schema.json")));
        for (String definition : List.of("signature_scheme", "duration")) {
            assertThat(presets.path("$defs").path(definition))
                    .isEqualTo(configuration.path("$defs").path(definition));
        }
    }

    private static AuthConfig auth(Loaded loaded) {
        return loaded.config().receiver().subscriptions().getFirst().auth();
    }

    private Loaded load(String signature, KeyCheck check) throws ConfigException, IOException {
        Path file = Files.writeString(folder.resolve("cxotel.yaml"), """
                cxotel: 1
                receiver:
                  subscriptions:
                    - name: voice
                      type: voice_quality
                      path: /v
                      auth: { signature: %s }
                """.formatted(signature));
        return new ConfigLoader(Map.of(), check).load(file);
    }
}
