package dev.cxotel.bridge.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cxotel.bridge.testing.BridgeProcess;
import dev.cxotel.bridge.testing.NumberedCalls;
import dev.cxotel.bridge.testing.Ports;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a real Prometheus makes of a quiet series: it is born with a value, and begins anew with every start of the bridge,
 * yet {@code increase()} counts every call.
 */
class PrometheusIncreaseIT {

    private static final String COUNT = "sum(increase(cxone_script_api_duration_seconds_count[10m]))";

    @TempDir
    Path directory;

    @Test
    void increase_ofASeriesBornWithThree_andFiveMoreAfterARestart_isThreeThenEight() throws Exception {
        Optional<Path> program = Peer.binary("PROMETHEUS");
        assumeTrue(program.isPresent(), "skipped, because $PROMETHEUS names no program; .ci/build-peers builds it");
        int receiver = Ports.free();
        int health = Ports.free();
        Path config = directory.resolve("cxotel.yaml");
        Path log = directory.resolve("bridge.log");
        URI scripts = URI.create("http://127.0.0.1:" + receiver + "/v1/script-api");
        try (NumberedCalls calls = new NumberedCalls(scripts);
                Prometheus prometheus = Prometheus.start(program.get(), directory.resolve("prometheus"))) {
            Files.writeString(config, """
                    cxotel: 1
                    receiver: { host: 127.0.0.1, port: %d }
                    health: { host: 127.0.0.1, port: %d }
                    admin: { host: 127.0.0.1, port: %d }
                    journal: { directory: "%s" }
                    destinations:
                      - { preset: prometheus, endpoint: "%s", metric_interval: 1s }
                    """.formatted(
                            receiver, health, Ports.free(), directory.resolve("journal"), prometheus.endpoint()));
            try (BridgeProcess bridge = BridgeProcess.run(config, health, log, List.of(), Map.of())) {
                post(calls, 3);
                awaitIncrease(prometheus, 3);
                bridge.kill();
            }
            try (BridgeProcess bridge = BridgeProcess.run(config, health, log, List.of(), Map.of())) {
                post(calls, 5);
                awaitIncrease(prometheus, 8);
                assertThat(bridge.stop()).isZero();
            }
        }
    }

    private static void post(NumberedCalls calls, int count) {
        int before = calls.acknowledged();
        calls.postNew(count);
        assertThat(calls.acknowledged() - before).isEqualTo(count);
    }

    /** Prometheus extrapolates to the edges of the range; half a call is the most that this adds here. */
    private static void awaitIncrease(Prometheus prometheus, int expected) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(
                        () -> assertThat(prometheus.number(COUNT, Instant.now()).orElse(0))
                                .isCloseTo(expected, within(0.5)));
    }
}
