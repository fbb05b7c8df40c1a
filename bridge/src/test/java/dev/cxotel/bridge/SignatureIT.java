package dev.cxotel.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.auth.signature.key.KeyFiles;
import dev.cxotel.bridge.cli.Cxotel;
import dev.cxotel.bridge.cli.Seams;
import dev.cxotel.bridge.config.load.ConfigLoader;
import dev.cxotel.bridge.config.load.Loaded;
import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.testing.TestBridge;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cxotel send} signs by each scheme, and a real bridge that was configured by a file lets it in, and nobody else. */
class SignatureIT {

    private static final Path KEYS = Path.of("src/test/resources/keys").toAbsolutePath();
    private static final String RSA = "public_key: " + KEYS.resolve("rsa.spki.pem");
    private static final String SECRET = "secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /** The scheme, its key as the configuration has it, and whether {@code send} signs with the secret. */
    private static final List<Method> METHODS = List.of(
            new Method("walmart_io", "consumer_id: acme, ", RSA, "rsa.encrypted.pem"),
            new Method("walmart_marketplace", "consumer_id: acme, ", RSA, "rsa.pkcs1.pem"),
            new Method("nice_expert", "", SECRET, "secret"),
            new Method("standard_webhooks", "", SECRET, "secret"),
            new Method("rfc9421", "", "public_key: " + KEYS.resolve("p256.spki.pem"), "p256.sec1.pem"));

    private final StringWriter out = new StringWriter();

    @TempDir
    Path folder;

    @Test
    void send_signedByEachScheme_isAcceptedAndNobodyElse() throws Exception {
        Files.writeString(folder.resolve("secret"), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n");
        Files.writeString(folder.resolve("other"), "another secret that nobody knows\n");
        Files.writeString(folder.resolve("query.yaml"), custom());
        TestBridge test = TestBridge.in(folder);
        Loaded loaded = new ConfigLoader(Map.of(), KeyFiles::problem).load(configuration(test));
        assertThat(loaded.warnings())
                .filteredOn(warning -> warning.contains("does not sign the body"))
                .hasSize(2)
                .allMatch(warning -> warning.contains("walmart_") && warning.contains("for 10 minutes"));
        try (Bridge bridge = Bridge.start(loaded.config())) {
            for (Method method : METHODS) {
                assertThat(send(test, method.scheme, method.scheme, method.signingKey))
                        .as(method.scheme + out)
                        .isZero();
            }
            assertThat(send(test, "query", folder.resolve("query.yaml").toString(), "rsa.pkcs8.pem"))
                    .as(out.toString())
                    .isZero();
            assertThat(send(test, "nice_expert", "nice_expert", "other")).isEqualTo(1);
            assertThat(send(test, "nice_expert", "standard_webhooks", "secret")).isEqualTo(1);
            assertThat(send(test, "walmart_io", "walmart_marketplace", "rsa.pkcs1.pem"))
                    .isEqualTo(1);

            assertThat(accepted(bridge.journal().ledger()))
                    .isEqualTo(Map.of(
                            "walmart_io", 3L,
                            "walmart_marketplace", 3L,
                            "nice_expert", 3L,
                            "standard_webhooks", 3L,
                            "rfc9421", 3L,
                            "query", 3L));
            assertThat(metrics(test))
                    .containsPattern("cxotel_receiver_auth_failures.*wrong_signature.*nice_expert.* 3")
                    .containsPattern("cxotel_receiver_auth_failures.*missing_header.*nice_expert.* 3")
                    .containsPattern("cxotel_receiver_auth_failures.*missing_header.*walmart_io.* 3");
        }
    }

    private int send(TestBridge test, String subscription, String scheme, String key) {
        Path file = key.endsWith(".pem") ? KEYS.resolve(key) : folder.resolve(key);
        Seams seams = new Seams(
                Map.of(), config -> () -> {}, config -> new Ledger(List.of(), List.of()), logging -> {}, stop -> {});
        PrintWriter writer = new PrintWriter(out);
        return Cxotel.execute(
                seams,
                writer,
                writer,
                "send",
                "--quiet",
                "--count=3",
                "--type=voice_quality",
                "--url=http://127.0.0.1:" + test.receiverPort() + "/" + subscription + "?a=%20b",
                "--scheme=" + scheme,
                "--consumer-id=acme",
                "--key-version=1",
                "--key=" + file,
                "--key-passphrase=secret");
    }

    private Path configuration(TestBridge test) throws Exception {
        List<Method> all = new ArrayList<>(METHODS);
        all.add(new Method("query", "", RSA, ""));
        String subscriptions = all.stream()
                .map(method -> "    - { name: %s, type: voice_quality, path: /%s, auth: { signature: { %s } } }\n"
                        .formatted(method.scheme, method.scheme, method.signature()))
                .collect(Collectors.joining());
        Path file = test.write();
        return Files.writeString(
                file,
                Files.readString(file)
                        .replace(
                                "receiver: { host: 127.0.0.1, port: %d, stop_timeout: 5s }"
                                        .formatted(test.receiverPort()),
                                "receiver:\n  port: %d\n  subscriptions:\n%s"
                                        .formatted(test.receiverPort(), subscriptions)));
    }

    private static String custom() {
        return """
                signature: { in: query, name: signature, encoding: base64url }
                timestamp: { in: query, name: t, unit: ms }
                key_version: { in: query, name: "key version" }
                algorithms: [ { name: rsa_pss_sha256 } ]
                string_to_sign: { parts: [ "{method}", "{url}", "{key_version}", "{timestamp}", "{sha256:raw_body}" ], separator: " " }
                """;
    }

    private static Map<String, Long> accepted(Ledger ledger) {
        return ledger.subscriptions().stream()
                .collect(Collectors.toMap(Ledger.SubscriptionLine::subscription, Ledger.SubscriptionLine::accepted));
    }

    private static String metrics(TestBridge test) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI url = URI.create("http://127.0.0.1:" + test.healthPort() + "/metrics");
            return client.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private record Method(String scheme, String consumer, String key, String signingKey) {
        String signature() {
            String name = scheme.equals("query")
                    ? "scheme: custom, custom: { "
                            + String.join(", ", custom().strip().split("\n")) + " }"
                    : "scheme: " + scheme;
            return name + ", " + consumer + "keys: [ { version: \"1\", " + key + " } ]";
        }
    }
}
