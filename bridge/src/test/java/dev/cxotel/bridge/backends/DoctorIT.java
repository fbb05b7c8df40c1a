package dev.cxotel.bridge.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cxotel.bridge.config.DestinationConfig;
import dev.cxotel.bridge.config.load.ConfigLoader;
import dev.cxotel.bridge.doctor.Doctor;
import dev.cxotel.bridge.doctor.Examination;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cxotel doctor} before real backends, each by its preset. */
class DoctorIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void collector_takesAllThreeSignalsOverBothProtocols() throws Exception {
        try (OtelCollector collector = OtelCollector.start(program("OTELCOL"), directory)) {
            assertAccepted(examine("preset: collector, endpoint: \"" + collector.http() + "\""), 3);
            assertAccepted(examine("preset: collector, protocol: grpc, endpoint: \"" + collector.grpc() + "\""), 3);
            Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
                List<String> received = new ArrayList<>();
                for (JsonNode request : collector.received()) {
                    request.fieldNames().forEachRemaining(received::add);
                    assertThat(request.toString()).contains("cxotel-doctor").contains("cxotel.test");
                }
                assertThat(received)
                        .containsExactlyInAnyOrder(
                                "resourceSpans",
                                "resourceSpans",
                                "resourceMetrics",
                                "resourceMetrics",
                                "resourceLogs",
                                "resourceLogs");
            });
            assertAdvice(
                    examine("preset: collector, protocol: grpc, endpoint: \"" + collector.http() + "\""),
                    "`protocol: http/protobuf`");
        }
    }

    @Test
    void prometheus_takesTheMetric() throws Exception {
        try (Prometheus prometheus = Prometheus.start(program("PROMETHEUS"), directory)) {
            assertAccepted(examine("preset: prometheus, endpoint: \"" + prometheus.endpoint() + "\""), 1);
            Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(prometheus
                            .number("cxotel_doctor_tests_total", Instant.now())
                            .orElse(0))
                    .isEqualTo(1));
            assertAdvice(
                    examine("preset: prometheus, endpoint: \""
                            + prometheus.endpoint().resolve("/otlp") + "\""),
                    "Nothing takes OTLP at /otlp/v1/metrics");
        }
    }

    @Test
    void jaeger_takesTheSpanOverBothProtocols_andNothingElse() throws Exception {
        try (Jaeger jaeger = Jaeger.start(program("JAEGER"), directory)) {
            assertAccepted(examine("preset: jaeger, endpoint: \"" + jaeger.http() + "\""), 1);
            assertAccepted(examine("preset: jaeger, protocol: grpc, endpoint: \"" + jaeger.grpc() + "\""), 1);
            Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(jaeger.traces("cxotel-doctor", 10))
                    .hasSize(2));
            assertAdvice(
                    examine("preset: collector, signals: [logs], endpoint: \"" + jaeger.http() + "\""),
                    "leave it out of `signals`");
            assertAdvice(
                    examine("preset: collector, signals: [logs], protocol: grpc, endpoint: \"" + jaeger.grpc() + "\""),
                    "leave logs out of `signals`");
        }
    }

    private static Path program(String variable) {
        Optional<Path> program = Peer.binary(variable);
        assumeTrue(
                program.isPresent(), "skipped, because $" + variable + " names no program; .ci/build-peers builds it");
        return program.orElseThrow();
    }

    private List<Examination> examine(String destination) throws Exception {
        Path file = Files.writeString(
                directory.resolve("cxotel.yaml"), "cxotel: 1\ndestinations: [ { " + destination + " } ]\n");
        DestinationConfig config =
                new ConfigLoader(Map.of()).load(file).config().destinations().getFirst();
        return new Doctor("cxotel/test", InstantSource.system(), new Random(), preset -> Map.of()).examine(config);
    }

    private static void assertAccepted(List<Examination> examinations, int signals) {
        assertThat(examinations).hasSize(signals).allSatisfy(one -> {
            assertThat(one.isAccepted()).as("%s", one).isTrue();
            assertThat(one.advice()).isEmpty();
        });
    }

    private static void assertAdvice(List<Examination> examinations, String words) {
        assertThat(examinations).isNotEmpty().allSatisfy(one -> {
            assertThat(one.isAccepted()).isFalse();
            assertThat(String.join("\n", one.advice())).as("%s", one).contains(words);
        });
    }
}
