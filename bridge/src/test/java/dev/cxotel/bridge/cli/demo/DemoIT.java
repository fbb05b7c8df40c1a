package dev.cxotel.bridge.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.cxotel.bridge.config.BridgeConfig;
import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.preview.PreviewStore;
import dev.cxotel.bridge.preview.Readings;
import dev.cxotel.bridge.simulator.ContactCentre.Habits;
import dev.cxotel.bridge.simulator.Tally;
import dev.cxotel.bridge.testing.Ports;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DemoIT {

    /** With it the third webhook tells of a call that was refused with 503, however few a slow machine posts. */
    private static final long SEED = 394;

    private final StringWriter out = new StringWriter();

    /** Ports that nobody else posts to. */
    private static DemoPlan onFreePorts() throws Exception {
        return new DemoPlan(Ports.free(), Ports.free(), Ports.free());
    }

    @Test
    void run_bridgeThatLosesEverything_isFoundOut() throws Exception {
        List<Path> journals = new ArrayList<>();
        Demo demo = new Demo(
                onFreePorts(),
                config -> {
                    journals.add(config.journal().directory());
                    Files.writeString(config.journal().directory().resolve("journal.db"), "x");
                    return new Sieve(config);
                },
                new PrintWriter(out),
                InstantSource.system());

        boolean agrees =
                demo.run(new Demo.Wish(Optional.of(Duration.ofSeconds(1)), 100, false, Habits.USUAL, 1), () -> false);

        assertThat(agrees).as(out.toString()).isFalse();
        assertThat(out.toString())
                .contains("webhooks acknowledged")
                .contains("spans: call legs")
                .contains("metrics: MOS, sum")
                .contains("numbers differ");
        assertThat(journals).singleElement().satisfies(journal -> assertThat(journal)
                .doesNotExist());
    }

    @Test
    void run_realBridgeAndAwkwardBodies_bothEndsAgree() throws Exception {
        Habits awkward = new Habits(0.1, 0.1, 0.5, 0.2, Duration.ofSeconds(1), ZoneId.of("UTC"));
        Demo demo = new Demo(onFreePorts(), DemoCommand::start, new PrintWriter(out), InstantSource.system());

        boolean agrees =
                demo.run(new Demo.Wish(Optional.of(Duration.ofSeconds(4)), 80, false, awkward, SEED), () -> false);

        assertThat(agrees).as(out.toString()).isTrue();
        assertThat(out.toString())
                .contains("numbers agree")
                .contains("preview/traces")
                .contains("sip_503");
    }

    @Test
    void run_stopped_endsWithTheSummary() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Demo demo = new Demo(onFreePorts(), DemoCommand::start, new PrintWriter(out), InstantSource.system());

        boolean agrees = demo.run(
                new Demo.Wish(Optional.empty(), 50, false, Habits.USUAL, 1), () -> asked.incrementAndGet() > 60);

        assertThat(agrees).as(out.toString()).isTrue();
        assertThat(out.toString()).contains("until Ctrl-C").contains("Sent and decoded, compared");
    }

    @Test
    void comparison_webhooksOfSomebodyElse_areNamed() {
        PreviewStore store = new PreviewStore(InstantSource.system(), 1_000_000);
        Ledger ledger = new Ledger(
                List.of(new Ledger.SubscriptionLine("voice", 3, 3, 0, Map.of(), 3, 3, 0, 0, 0, 0)), List.of());

        DemoComparison comparison = DemoComparison.of(new Tally().books(), store.totals(), Readings.of(store), ledger);

        assertThat(comparison.foreign()).isEqualTo(3);
        assertThat(comparison.differences())
                .extracting(DemoComparison.Check::what)
                .contains("ledger: webhooks accepted", "ledger: events appended")
                .doesNotContain("ledger: difference");
    }

    @Test
    void command_nonsense_isUsage() {
        assertThat(new CommandLine(new DemoCommand())
                        .setErr(new PrintWriter(out))
                        .execute("--seconds", "0"))
                .isEqualTo(2);
    }

    /** Says yes to everything and keeps nothing. */
    private static final class Sieve implements DemoBridge {
        private final HttpServer server;

        Sieve(BridgeConfig config) throws Exception {
            server = HttpServer.create(
                    new InetSocketAddress(
                            config.receiver().host(), config.receiver().port()),
                    0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", exchange -> {
                try (exchange) {
                    exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(200, -1);
                }
            });
            server.start();
        }

        @Override
        public Ledger ledger() {
            return new Ledger(List.of(), List.of());
        }

        @Override
        public long openContacts() {
            return 0;
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
