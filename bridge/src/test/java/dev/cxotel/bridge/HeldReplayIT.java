package dev.cxotel.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cxotel.bridge.cli.Cxotel;
import dev.cxotel.bridge.cli.JournalBooks;
import dev.cxotel.bridge.cli.Seams;
import dev.cxotel.bridge.console.AdminAnswer;
import dev.cxotel.bridge.console.AdminClient;
import dev.cxotel.bridge.testing.BridgeProcess;
import dev.cxotel.bridge.testing.FakeCollector;
import dev.cxotel.bridge.testing.TestBridge;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The first day with CXone: webhooks signed by a scheme that nobody knows are held by the real program, the diagnosis names
 * the scheme, and a replay exports them once. Until then nothing of them leaves.
 */
class HeldReplayIT {

    private static final Path PAYLOADS = Path.of("..", "examples", "payloads");
    private static final List<String> VALUES = List.of("sub_webservice", "Mysteries Report", "api.example.com");
    private static final Duration LONGEST = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private String printed = "";

    @Test
    void unknownScheme_isHeldDiagnosedAndReplayedOnce() throws Exception {
        try (FakeCollector collector = FakeCollector.start()) {
            TestBridge test = TestBridge.in(directory, TestBridge.destination("local", collector.url()));
            Path log = directory.resolve("bridge.log");
            run(0, "keys", "signature", "--out", keys("right").toString(), "--consumer-id", "acme");
            run(0, "keys", "signature", "--out", keys("wrong").toString(), "--consumer-id", "acme");

            Path config = config(test, "right", "scheme: walmart_io");
            String found;
            try (BridgeProcess bridge = BridgeProcess.run(config, test.healthPort(), log, List.of(), Map.of())) {
                send("scripts", test.scripts());
                send("voice", test.voice());
                run(0, "quarantine", "list", "--config", config.toString());
                assertThat(printed).contains("held", "scripts", "voice");
                run(1, "quarantine", "replay", "--all", "--config", config.toString());
                assertThat(printed).contains("unverified");
                found = diagnosed();
                assertNothingLeft(collector, bridge, test);
                bridge.stop();
            }

            Path wrong = config(test, "wrong", found);
            run(1, "quarantine", "replay", "--all", "--config", wrong.toString());
            assertThat(printed).as("with another key they stay").contains("unverified");

            Path right = config(test, "right", found);
            try (BridgeProcess bridge = BridgeProcess.run(right, test.healthPort(), log, List.of(), Map.of())) {
                run(0, "quarantine", "replay", "--all", "--config", right.toString());
                await().atMost(LONGEST)
                        .untilAsserted(() -> assertThat(collector.spanIds()).hasSize(2));
                run(0, "quarantine", "list", "--config", right.toString());
                assertThat(printed).doesNotContain("held");
                run(0, "ledger", "--config", right.toString());
                bridge.stop();
            }
            assertThat(collector.spans()).as("each once").hasSize(2);
        }
    }

    /** Held data is in no signal, no metric and no line of the log. */
    private static void assertNothingLeft(FakeCollector collector, BridgeProcess bridge, TestBridge test)
            throws Exception {
        assertThat(collector.spans()).isEmpty();
        assertThat(collector.logs()).isEmpty();
        assertThat(collector.metrics()).noneMatch(metric -> metric.getName().startsWith("cxone."));
        String metrics = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + test.healthPort() + "/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        assertThat(metrics).contains("cxotel_receiver_held");
        for (String value : VALUES) {
            assertThat(metrics).doesNotContain(value);
            assertThat(bridge.output()).doesNotContain(value);
        }
    }

    /** What the admin API says is to be configured. */
    private String diagnosed() throws Exception {
        try (AdminClient admin = new AdminClient(directory.resolve("data"))) {
            AdminAnswer answer = admin.get("diagnose");
            assertThat(answer).isInstanceOf(AdminAnswer.Ok.class);
            JsonNode first = new ObjectMapper()
                    .readTree(((AdminAnswer.Ok) answer).json())
                    .path("diagnoses")
                    .path(0);
            assertThat(first.path("headers").toString()).contains("X-Cx-Signature", "X-Cx-Time");
            assertThat(first.toString()).doesNotContain("Mysteries", "sub_webservice");
            return first.path("would_verify").path(0).path("configuration").asText();
        }
    }

    private void send(String name, URI url) throws Exception {
        Path scheme = Files.writeString(directory.resolve("invented.yaml"), """
                signature: { in: header, name: X-Cx-Signature, encoding: base64 }
                timestamp: { in: header, name: X-Cx-Time, unit: ms }
                string_to_sign: { parts: [ "{timestamp}", "{url}", "{raw_body}" ], separator: ":" }
                algorithms: [ { name: rsa_sha512 } ]
                """);
        String payload = name.equals("voice") ? "voice-quality.json" : "script-api.json";
        run(
                1,
                "send",
                "--quiet",
                "--url",
                url.toString(),
                "--file",
                PAYLOADS.resolve(payload).toString(),
                "--scheme",
                scheme.toString(),
                "--key",
                keys("right").resolve("acme-1.private.pem").toString());
        assertThat(printed).contains("401");
    }

    private Path config(TestBridge test, String keys, String scheme) throws Exception {
        String auth = """
                auth:
                  signature:
                %s
                    consumer_id: acme
                    keys: [ { version: "1", public_key: "%s" } ]
                """.formatted(
                        scheme.strip().indent(4).stripTrailing(), keys(keys).resolve("acme-1.pub.pem"));
        StringBuilder subscriptions = new StringBuilder("  subscriptions:\n");
        for (String name : List.of("voice", "scripts")) {
            boolean voice = name.equals("voice");
            subscriptions
                    .append("    - name: ")
                    .append(name)
                    .append("\n      type: ")
                    .append(voice ? "voice_quality" : "script_api")
                    .append("\n      path: ")
                    .append(voice ? "/v1/voice-quality" : "/v1/script-api")
                    .append("\n      on_unverified: hold\n      diagnose: true\n")
                    .append(auth.indent(6));
        }
        String whole = Files.readString(test.write())
                .replaceFirst(
                        "receiver: \\{ host: 127.0.0.1, port: (\\d+), stop_timeout: 5s }\n",
                        "receiver:\n  host: 127.0.0.1\n  port: $1\n"
                                + subscriptions.toString().replace("\\", "\\\\"));
        return Files.writeString(directory.resolve("cxotel.yaml"), whole);
    }

    private Path keys(String name) {
        return directory.resolve(name);
    }

    private void run(int expected, String... arguments) {
        StringWriter out = new StringWriter();
        Seams seams = new Seams(
                Map.of(),
                Bridge::start,
                new JournalBooks(InstantSource.system()),
                new Operator(InstantSource.system()),
                config -> {},
                stop -> {});
        PrintWriter printer = new PrintWriter(out);
        int code = Cxotel.execute(seams, printer, printer, arguments);
        printed = out.toString();
        assertThat(code).as(printed).isEqualTo(expected);
    }
}
