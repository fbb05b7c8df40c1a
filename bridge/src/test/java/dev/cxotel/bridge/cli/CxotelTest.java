package dev.cxotel.bridge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cxotel.bridge.config.BridgeConfig;
import dev.cxotel.bridge.config.ConfigException;
import dev.cxotel.bridge.config.LoggingConfig;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.journal.Outcomes;
import dev.cxotel.bridge.journal.PipelineId;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CxotelTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<Seams.Stop> stops = new CopyOnWriteArrayList<>();
    private final List<LoggingConfig> logging = new CopyOnWriteArrayList<>();
    private final List<BridgeConfig> started = new CopyOnWriteArrayList<>();
    private final List<BridgeConfig> closed = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    @Test
    void noCommand_isUsage() {
        assertThat(execute()).isEqualTo(2);
        assertThat(err.toString()).contains("a command is missing", "Usage: cxotel");
    }

    @Test
    void mistypedCommand_isUsageWithASuggestion() {
        assertThat(execute("validat")).isEqualTo(2);
        assertThat(err.toString()).contains("Did you mean").contains("validate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "validate", "ledger", "trace-id", "version"})
    void help_ofEachCommand_saysItsUsage(String command) {
        assertThat(execute(command, "--help")).isZero();
        assertThat(out.toString()).contains("Usage: cxotel " + command);
    }

    @Test
    void traceId_ofAContact_isTheDocumentedHashUnderTheAlias() throws IOException {
        Path config = file("cxotel: 1\nmapping: { business_units: { \"4600000\": \"1337\" } }");
        assertThat(execute(
                        "trace-id",
                        "--config",
                        config.toString(),
                        "--business-unit",
                        "4600000",
                        "--contact",
                        "86753099"))
                .isZero();
        // printf 'cxotel/1|trace|1337|86753099' | sha256sum | cut -c1-32
        assertThat(out.toString()).isEqualTo("ae07b726903fdf2892fc6ed508002d32\n");
    }

    @Test
    void traceId_withPresetsThatKnowALink_printsIt() throws IOException {
        Path config = file("""
                cxotel: 1
                destinations:
                  - { preset: jaeger }
                  - { preset: prometheus }
                  - { name: own, preset: collector, trace_link: "https://traces.example.com/{trace_id}?a" }
                """);
        assertThat(execute("trace-id", "--config", config.toString(), "-b", "1337", "-C", "86753099"))
                .isZero();
        String id = "ae07b726903fdf2892fc6ed508002d32";
        assertThat(out.toString().lines())
                .containsExactly(
                        id,
                        "jaeger: http://localhost:16686/trace/" + id,
                        "own: https://traces.example.com/" + id + "?a");
        assertThat(execute("trace-id", "--config", config.toString(), "-b", "1", "-C", "5", "-d", "prometheus"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("the preset of prometheus knows no link");
    }

    @Test
    void traceId_ofNoContactOrForAnUnknownDestination_isUsage() {
        assertThat(execute("trace-id", "-b", "1", "-C", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("names no contact");
        assertThat(execute("trace-id", "-b", "1", "-C", "5", "-d", "nobody")).isEqualTo(2);
        assertThat(err.toString()).contains("no destination \"nobody\"");
    }

    @Test
    void unknownOption_isUsage() {
        assertThat(execute("run", "--confg", "x")).isEqualTo(2);
        assertThat(err.toString()).contains("--confg");
    }

    @Test
    void version_saysBothVersions() {
        assertThat(execute("version")).isZero();
        assertThat(out.toString()).startsWith("cxotel ").contains("Java " + Runtime.version());
    }

    @Test
    void validate_good_isZero() throws IOException {
        assertThat(execute("validate", "--config", file("cxotel: 1").toString()))
                .isZero();
        assertThat(out.toString()).contains("is good");
        assertThat(err.toString()).contains("warning: no destination is named");
    }

    @Test
    void validate_bad_saysEveryProblemWithItsPlace() throws IOException {
        Path file = file("cxotel: 1\nreceiver: { prot: 1 }\nextra: 1\n");
        assertThat(execute("validate", "--config", file.toString())).isEqualTo(78);
        assertThat(err.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith(file + ":2:13: receiver.prot: unknown key"),
                        line -> assertThat(line).startsWith(file + ":3:1: extra: unknown key"));
    }

    @Test
    void validate_print_masksSecrets() throws IOException {
        Path file = file("cxotel: 1\ndestinations: [ { headers: { x-key: hush } } ]\n");
        assertThat(execute("validate", "--print", "--config", file.toString())).isZero();
        assertThat(out.toString())
                .startsWith("cxotel: 1\n")
                .contains("x-key: '***'")
                .doesNotContain("hush");
    }

    @Test
    void validate_controlCharacters_areEscaped() throws IOException {
        Path file = file("cxotel: 1\n\"\\e[2J\\u202e\": 1\n");
        assertThat(execute("validate", "--config", file.toString())).isEqualTo(78);
        assertThat(err.toString()).contains("\\u001b[2J\\u202e").doesNotContain("\u001b");
    }

    @Test
    void run_untilStopped_closesTheBridge() throws Exception {
        Path file = file("cxotel: 1\nhealth: { port: 0 }\nlogging: { level: error }");
        FutureTask<Integer> run = new FutureTask<>(() -> execute("run", "--config", file.toString()));
        Thread.ofVirtual().start(run);
        await().until(() -> stops.size() == 1);
        assertThat(started)
                .singleElement()
                .extracting(config -> config.health().port())
                .isEqualTo(0);
        assertThat(logging).extracting(LoggingConfig::level).containsExactly(LoggingConfig.Level.ERROR);
        assertThat(run).isNotDone();
        assertThat(closed).isEmpty();
        stops.getFirst().stop();
        assertThat(run.get()).isZero();
        assertThat(closed).isEqualTo(started);
    }

    @Test
    void run_withoutFile_takesTheEnvironment() {
        assertThat(execute(
                        seams(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://a:4318"), config -> {
                            throw new JournalException("the journal is open elsewhere");
                        }),
                        "run"))
                .isEqualTo(1);
        assertThat(err.toString()).isEqualTo("cxotel: the journal is open elsewhere\n");
    }

    @Test
    void run_badEnvironment_is78() {
        assertThat(execute(seams(Map.of("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json"), config -> () -> {}), "run"))
                .isEqualTo(78);
        assertThat(err.toString()).startsWith("OTEL_EXPORTER_OTLP_PROTOCOL: \"http/json\" is none of");
    }

    @Test
    void run_configurationRefusedAtStart_is78() {
        assertThat(execute(
                        seams(Map.of(), config -> {
                            throw new ConfigException(
                                    List.of(new ConfigException.Problem("", 0, 0, "destinations[0].ca", "no PEM")));
                        }),
                        "run"))
                .isEqualTo(78);
        assertThat(err.toString()).isEqualTo("destinations[0].ca: no PEM\n");
    }

    @Test
    void validate_certificateThatCannotBeUsed_hasItsPlace() throws IOException {
        Path certificate = Files.writeString(folder.resolve("server.pem"), "-----BEGIN CERTIFICATE-----\nMII\n");
        Path key = Files.writeString(folder.resolve("server.key"), "-----BEGIN PRIVATE KEY-----\nMII\n");
        Path config = file("cxotel: 1\nreceiver:\n  tls: { certificate: \"%s\", private_key: \"%s\" }\n"
                .formatted(certificate, key));
        assertThat(execute("validate", "--config", config.toString())).isEqualTo(78);
        assertThat(err.toString()).contains(config + ":3:23: receiver.tls.certificate: " + certificate);
    }

    @Test
    void ledger_closes_isAnAlignedTable() {
        assertThat(execute(ledger(0), "ledger")).isZero();
        assertThat(out.toString()).isEqualTo("""
                DELIVERIES  RECEIVED  ACCEPTED  EMPTY  REFUSED  DIFFERENCE  REFUSED FOR
                voice           1200      1190      1        9           0  body_too_large 4, signature 5

                EVENTS  DECODED  APPENDED  DUPLICATE  UNREADABLE  DIFFERENCE  OF APPENDED
                voice      1500      1400         90          10           0  revised 3, similar 2

                PIPELINES      OFFERED  ENDED  WAITING  DIFFERENCE  ENDED AS
                otlp\\u001b/traces     1400   1392        8           0  exported 1390, skipped:late 2

                The books close.
                """.replace("PIPELINES      ", "PIPELINES          "));
    }

    @Test
    void ledger_doesNotClose_isOne() {
        assertThat(execute(ledger(5), "ledger")).isEqualTo(1);
        assertThat(out.toString()).contains("THE BOOKS DO NOT CLOSE: the differences sum up to 5.");
    }

    @Test
    void ledger_json_hasTheDifference() {
        assertThat(execute(ledger(5), "ledger", "--json")).isEqualTo(1);
        assertThat(out.toString()).contains("\"difference\" : 5", "\"skipped:late\" : 2", "\"body_too_large\" : 4");
    }

    private int execute(String... arguments) {
        return execute(
                seams(Map.of(), config -> {
                    started.add(config);
                    return () -> closed.add(config);
                }),
                arguments);
    }

    private int execute(Seams seams, String... arguments) {
        return Cxotel.execute(seams, new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    private Seams seams(Map<String, String> environment, Seams.Starter starter) {
        return new Seams(
                environment,
                starter,
                config -> {
                    throw new IOException("no books here");
                },
                logging::add,
                stops::add);
    }

    private Seams ledger(long missing) {
        Ledger ledger = new Ledger(
                List.of(new Ledger.SubscriptionLine(
                        "voice",
                        1200,
                        1190,
                        1,
                        Map.of("signature", 5L, "body_too_large", 4L),
                        1500,
                        1400,
                        90,
                        10,
                        3,
                        2)),
                List.of(new Ledger.PipelineLine(
                        new PipelineId("otlp\u001b", "traces"),
                        1400 + missing,
                        Outcomes.of(Outcome.EXPORTED, 1390).plus(Outcome.SKIPPED, "late", 2),
                        8)));
        return new Seams(Map.of(), config -> () -> {}, config -> ledger, logging::add, stops::add);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("cxotel.yaml"), text);
    }
}
