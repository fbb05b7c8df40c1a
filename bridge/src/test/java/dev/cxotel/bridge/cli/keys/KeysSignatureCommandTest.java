package dev.cxotel.bridge.cli.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.config.BridgeConfig;
import dev.cxotel.bridge.config.SignatureKeyConfig;
import dev.cxotel.bridge.config.load.ConfigLoader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class KeysSignatureCommandTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @Test
    void keys_areForTheirOwnerAloneAndNameEveryFieldOfTheForm() throws Exception {
        assertThat(make("--consumer-id", "acme", "--url", "https://hooks.example.com"))
                .isZero();
        Path keys = folder.resolve("keys");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(keys)) {
            List<Path> all = files.sorted().toList();
            assertThat(all.stream().map(file -> String.valueOf(file.getFileName())))
                    .containsExactly("acme-1.private.b64", "acme-1.private.pem", "acme-1.pub.pem");
            for (Path file : all) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
        }
        String text = out.toString();
        assertThat(text)
                .contains(
                        "Gateway Subscriptions Create",
                        "Monitoring Gateway > Gateway Subscriptions > Create",
                        "SELECT DATA TO RECEIVE",
                        "e-mail addresses",
                        "https://hooks.example.com/v1/voice-quality",
                        "https://hooks.example.com/v1/script-api",
                        "REFRESH RATE",
                        "our best guess")
                .doesNotContain(Files.readString(keys.resolve("acme-1.private.b64")));
        assertThat(text).containsPattern("CONSUMER ID +acme\n");
        assertThat(text).containsPattern("KEY VERSION +1\n");
        assertThat(text).containsPattern("PRIVATE KEY +" + keys.resolve("acme-1.private.pem") + "\n");
    }

    @ParameterizedTest
    @CsvSource({
        "walmart_io, rsa",
        "walmart_marketplace, rsa",
        "nice_expert, hmac",
        "standard_webhooks, hmac",
        "standard_webhooks, ed25519",
        "rfc9421, rsa",
        "rfc9421, ecdsa",
        "rfc9421, ed25519",
        "rfc9421, hmac",
    })
    void printedConfiguration_isValidAsItIs(String scheme, String algorithm) throws Exception {
        assertThat(make("--scheme", scheme, "--algorithm", algorithm))
                .as(err.toString())
                .isZero();
        BridgeConfig config = printed();
        assertThat(config.receiver().subscriptions()).hasSize(2).allSatisfy(subscription -> assertThat(
                        subscription.auth().signature().orElseThrow().scheme().name())
                .isEqualTo(scheme));
    }

    @Test
    void next_putsTheNewKeyBesideTheOld() throws Exception {
        assertThat(make()).isZero();
        byte[] first = Files.readAllBytes(folder.resolve("keys/cxotel-1.pub.pem"));
        assertThat(make("--next")).isZero();
        List<SignatureKeyConfig> keys = printed()
                .receiver()
                .subscriptions()
                .getFirst()
                .auth()
                .signature()
                .orElseThrow()
                .keys();
        assertThat(keys).extracting(SignatureKeyConfig::version).containsExactly("1", "2");
        assertThat(keys)
                .extracting(SignatureKeyConfig::notAfter)
                .containsExactly(
                        Optional.of(Instant.parse("2026-03-31T00:00:00Z")),
                        Optional.of(Instant.parse("2028-02-29T00:00:00Z")));
        assertThat(Files.readAllBytes(folder.resolve("keys/cxotel-1.pub.pem"))).isEqualTo(first);
    }

    @Test
    void whatIsThere_isNeverOverwritten() throws Exception {
        assertThat(make()).isZero();
        assertThat(make()).isEqualTo(2);
        assertThat(err.toString()).contains("has a key of cxotel already, version 1; --next");
        Files.createFile(folder.resolve("keys/cxotel-2.private.pem"));
        assertThat(make("--next")).isEqualTo(1);
        assertThat(folder.resolve("keys/cxotel-2.private.pem")).isEmptyFile();
    }

    @ParameterizedTest
    @CsvSource({
        "--scheme, custom",
        "--algorithm, hmac",
        "--algorithm, dsa",
        "--consumer-id, ../acme",
        "--consumer-id, ''",
        "--days, 0",
        "--url, https://hooks.example.com/v1",
        "--url, hooks.example.com",
    })
    void badOption_isUsageAndMakesNothing(String option, String value) {
        assertThat(make(option, value)).isEqualTo(2);
        assertThat(folder.resolve("keys")).doesNotExist();
    }

    @Test
    void nextWithoutAKey_isUsage() {
        assertThat(make("--next")).isEqualTo(2);
    }

    private BridgeConfig printed() throws Exception {
        String text = out.toString();
        Path file = Files.writeString(folder.resolve("cxotel.yaml"), text.substring(text.lastIndexOf("cxotel: 1\n")));
        return new ConfigLoader(Map.of()).load(file).config();
    }

    private int make(String... options) {
        CommandLine command = new CommandLine(new KeysSignatureCommand(() -> NOW))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err));
        String[] all = Stream.concat(Stream.of("--out", folder.resolve("keys").toString()), Stream.of(options))
                .toArray(String[]::new);
        return command.execute(all);
    }
}
