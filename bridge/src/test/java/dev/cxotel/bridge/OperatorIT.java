package dev.cxotel.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cxotel.bridge.cli.Cxotel;
import dev.cxotel.bridge.cli.Seams;
import dev.cxotel.bridge.config.load.ConfigLoader;
import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.testing.FakeCollector;
import dev.cxotel.bridge.testing.NumberedCalls;
import dev.cxotel.bridge.testing.TestBridge;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator's commands on a real journal: beside the running bridge and without one, audited both times. */
class OperatorIT {

    @TempDir
    Path directory;

    private String said = "";

    private int execute(Path config, String... arguments) {
        Seams seams = new Seams(
                Map.of(),
                Bridge::start,
                ignored -> new Ledger(java.util.List.of(), java.util.List.of()),
                new Operator(InstantSource.system()),
                logging -> {},
                stop -> {});
        StringWriter out = new StringWriter();
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--config";
        all[arguments.length + 1] = config.toString();
        int code = Cxotel.execute(seams, new PrintWriter(out), new PrintWriter(out), all);
        said = out.toString();
        return code;
    }

    private static int post(URI to, String body) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(to)
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    @Test
    void commands_besideTheBridgeAndWithoutIt_doTheSameAndAreAudited() throws Exception {
        try (FakeCollector sink = FakeCollector.start()) {
            TestBridge test = TestBridge.in(directory, TestBridge.destination("sink", sink.url()));
            Path config = test.write();
            try (Bridge bridge =
                            Bridge.start(new ConfigLoader(Map.of()).load(config).config());
                    NumberedCalls calls = new NumberedCalls(test.scripts())) {
                NumberedCalls.Load load = calls.start(1);
                await().until(() -> calls.acknowledged() >= 5);
                load.close();
                int count = calls.acknowledged();
                await().until(() -> sink.spanIds().size() == count);
                assertThat(post(test.scripts(), "{\"x\u009b2J\":\"call +1 303 555 0100\"}"))
                        .isEqualTo(200);
                assertThat(post(test.scripts(), "<soap/>")).isEqualTo(400);

                assertThat(execute(config, "quarantine", "list")).isZero();
                assertThat(said).contains("unreadable").contains("refused").contains("unknown_type");
                assertThat(execute(config, "quarantine", "show", "1")).isZero();
                assertThat(said).contains("[unknown field]").doesNotContain("\u009b", "303 555 0100");
                assertThat(execute(config, "quarantine", "show", "1", "--raw")).isZero();
                assertThat(said).contains("\\u009b", "303 555 0100").doesNotContain("\u009b");
                assertThat(execute(config, "quarantine", "replay")).isEqualTo(2);
                assertThat(execute(config, "quarantine", "replay", "--all")).isEqualTo(1);
                assertThat(said).contains("not_json").contains("0 of 2 entries");
                assertThat(execute(config, "quarantine", "drop", "2")).isZero();
                assertThat(said).contains("1 entries were dropped");

                int spans = sink.spans().size();
                assertThat(replay(config, "--destination", "nobody")).isEqualTo(1);
                assertThat(said).contains("no pipeline of these signals to nobody");
                assertThat(replay(config, "--destination", "sink")).isZero();
                assertThat(said).contains("sink/traces, " + count + " events").contains("sink/logs");
                await().untilAsserted(() -> assertThat(sink.spans()).hasSize(spans + count));
                assertThat(sink.spanIds()).hasSize(count);

                assertThat(execute(config, "journal", "check")).isZero();
                assertThat(said).contains("The journal is sound");
                Path copy = directory.resolve("copy.db");
                assertThat(execute(config, "journal", "backup", "--to", copy.toString()))
                        .isZero();
                assertThat(copy).isNotEmptyFile();
                assertThat(execute(config, "journal", "salvage")).isEqualTo(1);
                assertThat(said).contains("already open");
                assertThat(bridge.journal().ledger().difference()).isZero();
            }
            int sent = sink.spans().size();
            assertThat(execute(config, "quarantine", "list", "--json")).isZero();
            assertThat(said).contains("\"kind\" : \"unreadable\"");
            assertThat(execute(config, "quarantine", "drop", "--all")).isZero();
            assertThat(replay(config, "--all-destinations")).isZero();
            assertThat(said).contains("the next 'cxotel run' sends them");
            assertThat(execute(config, "journal", "check")).isZero();
            assertThat(execute(config, "journal", "salvage")).isZero();
            assertThat(said).contains("events saved");
            try (Bridge bridge =
                    Bridge.start(new ConfigLoader(Map.of()).load(config).config())) {
                await().untilAsserted(() -> assertThat(sink.spans()).hasSizeGreaterThan(sent));
                await().untilAsserted(() -> assertThat(bridge.journal().ledger().pipelines())
                        .allSatisfy(line -> assertThat(line.waiting()).isZero()));
                assertThat(bridge.journal().ledger().difference()).isZero();
            }
            assertThat(Files.readString(directory.resolve("data/audit.log")))
                    .contains("quarantine/drop")
                    .contains("\"call\":\"POST /api/v1/replay\"")
                    .contains("\"remote\":\"command line of ")
                    .contains("\"remote\":\"127.0.0.1\"")
                    .contains("\"outcome\":\"done\"");
        }
    }

    private int replay(Path config, String... where) {
        String[] all = {"replay", "--from", "2020-01-01T00:00:00Z", "--to", "2040-01-01T00:00:00Z", where[0], "", "", ""
        };
        int length = 6;
        if (where.length > 1) {
            all[length++] = where[1];
        }
        return execute(config, java.util.Arrays.copyOf(all, length));
    }
}
