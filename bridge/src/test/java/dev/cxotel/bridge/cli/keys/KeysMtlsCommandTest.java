package dev.cxotel.bridge.cli.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.Bridge;
import dev.cxotel.bridge.auth.mtls.ClientAuthorities;
import dev.cxotel.bridge.auth.mtls.Verdict;
import dev.cxotel.bridge.auth.pem.PemFile;
import dev.cxotel.bridge.config.load.ConfigLoader;
import dev.cxotel.bridge.config.load.Loaded;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysMtlsCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ec"})
    void mtls_emptyFolder_makesBothSidesThatFit(String key) throws Exception {
        Path keys = folder.resolve("new/keys");
        assertThat(run("--out", keys.toString(), "--server-name", "hooks.example.com", "--key", key))
                .as(err.toString())
                .isZero();

        Map<String, String> modes = modes(keys);
        assertThat(modes.keySet())
                .containsExactly(
                        "client-1.key",
                        "client-1.pem",
                        "client-ca.key",
                        "client-ca.pem",
                        "server-ca.pem",
                        "server.key",
                        "server.pem");
        assertThat(modes.values()).containsOnly("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
                .isEqualTo("rwx------");
        List<X509Certificate> client =
                PemFile.read(keys.resolve("client-1.pem")).certificates();
        assertThat(PemFile.belongTogether(
                        client.getFirst().getPublicKey(),
                        PemFile.read(keys.resolve("client-1.key")).privateKey(Optional.empty())))
                .isTrue();
        assertThat(client.getFirst().getSubjectX500Principal().getName()).isEqualTo("CN=cxone");
        assertThat(ClientAuthorities.read(keys.resolve("client-ca.pem")).judge(client, Instant.now()))
                .isInstanceOf(Verdict.Trusted.class);
        assertThat(out.toString())
                .contains("Gateway Subscriptions Create")
                .containsPattern("UPLOAD CERTIFICATE DATA +\\S+/client-1\\.pem")
                .containsPattern("ENTER KEY +\\S+/client-1\\.key")
                .contains("https://hooks.example.com:8443/v1/script-api");
    }

    @Test
    void mtls_printedConfiguration_isGoodAsItIs() throws Exception {
        assertThat(run("--out", folder.resolve("keys").toString())).isZero();
        String printed = out.toString();
        Path file = Files.writeString(
                folder.resolve("cxotel.yaml"),
                printed.substring(printed.indexOf("cxotel: 1"), printed.indexOf("\n\n", printed.indexOf("cxotel: 1"))));
        Loaded loaded = new ConfigLoader(Map.of()).load(file);
        assertThat(Bridge.check(loaded.config())).isEmpty();
        assertThat(loaded.config().receiver().subscriptions())
                .hasSize(2)
                .allMatch(one -> one.auth().mtls().orElseThrow().pins().size() == 1);
    }

    @Test
    void mtls_twice_overwritesNothing() throws Exception {
        Path keys = folder.resolve("keys");
        assertThat(run("--out", keys.toString())).isZero();
        byte[] before = Files.readAllBytes(keys.resolve("client-1.key"));
        Files.delete(keys.resolve("server.pem"));

        assertThat(run("--out", keys.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("is there already").contains("--next");
        assertThat(Files.readAllBytes(keys.resolve("client-1.key"))).isEqualTo(before);
        assertThat(keys.resolve("server.pem")).as("nothing is written at all").doesNotExist();
    }

    @Test
    void mtls_next_makesTheSuccessorBesideTheOld() throws Exception {
        Path keys = folder.resolve("keys");
        assertThat(run("--out", keys.toString())).isZero();
        assertThat(run("--out", keys.toString(), "--next")).as(err.toString()).isZero();
        assertThat(run("--out", keys.toString(), "--next")).isZero();

        assertThat(modes(keys)).containsKeys("client-1.pem", "client-2.key", "client-3.key", "client-3.pem");
        assertThat(out.toString()).contains("client-3 is the successor of client-2");
        List<X509Certificate> third = PemFile.read(keys.resolve("client-3.pem")).certificates();
        assertThat(ClientAuthorities.read(keys.resolve("client-ca.pem")).judge(third, Instant.now()))
                .isInstanceOf(Verdict.Trusted.class);
        assertThat(out.toString()
                        .substring(out.toString().lastIndexOf("cxotel: 1"))
                        .split("sha256:", -1))
                .as("three pins in each of two subscriptions")
                .hasSize(7);
    }

    @Test
    void mtls_wrongOptions_areUsage() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("--out", folder.resolve("a").toString(), "--days", "0")).isEqualTo(2);
        assertThat(run("--out", folder.resolve("a").toString(), "--key", "dsa")).isEqualTo(2);
        assertThat(run("--out", folder.resolve("a").toString(), "--server-name", "https://x"))
                .isEqualTo(2);
        assertThat(run("--out", folder.resolve("a").toString(), "--next")).isEqualTo(1);
        assertThat(err.toString()).contains("--next needs client-ca.pem");
        assertThat(folder.resolve("a")).doesNotExist();
    }

    private int run(String... arguments) {
        List<String> all =
                Stream.concat(Stream.of("mtls"), Stream.of(arguments)).toList();
        return KeysCommand.create()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((exception, command, parsed) -> {
                    command.getErr().println(exception.getMessage());
                    return 1;
                })
                .execute(all.toArray(String[]::new));
    }

    private static Map<String, String> modes(Path keys) throws IOException {
        Map<String, String> modes = new TreeMap<>();
        try (Stream<Path> files = Files.list(keys)) {
            for (Path file : files.toList()) {
                modes.put(
                        String.valueOf(file.getFileName()),
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
        }
        return modes;
    }
}
