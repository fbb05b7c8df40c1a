package dev.cxotel.bridge.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cxotel.bridge.config.AdminConfig;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Delivery;
import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.journal.Outcomes;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.journal.Quarantine;
import dev.cxotel.bridge.testing.RawHttp;
import dev.cxotel.bridge.testing.RecordingJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminServerTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path directory = Path.of("");

    private final RecordingJournal journal = new RecordingJournal();
    private final AtomicInteger changes = new AtomicInteger();

    @SuppressWarnings("NullAway.Init") // started before each test
    private AdminServer admin;

    @BeforeEach
    void start() {
        admin = start("127.0.0.1");
        journal.quarantine(new Quarantine.Content(
                new Quarantine.Entry(
                        7,
                        Quarantine.Kind.UNDELIVERED,
                        NOW,
                        "voice",
                        Optional.of(new PipelineId("local", "traces")),
                        Optional.of(3L),
                        0,
                        "refused_alone",
                        "the backend said: secret"),
                new Delivery("voice", NOW, Bytes.utf8("{\"secret\":1}")),
                Optional.empty()));
    }

    @AfterEach
    void stop() {
        admin.stop();
    }

    @Test
    void reads_needNoTokenOnLoopback() throws Exception {
        assertThat(json(get("ledger")).path("difference").intValue()).isZero();
        JsonNode status = json(get("status"));
        assertThat(status.path("journal").path("writable").booleanValue()).isTrue();
        assertThat(status.path("version").textValue()).isEqualTo("1.2.3");
        assertThat(status.path("pipelines").get(0).path("behind").intValue()).isEqualTo(5);
    }

    @Test
    void quarantine_isListedWithoutAnythingOfThePayload() {
        RawHttp.Response list = get("quarantine?limit=5");

        assertThat(list.status()).isEqualTo(200);
        assertThat(list.body()).contains("\"id\":7", "refused_alone").doesNotContain("secret");
    }

    @Test
    void payload_needsTheTokenOnLoopbackToo() throws Exception {
        assertThat(get("quarantine/7").status()).isEqualTo(401);
        assertThat(get("quarantine/7", "Authorization: Bearer wrong").status()).isEqualTo(401);
        assertThat(get("quarantine/7", "Authorization: Basic " + token()).status())
                .isEqualTo(401);
        RawHttp.Response shown = get("quarantine/7", "Authorization: bearer " + token());
        assertThat(json(shown).path("body").textValue()).isEqualTo("{\"secret\":1}");
        assertThat(get("quarantine/8", "Authorization: Bearer " + token()).status())
                .isEqualTo(404);
        assertThat(get("quarantine/x", "Authorization: Bearer " + token()).status())
                .isEqualTo(404);
    }

    @Test
    void changes_needTheTokenAndLeaveAnAuditRecord() throws Exception {
        assertThat(request("POST", "drop?id=7", "Host: localhost").status()).isEqualTo(401);
        assertThat(changes).hasValue(0);
        assertThat(directory.resolve("audit.log")).doesNotExist();

        RawHttp.Response changed = request("POST", "drop?id=7", "Host: localhost", "Authorization: Bearer " + token());

        assertThat(changed.status()).isEqualTo(200);
        assertThat(changes).hasValue(7);
        List<String> audit = Files.readAllLines(directory.resolve("audit.log"));
        assertThat(audit).hasSize(2);
        assertThat(audit.getFirst())
                .contains("\"POST /api/v1/drop\"", "\"begun\"", "\"id\":\"7\"", "127.0.0.1", "2026-03-01T12:00:00Z");
        assertThat(audit.getLast()).contains("\"done\"");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("audit.log"))))
                .isEqualTo("rw-------");
    }

    @Test
    void failedChange_isRecordedAsFailed() throws Exception {
        RawHttp.Response failed = request("POST", "drop?id=x", "Host: localhost", "Authorization: Bearer " + token());

        assertThat(failed.status()).isEqualTo(500);
        assertThat(Files.readAllLines(directory.resolve("audit.log")).getLast()).contains("\"failed\"");
    }

    @Test
    void foreignHost_isMisdirected() {
        for (String host : new String[] {"evil.example", "evil.example:8088", "127.0.0.1.evil.example", "10.0.0.1"}) {
            assertThat(request("GET", "status", "Host: " + host).status())
                    .as(host)
                    .isEqualTo(421);
        }
        for (String host : new String[] {
            "localhost", "LocalHost:1", "127.0.0.1:8088", "[::1]:8088", "bridge.internal", "bridge.internal:9"
        }) {
            assertThat(request("GET", "status", "Host: " + host).status())
                    .as(host)
                    .isEqualTo(200);
        }
    }

    @Test
    void foreignOrigin_isRefusedEvenWithTheToken() throws Exception {
        String token = "Authorization: Bearer " + token();
        for (String origin : new String[] {"http://evil.example", "null", "http://localhost:1", "x y"}) {
            assertThat(request("POST", "drop?id=1", "Host: localhost:8088", token, "Origin: " + origin)
                            .status())
                    .as(origin)
                    .isEqualTo(403);
        }
        assertThat(request("POST", "drop?id=1", "Host: localhost:8088", token, "Origin: http://localhost:8088")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void otherCalls_areProblems() throws Exception {
        assertThat(get("nothing").status()).isEqualTo(404);
        assertThat(request("POST", "nothing", "Host: localhost", "Authorization: Bearer " + token())
                        .status())
                .isEqualTo(404);
        assertThat(request("DELETE", "drop", "Host: localhost", "Authorization: Bearer " + token())
                        .status())
                .isEqualTo(405);
        assertThat(json(get("nothing")).path("type").textValue()).isEqualTo("urn:cxotel:problem:not_found");
    }

    @Test
    void otherAddress_needsTheTokenForEverything() throws Exception {
        admin.stop();
        admin = start("0.0.0.0");
        assertThat(get("ledger").status()).isEqualTo(401);
        assertThat(get("ledger", "Authorization: Bearer " + token()).status()).isEqualTo(200);
        assertThat(AdminFile.read(directory).orElseThrow().address()).hasHost("127.0.0.1");
    }

    @Test
    void takenAddress_isSaidAndTheOtherFileStays() throws Exception {
        String token = token();
        assertThatIOException()
                .isThrownBy(() -> AdminServer.start(
                        new AdminConfig("127.0.0.1", admin.port(), List.of()),
                        directory,
                        new AdminServer.Sources(journal, "1.2.3", Map.of(), () -> NOW),
                        new SecureRandom()))
                .withMessageContaining("127.0.0.1:" + admin.port())
                .withMessageContaining("in use");
        assertThat(token()).isEqualTo(token);
    }

    @Test
    void adminFile_isTheOwnersAndGoesAtStop() throws Exception {
        Path file = directory.resolve("admin.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(token()).hasSize(43);
        admin.stop();
        assertThat(file).doesNotExist();
    }

    @Test
    void client_readsTheLedgerBack() throws Exception {
        Ledger ledger = new Ledger(
                List.of(new Ledger.SubscriptionLine("voice", 10, 6, 1, Map.of("not_json", 3L), 9, 7, 1, 1, 2, 1)),
                List.of(new Ledger.PipelineLine(
                        new PipelineId("local", "logs"),
                        7,
                        Outcomes.of(Outcome.EXPORTED, 3).plus(Outcome.SKIPPED, "no_log", 2),
                        2)));
        journal.ledger(ledger);
        try (AdminClient client = new AdminClient(directory)) {
            AdminAnswer answer = client.get("ledger");
            assertThat(answer).isInstanceOfSatisfying(AdminAnswer.Ok.class, ok -> assertThat(AdminClient.ledger(ok))
                    .isEqualTo(ledger));
            assertThat(client.post("drop?id=2")).isInstanceOf(AdminAnswer.Ok.class);
            assertThat(client.get("quarantine/99")).isEqualTo(new AdminAnswer.Refused(404, "There is no such entry."));
        }
    }

    @Test
    void client_tellsThatNoBridgeRuns() throws Exception {
        int port = admin.port();
        admin.stop();
        try (AdminClient client = new AdminClient(directory)) {
            assertThat(client.get("ledger")).isInstanceOf(AdminAnswer.NoBridge.class);

            new AdminFile(URI.create("http://127.0.0.1:" + port), "old", endedProcess()).write(directory);
            assertThat(client.get("ledger"))
                    .isInstanceOfSatisfying(AdminAnswer.NoBridge.class, none -> assertThat(none.why())
                            .contains("left behind"));

            Files.writeString(directory.resolve("admin.json"), "not json");
            assertThat(client.get("ledger")).isInstanceOf(AdminAnswer.NoBridge.class);
        }
    }

    private AdminServer start(String host) {
        try {
            return AdminServer.start(
                    new AdminConfig(host, 0, List.of("bridge.internal")),
                    directory,
                    new AdminServer.Sources(journal, "1.2.3", Map.of("drop", this::drop), () -> NOW),
                    new SecureRandom());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String drop(Map<String, String> parameters) {
        changes.addAndGet(Integer.parseInt(parameters.getOrDefault("id", "")));
        return "{\"dropped\":1}";
    }

    private String token() throws IOException {
        return AdminFile.read(directory).orElseThrow().token();
    }

    private RawHttp.Response get(String call, String... headers) {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = "Host: localhost";
        return request("GET", call, all);
    }

    private RawHttp.Response request(String method, String call, String... headers) {
        try (RawHttp http = RawHttp.connect(admin.port())) {
            return http.send(method + " /api/v1/" + call + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\n\r\n")
                    .read();
        }
    }

    private static JsonNode json(RawHttp.Response response) throws IOException {
        return new ObjectMapper().readTree(response.body());
    }

    private static long endedProcess() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        return process.pid();
    }
}
