package dev.cxotel.bridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.cxotel.bridge.config.BridgeConfig;
import dev.cxotel.bridge.journal.Ledger;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class DemoTest {

    private final StringWriter out = new StringWriter();

    @Test
    void run_bridgeThatLosesEverything_isFoundOut() throws Exception {
        List<Path> journals = new ArrayList<>();
        Demo demo = new Demo(
                config -> {
                    journals.add(config.journal().directory());
                    Files.writeString(config.journal().directory().resolve("journal.db"), "x");
                    return new Sieve(config);
                },
                new PrintWriter(out),
                InstantSource.system());

        boolean agrees = demo.run(new Demo.Wish(Optional.of(Duration.ofSeconds(1)), 100, 1), () -> false);

        assertThat(agrees).as(out.toString()).isFalse();
        assertThat(out.toString())
                .contains("webhooks acknowledged")
                .contains("spans: call legs")
                .contains("metrics: MOS, sum")
                .contains("numbers differ");
        assertThat(journals).singleElement().satisfies(journal -> assertThat(journal)
                .doesNotExist());
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
        public void close() {
            server.stop(0);
        }
    }
}
