package dev.cxotel.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.auth.issue.KeyKind;
import dev.cxotel.bridge.auth.issue.MtlsFiles;
import dev.cxotel.bridge.auth.signature.key.KeyFiles;
import dev.cxotel.bridge.cli.Cxotel;
import dev.cxotel.bridge.cli.JournalBooks;
import dev.cxotel.bridge.cli.Seams;
import dev.cxotel.bridge.config.BridgeConfig;
import dev.cxotel.bridge.config.load.ConfigLoader;
import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.testing.TestBridge;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A subscription that asks for a client certificate and a signature, over real sockets with a configuration file. */
class BothMethodsIT {

    private static final String RIGHT = "the secret that CXone has";
    private static final Pattern STATUS = Pattern.compile("(?m)^  (\\d{3}) +1$");
    private static final String WRONG = "another secret that it has not";

    @TempDir
    Path folder;

    private List<String> pins = List.of();
    private List<String> pinsOfBoth = List.of();
    private String printed = "";
    private int sent;

    @BeforeEach
    void keys() throws Exception {
        MtlsFiles.Order order =
                new MtlsFiles.Order(List.of("localhost", "127.0.0.1"), "cxone", KeyKind.EC, Duration.ofDays(2));
        pins = MtlsFiles.create(folder, order, Instant.now(), new SecureRandom())
                .pins();
        pinsOfBoth =
                MtlsFiles.next(folder, order, Instant.now(), new SecureRandom()).pins();
        Files.writeString(folder.resolve("right"), RIGHT);
        Files.writeString(folder.resolve("wrong"), WRONG);
    }

    @Test
    void onlyWhoHasBoth_getsIn() throws Exception {
        TestBridge test = TestBridge.in(folder);
        try (Bridge bridge = Bridge.start(config(test, "refuse", RIGHT))) {
            assertThat(send(test, "client-1", "right")).as(printed).isEqualTo(200);
            assertThat(send(test, "client-1", "wrong")).isEqualTo(401);
            assertThat(send(test, "client-2", "right")).as("not pinned").isEqualTo(403);
            assertThat(send(test, "client-2", "wrong")).isEqualTo(403);
            assertThat(send(test, "", "right")).as("no certificate").isEqualTo(401);
            assertThat(send(test, "", "wrong")).isEqualTo(401);
            assertThat(send(test, "client-1", "")).as("no signature").isEqualTo(401);
            assertThat(send(test, "client-1", "right")).as("still served").isEqualTo(200);

            Ledger.SubscriptionLine line = line(bridge);
            assertThat(line.accepted()).isEqualTo(2);
            assertThat(line.refused()).isEqualTo(Map.of("unauthorized", 4L, "forbidden", 2L));
        }
    }

    @Test
    void pinThatIsTakenAway_endsItsCertificate() throws Exception {
        TestBridge test = TestBridge.in(folder);
        try (Bridge bridge = Bridge.start(config(test, "refuse", RIGHT, pinsOfBoth))) {
            assertThat(send(test, "client-1", "right")).isEqualTo(200);
            assertThat(send(test, "client-2", "right")).isEqualTo(200);
            bridge.apply(config(test, "refuse", RIGHT));
            assertThat(send(test, "client-1", "right")).isEqualTo(200);
            assertThat(send(test, "client-2", "right")).isEqualTo(403);
            assertThat(line(bridge).accepted()).isEqualTo(3);
        }
    }

    @Test
    void held_isJudgedByItsConnectionAtArrivalAndByItsSignatureLater() throws Exception {
        TestBridge test = TestBridge.in(folder);
        try (Bridge bridge = Bridge.start(config(test, "hold", WRONG))) {
            assertThat(send(test, "client-2", "right")).isEqualTo(403);
            assertThat(send(test, "", "right")).isEqualTo(401);
            assertThat(held()).as("a bad connection is not held").isZero();
            assertThat(send(test, "client-1", "right")).isEqualTo(401);
            assertThat(send(test, "client-1", "")).isEqualTo(401);
            assertThat(held()).isEqualTo(2);
            assertThat(line(bridge).accepted()).isZero();

            bridge.apply(config(test, "hold", RIGHT));
            assertThat(run("quarantine", "replay", "--all", "--config", test.directory() + "/cxotel.yaml"))
                    .as("one of two verifies now")
                    .isEqualTo(1);
            assertThat(held()).isEqualTo(1);
            assertThat(line(bridge).decoded()).as(printed).isEqualTo(1);
        }
    }

    private long held() {
        assertThat(run(
                        "quarantine",
                        "list",
                        "--config",
                        folder.resolve("cxotel.yaml").toString()))
                .isZero();
        return printed.lines().filter(line -> line.contains("held")).count();
    }

    private static Ledger.SubscriptionLine line(Bridge bridge) throws Exception {
        return bridge.journal().ledger().subscriptions().stream()
                .filter(one -> one.subscription().equals("both"))
                .findFirst()
                .orElse(new Ledger.SubscriptionLine("both", 0, 0, 0, Map.of(), 0, 0, 0, 0, 0, 0));
    }

    /**
     * Sends a webhook of one record, each time another.
     *
     * @return the status that it was answered with
     */
    private int send(TestBridge test, String certificate, String secret) throws Exception {
        Path record = Files.writeString(folder.resolve("record.json"), """
                {"ContactId":%d,"MasterContactId":7,"BusinessUnit":1337,"DataSource":"SBC EXMS","AvgMos":4.31,\
                "StartDateTime":"2026-07-01T10:00:00Z","EndDateTime":"2026-07-01T10:01:00Z"}""".formatted(++sent));
        List<String> arguments = new ArrayList<>(List.of(
                "send",
                "--quiet",
                "--file=" + record,
                "--type=voice_quality",
                "--url=https://localhost:" + test.receiverPort() + "/both",
                "--ca=" + folder.resolve("server-ca.pem")));
        if (!certificate.isEmpty()) {
            arguments.add("--client-certificate=" + folder.resolve(certificate + ".pem"));
            arguments.add("--client-key=" + folder.resolve(certificate + ".key"));
        }
        if (!secret.isEmpty()) {
            arguments.addAll(List.of("--scheme=nice_expert", "--key=" + folder.resolve(secret)));
        }
        run(arguments.toArray(String[]::new));
        Matcher status = STATUS.matcher(printed);
        return status.find() ? Integer.parseInt(status.group(1)) : 0;
    }

    private int run(String... arguments) {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        Seams seams = new Seams(
                Map.of(),
                Bridge::start,
                new JournalBooks(InstantSource.system()),
                new Operator(InstantSource.system()),
                logging -> {},
                stop -> {});
        int code = Cxotel.execute(seams, writer, writer, arguments);
        printed = out.toString();
        return code;
    }

    private BridgeConfig config(TestBridge test, String unverified, String secret) throws Exception {
        return config(test, unverified, secret, pins);
    }

    private BridgeConfig config(TestBridge test, String unverified, String secret, List<String> allowed)
            throws Exception {
        Path file = test.write();
        Files.writeString(file, Files.readString(file).replaceFirst("(?m)^receiver:.*$", """
                receiver:
                  port: %d
                  tls: { certificate: "%s/server.pem", private_key: "%s/server.key" }
                  subscriptions:
                    - name: both
                      type: voice_quality
                      path: /both
                      on_unverified: %s
                      auth:
                        mtls: { client_ca: "%s/client-ca.pem", pins: [ %s ] }
                        signature: { scheme: nice_expert, keys: [ { version: "1", secret: "%s" } ] }
                """.formatted(
                        test.receiverPort(),
                        folder,
                        folder,
                        unverified,
                        folder,
                        "\"" + String.join("\", \"", allowed) + "\"",
                        secret)));
        return new ConfigLoader(Map.of(), KeyFiles::problem).load(file).config();
    }
}
