package dev.cxotel.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cxotel.bridge.cli.Cxotel;
import dev.cxotel.bridge.cli.JournalBooks;
import dev.cxotel.bridge.cli.Seams;
import dev.cxotel.bridge.config.load.ConfigLoader;
import dev.cxotel.bridge.signal.Signal;
import dev.cxotel.bridge.testing.FakeCollector;
import dev.cxotel.bridge.testing.FakeGrpcCollector;
import dev.cxotel.bridge.testing.Leaks;
import dev.cxotel.bridge.testing.TestBridge;
import dev.cxotel.semconv.PayloadField;
import dev.cxotel.semconv.PayloadFields;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributeType;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * Every field of both payloads holds a marked secret and every text attribute is treated; no mark leaves over HTTP or
 * gRPC, in the log, the metrics, the admin API or the commands, nor stands in the files of a sealed journal.
 */
@SuppressWarnings("try") // a running bridge that only has to be closed
class PrivacyFieldsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String KEY = "f00dfeedf00dfeedf00dfeedf00dfeedf00dfeedf00dfeedf00dfeedf00dfeed";
    private static final String SECRET = "Zebediah Markwort s3cr3t of 8015550199";
    private static final Set<String> TIMES = Set.of("StartDateTime", "EndDateTime", "dateTime");

    /** What a contact's row in the journal holds in clear (PRIVACY.md): nowhere else may it be seen. */
    private static final Set<String> OF_CONTACTS =
            Set.of("BusinessUnit", "ContactId", "MasterContactId", "busNo", "contactId", "masterContactId");

    private static final String CONTACT_SECRET = "c0ntact-of 4715550001";
    private static final List<String> MARKS = List.of("zebediah", "markwort", "s3cr3t", "8015550199", KEY);
    private static final List<String> ALL_MARKS =
            Stream.concat(MARKS.stream(), Stream.of("c0ntact-of", "4715550001")).toList();

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> ownLog = new ListAppender<>();
    private final Leaks leaks = new Leaks(ALL_MARKS);
    private final Leaks stored = new Leaks(MARKS);
    private FakeCollector http;
    private FakeGrpcCollector grpc;

    @BeforeEach
    void start() throws Exception {
        http = FakeCollector.start();
        grpc = FakeGrpcCollector.start();
        ownLog.start();
        root.addAppender(ownLog);
    }

    @AfterEach
    void stop() {
        root.detachAppender(ownLog);
        http.close();
        grpc.close();
        client.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"drop", "mask", "hmac"})
    void everyFieldTreated_noSecretLeaves(String treatment) throws Exception {
        TestBridge test = TestBridge.in(
                directory,
                TestBridge.destination("http", http.url()),
                "{ name: grpc, endpoint: \"%s\", protocol: grpc, metric_interval: 200ms }".formatted(grpc.url()));
        Path config = test.write();
        Files.writeString(config, mapping(treatment), StandardOpenOption.APPEND);
        Files.writeString(
                config, Files.readString(config).replace("journal: {", "journal: { encryption: { key: " + KEY + " },"));
        try (Bridge bridge =
                Bridge.start(new ConfigLoader(Map.of()).load(config).config())) {
            post(test.voice(), record().toString());
            post(test.scripts(), "{\"metadata\":[" + call("503") + "," + call("token " + SECRET) + "]}");
            post(test.voice(), record().put("StartDateTime", SECRET).toString());
            post(test.scripts(), "{\"" + SECRET + "\":\"" + SECRET + "\"}");
            await().atMost(PATIENCE)
                    .until(() -> http.spans().size() == 3 && grpc.spans().size() == 3);
            await().atMost(PATIENCE)
                    .until(() -> http.logs().size() >= 2 && grpc.logs().size() >= 2);
            await().atMost(PATIENCE)
                    .until(() -> !http.metrics().isEmpty() && !grpc.metrics().isEmpty());
            get(test.healthPort(), "/metrics");
            for (String call : List.of("ledger", "status", "quarantine?limit=100", "preview")) {
                get(test.adminPort(), "/api/v1/" + call);
            }
            commands(config);
            files();
        }
        files();
        for (Signal signal : Signal.values()) {
            http.requests(signal).forEach(request -> leaks.search("HTTP " + signal, request.body())
                    .search("HTTP headers", request.headers().toString()));
        }
        leaks.search("gRPC spans", grpc.spans().toString())
                .search("gRPC logs", grpc.logs().toString())
                .search("gRPC metrics", grpc.metrics().toString());
        grpc.spans().forEach(span -> leaks.search("gRPC bytes", span.toByteArray()));
        ownLog.list.forEach(line -> leaks.search("own log", line.getFormattedMessage()));

        assertThat(leaks.searched()).isGreaterThan(20);
        assertThat(leaks.found()).isEmpty();
        assertThat(stored.searched()).isPositive();
        assertThat(stored.found()).isEmpty();
        assertThat(http.spans().toString().contains("cxone.privacy.key_id")).isEqualTo(treatment.equals("hmac"));
        assertThat(http.spans().toString().contains("cxone.agent.id")).isEqualTo(!treatment.equals("drop"));
    }

    private static String mapping(String treatment) {
        return Stream.concat(
                        Stream.of(PayloadFields.VOICE_QUALITY, PayloadFields.SCRIPT_API)
                                .flatMap(List::stream)
                                .flatMap(field -> field.attributes().stream())
                                .filter(key -> key.getType() == AttributeType.STRING)
                                .map(AttributeKey::getKey)
                                .distinct(),
                        Stream.of("cxone.unmapped"))
                .map(name -> "      " + name + ": " + treatment)
                .collect(Collectors.joining(
                        "\n",
                        "mapping:\n  unknown_fields: values\n  privacy:\n    hmac_key: " + KEY + "\n    fields:\n",
                        "\n"));
    }

    private static ObjectNode record() {
        ObjectNode record = fill(PayloadFields.VOICE_QUALITY);
        Instant now = Instant.now();
        record.put("StartDateTime", now.minusSeconds(90).toString()).put("EndDateTime", now.toString());
        record.putObject("spearlineAnalysis").put("note", SECRET).put(SECRET, 8_015_550_199L);
        return record;
    }

    private static ObjectNode call(String code) {
        ObjectNode call = fill(PayloadFields.SCRIPT_API);
        call.put("messageId", SECRET + code)
                .put("apiResponseCode", code)
                .put("apiEndpoint", "https://zebediah:markwort@s3cr3t.example/8015550199?q=s3cr3t#zebediah")
                .put(
                        "dateTime",
                        DateTimeFormatter.ofPattern("M/d/yyyy h:mm:ss a", Locale.US)
                                .withZone(ZoneOffset.UTC)
                                .format(Instant.now()));
        return call;
    }

    /** Every field, those that nobody knows too. */
    private static ObjectNode fill(List<PayloadField> fields) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (PayloadField field : fields) {
            boolean text = field.attributes().stream().anyMatch(key -> key.getType() == AttributeType.STRING);
            if (text && !TIMES.contains(field.field())) {
                object.put(field.field(), OF_CONTACTS.contains(field.field()) ? CONTACT_SECRET : SECRET);
            } else {
                object.put(field.field(), 4);
            }
        }
        object.put("CustomerName", SECRET);
        ArrayNode more = object.putArray("More");
        more.add(SECRET).addObject().put("deep", SECRET);
        return object;
    }

    private void post(URI url, String body) throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(url)
                        .header("Authorization", "Bearer s3cr3t-header")
                        .header("X-Zebediah", SECRET)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        leaks.search("answer", answer.headers().map() + answer.body());
    }

    private void get(int port, String path) throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        leaks.search(path, answer.body());
    }

    /** The journal's files, the write-ahead log among them. */
    private void files() throws Exception {
        try (Stream<Path> files = Files.list(directory.resolve("data"))) {
            for (Path file : files.toList()) {
                stored.search(file.toString(), Files.readAllBytes(file));
            }
        }
    }

    /** What commands print, while the bridge runs. */
    private void commands(Path config) throws Exception {
        Path voice = Files.writeString(directory.resolve("voice.json"), record().toString());
        Path scripts = Files.writeString(directory.resolve("scripts.json"), "{\"metadata\":[" + call("503") + "]}");
        List<String> shown = new ArrayList<>();
        execute(shown, config, "ledger");
        execute(shown, config, "translate", "--file", voice.toString());
        execute(shown, config, "translate", "--file", scripts.toString());
        execute(shown, config, "validate", "--print");
        execute(shown, config, "quarantine", "list");
        execute(shown, config, "quarantine", "show", "1");
        assertThat(shown.getLast()).contains("unreadable_time", "SkillName");
        execute(shown, config, "quarantine", "show", "2");
        shown.forEach(text -> leaks.search("command", text));
        execute(shown, config, "quarantine", "show", "1", "--raw");
        assertThat(shown.getLast()).as("asked for, it is shown").contains("Zebediah");
    }

    private static void execute(List<String> shown, Path config, String... arguments) {
        StringWriter printed = new StringWriter();
        PrintWriter writer = new PrintWriter(printed, true);
        Seams seams = new Seams(
                Map.of(),
                started -> {
                    throw new AssertionError("nothing is started");
                },
                new JournalBooks(InstantSource.system()),
                new Operator(InstantSource.system()),
                logging -> {},
                stop -> {});
        String[] all = Stream.concat(Stream.of(arguments), Stream.of("--config", config.toString()))
                .toArray(String[]::new);
        assertThat(Cxotel.execute(seams, writer, writer, all))
                .as(printed.toString())
                .isZero();
        shown.add(printed.toString());
    }
}
