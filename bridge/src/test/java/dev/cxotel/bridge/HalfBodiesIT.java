package dev.cxotel.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.auth.issue.KeyKind;
import dev.cxotel.bridge.auth.issue.MtlsFiles;
import dev.cxotel.bridge.testing.Alone;
import dev.cxotel.bridge.testing.BridgeProcess;
import dev.cxotel.bridge.testing.HalfBodies;
import dev.cxotel.bridge.testing.TestBridge;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program with 64 MiB of heap under three hundred half bodies of strangers; the short form of {@link HalfBodies}. */
@Alone
class HalfBodiesIT {

    @TempDir
    Path folder;

    @Test
    void threeHundredHalfBodies_withoutCredentials_keepNobodyWaiting() throws Exception {
        TestBridge bridge = TestBridge.in(folder);
        Path config = config(bridge, "trusted_proxies: [127.0.0.1]", ", certificate_header: client_cert");
        HalfBodies.Result result =
                survived(bridge, config, 100, HalfBodies.plain(bridge.receiverPort(), folder.resolve("keys")));
        assertThat(result.accepted()).as(result.toString()).isGreaterThanOrEqualTo(100);
        assertThat(result.p99())
                .as("nobody waits for the end of a half body, which takes ten seconds: " + result)
                .isLessThan(Duration.ofSeconds(5));
    }

    /**
     * Here the strangers' own halves of the handshakes take the processors from the bridge, so that times say nothing; the
     * command in CONTRIBUTING.md measures them.
     */
    @Test
    void threeHundredHalfBodies_overTls_areRefusedAndOthersServed() throws Exception {
        TestBridge bridge = TestBridge.in(folder);
        Path keys = folder.resolve("keys");
        Path config = config(
                bridge,
                "tls: { certificate: \"%s/server.pem\", private_key: \"%s/server.key\" }".formatted(keys, keys),
                "");
        survived(bridge, config, 1, HalfBodies.tls(bridge.receiverPort(), keys));
    }

    private HalfBodies.Result survived(TestBridge bridge, Path config, int least, HalfBodies attack) throws Exception {
        try (BridgeProcess process =
                BridgeProcess.run(config, bridge.healthPort(), folder.resolve("log"), List.of("-Xmx64m"), Map.of())) {
            HalfBodies.Result result = attack.run(300, least, Duration.ofSeconds(4));

            assertThat(result.attempts()).as(result + process.output()).isGreaterThanOrEqualTo(300);
            assertThat(result.failed()).as(result.toString()).isZero();
            assertThat(result.accepted()).as(result.toString()).isPositive();
            String metrics = metrics(bridge.healthPort());
            assertThat(metrics)
                    .containsPattern("cxotel_receiver_auth_failures_total\\{[^}]*no_client_certificate[^}]*} [1-9]");
            assertThat(process.output()).doesNotContain("OutOfMemoryError").doesNotContain("ERROR");
            return result;
        }
    }

    private Path config(TestBridge bridge, String receiver, String mtls) throws Exception {
        Path keys = folder.resolve("keys");
        MtlsFiles.create(
                keys,
                new MtlsFiles.Order(List.of("localhost", "127.0.0.1"), "cxone", KeyKind.EC, Duration.ofDays(2)),
                Instant.now(),
                new SecureRandom());
        Path config = bridge.write();
        return Files.writeString(
                config, Files.readString(config).replace("stop_timeout: 5s }", """
                stop_timeout: 5s, %s,
                  subscriptions: [ { name: voice, type: voice_quality, path: /v1/voice-quality,
                    auth: { mtls: { client_ca: "%s/client-ca.pem"%s } } } ] }""".formatted(receiver, keys, mtls)));
    }

    private static String metrics(int port) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }
}
