package dev.cxotel.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.cxotel.bridge.cli.Cxotel;
import dev.cxotel.bridge.cli.JournalBooks;
import dev.cxotel.bridge.cli.Seams;
import dev.cxotel.bridge.config.load.ConfigLoader;
import dev.cxotel.bridge.signal.Signal;
import dev.cxotel.bridge.testing.FakeCollector;
import dev.cxotel.bridge.testing.Leaks;
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
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Records full of marked secrets go in over HTTP; with the default settings no mark comes out again, whichever way
 * something leaves: OTLP, the bridge's own log, answers, metrics, health, admin listings, the command line.
 */
@SuppressWarnings("try") // a running bridge that only has to be closed
class PrivacyIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Every secret holds one of these. */
    private static final List<String> MARKS =
            List.of("zebediah", "markwort", "8015550", "801 555", "801-555", "s3cr3t", "eyjmark");

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level before = root.getLevel();
    private final ListAppender<ILoggingEvent> ownLog = new ListAppender<>();
    private final List<String> left = new ArrayList<>();
    private FakeCollector collector;

    @BeforeEach
    void start() throws Exception {
        collector = FakeCollector.start();
        root.setLevel(Level.INFO);
        ownLog.start();
        root.addAppender(ownLog);
    }

    @AfterEach
    void stop() {
        root.detachAppender(ownLog);
        root.setLevel(before);
        collector.close();
        client.close();
    }

    @Test
    void markedSecrets_neverLeaveByDefault() throws Exception {
        TestBridge test = TestBridge.in(directory, TestBridge.destination("sink", collector.url()));
        Path config = test.write();
        try (Bridge bridge =
                Bridge.start(new ConfigLoader(Map.of()).load(config).config())) {
            post(test.voice(), voice());
            post(test.scripts(), scripts());
            post(test.voice(), "{\"nobody\":\"knows Zebediah s3cr3t-unknown\"}");
            post(test.voice(), "not JSON, says Zebediah s3cr3t-refused +18015550198");
            post(test.scripts(), "{\"metadata\":\"[{\\\"busNo\\\" Zebediah s3cr3t-metadata\"}");
            post(URI.create(test.voice() + "?token=s3cr3t-query"), "");
            await().atMost(PATIENCE).until(() -> collector.spans().size() == 2);
            await().atMost(PATIENCE).until(() -> collector.logs().size() == 2);
            await().atMost(PATIENCE).until(() -> collector.metrics().stream()
                    .map(metric -> metric.getName())
                    .toList()
                    .containsAll(List.of("cxone.voice.mos", "cxone.script.api.duration")));
            get(test.healthPort(), "/metrics");
            get(test.healthPort(), "/health/ready");
            for (String call : List.of("ledger", "status", "quarantine?limit=100")) {
                get(test.adminPort(), "/api/v1/" + call);
            }
            assertThat(left.getLast())
                    .as("the unreadable parts are listed")
                    .contains("unknown_type", "unreadable_time");
            commands(config);
        }
        for (Signal signal : Signal.values()) {
            collector
                    .requests(signal)
                    .forEach(request ->
                            left.add(request.path() + request.headers() + new String(request.body(), UTF_8)));
        }
        ownLog.list.forEach(line -> left.add(line.getFormattedMessage()
                + (line.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(line.getThrowableProxy()))));

        assertThat(left).hasSizeGreaterThan(20);
        assertThat(String.join("\n", left))
                .as("what was to be seen is seen")
                .contains("call leg", "cxone.call.from", "sub_webservice", "cxone.api.response.message", "Novelty");
        Leaks leaks = new Leaks(MARKS);
        left.forEach(text -> leaks.search("output", text));
        assertThat(leaks.found()).isEmpty();
    }

    private static String voice() {
        return """
                {"ContactId":8675309,"DataSource":"SBC EXMS","MasterContactId":86753099,"BusinessUnit":1337,"SkillId":4,
                "SkillName":"Reports","AgentId":1174,"Agent":"Zebediah Markwort","StartDateTime":"2026-03-26T13:57:41.727Z",
                "EndDateTime":"2026-03-26T13:57:47.009Z","From":"+18015550101","To":"sip:zebediah@8015550102.example",
                "Disposition":"call back zebediah@s3cr3t.example or (801) 555-0103","AvgMos":4.31,
                "spearlineAnalysis":{"mail":"zebediah@s3cr3t.example","token":"s3cr3t-analysis","phone":"+1 801 555 0104",
                "note":["call 801-555-0105, password=s3cr3t-note"]},
                "CustomerName":"Zebediah Markwort","Novelty":"zebediah@s3cr3t.example",
                "zebediah@s3cr3t.example":"an unknown field whose name is a secret","18015550106":1}""";
    }

    private static String scripts() {
        String now = DateTimeFormatter.ofPattern("M/d/yyyy h:mm:ss a", Locale.US)
                .withZone(ZoneOffset.UTC)
                .format(Instant.now());
        return """
                {"source":"NICE","event":"SCRIPT_API_MONITORING ","timestamp":"Zebediah s3cr3t-timestamp","metadata":[
                {"busNo":"1337","messageId":"m1","contactId":"7","scriptName":"sub_webservice","actionName":"Snippet",
                "dateTime":"%s","apiEndpoint":"https://zebediah:s3cr3t-password@api.example/p?ssn=s3cr3t-ssn&s3cr3t-bare#s3cr3t-end",
                "apiResponseCode":"token=s3cr3t-code","responseTime":"1.5",
                "apiResponseMessage":"no account for zebediah@s3cr3t.example, +1 801 555 0107; api_key: s3cr3t-key; \
                Authorization: Bearer s3cr3t.Token1234567890; eyJmark15abcdef.eyJmark15.sig","customer":"Zebediah s3cr3t"},
                {"busNo":"1337","messageId":"m2","scriptName":"sub_webservice","actionName":"Snippet",
                "dateTime":"Zebediah's s3cr3t-time 8015550108"}]}""".formatted(now);
    }

    private void post(URI url, String body) throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(url)
                        .header("Authorization", "Bearer s3cr3t-header")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        left.add(answer.headers().map() + answer.body());
    }

    private void get(int port, String path) throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        left.add(answer.body());
    }

    /** What commands print, while the bridge runs. */
    private void commands(Path config) throws Exception {
        Path voice = Files.writeString(directory.resolve("voice.json"), voice());
        Path scripts = Files.writeString(directory.resolve("scripts.json"), scripts());
        execute("ledger", "--config", config.toString());
        execute("ledger", "--json", "--config", config.toString());
        execute("translate", "--file", voice.toString(), "--config", config.toString());
        execute("translate", "--file", scripts.toString(), "--config", config.toString());
        execute("validate", "--print", "--config", config.toString());
    }

    private void execute(String... arguments) {
        StringWriter printed = new StringWriter();
        PrintWriter writer = new PrintWriter(printed, true);
        Seams seams = new Seams(
                Map.of(),
                started -> {
                    throw new AssertionError("nothing is started");
                },
                new JournalBooks(InstantSource.system()),
                logging -> {},
                stop -> {});
        assertThat(Cxotel.execute(seams, writer, writer, arguments))
                .as(printed.toString())
                .isZero();
        left.add(printed.toString());
    }
}
