package dev.cxotel.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cxotel.bridge.config.BridgeConfig;
import dev.cxotel.bridge.config.DestinationConfig;
import dev.cxotel.bridge.config.DestinationConfig.Style.LateLogs;
import dev.cxotel.bridge.config.load.ConfigLoader;
import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.journal.Outcomes;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.testing.DestinationBuilder;
import dev.cxotel.bridge.testing.FakeCollector;
import dev.cxotel.bridge.testing.FakeGrpcCollector;
import dev.cxotel.bridge.testing.TestBridge;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A record of months ago, a backend that takes nothing older than an hour, and one over gRPC that takes anything. */
class LateDataIT {
    private static final String VOICE = """
            {"ContactId":8675309,"MasterContactId":8675309,"DataSource":"SBC EXMS","BusinessUnit":1337,"AvgMos":4.31,\
            "StartDateTime":"2026-03-26T13:57:41.727Z","EndDateTime":"2026-03-26T13:57:47.009Z","From":"1","To":"2"}""";

    @TempDir
    Path directory;

    @Test
    void lateRecord_reachesEachDestinationAsItCanTakeIt() throws Exception {
        try (FakeCollector hasty = FakeCollector.start();
                FakeGrpcCollector patient = FakeGrpcCollector.start();
                HttpClient client = HttpClient.newHttpClient()) {
            TestBridge test = TestBridge.in(directory);
            Duration hour = Duration.ofHours(1);
            BridgeConfig config = config(
                    test,
                    new DestinationBuilder("hasty", hasty.url())
                            .maxSpanAge(hour)
                            .maxLogAge(hour, LateLogs.RESTAMP)
                            .build(),
                    new DestinationBuilder("patient", patient.url()).grpc().build());
            try (Bridge bridge = Bridge.start(config)) {
                client.send(
                        HttpRequest.newBuilder(test.voice())
                                .POST(HttpRequest.BodyPublishers.ofString(VOICE))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
                await().untilAsserted(() -> assertThat(hasty.logs())
                        .extracting(LogRecord::getEventName)
                        .containsExactlyInAnyOrder("cxone.voice.quality", "cxone.span.late"));
                await().untilAsserted(() -> assertThat(patient.logs()).hasSize(1));
                await().untilAsserted(() -> assertThat(patient.spans()).hasSize(1));
                await().untilAsserted(() -> assertThat(outcomes(bridge, "patient", "metrics"))
                        .isEqualTo(Outcomes.NONE.plus(Outcome.SKIPPED, "no_metrics", 1)));
                await().untilAsserted(() -> assertThat(outcomes(bridge, "hasty", "traces"))
                        .isEqualTo(Outcomes.NONE
                                .plus(Outcome.SKIPPED, "late_span", 1)
                                .plus(Outcome.SKIPPED, "no_traces", 1)));
                assertThat(outcomes(bridge, "hasty", "logs"))
                        .isEqualTo(Outcomes.NONE.plus(Outcome.EXPORTED, "restamped", 2));
                assertThat(bridge.journal().ledger().difference()).isZero();
            }
            assertThat(hasty.spans()).isEmpty();
            assertThat(patient.metrics()).isEmpty();
            LogRecord late = hasty.logs().stream()
                    .filter(log -> log.getEventName().equals("cxone.span.late"))
                    .findFirst()
                    .orElseThrow();
            assertThat(late.getTraceId()).isEqualTo(patient.spans().getFirst().getTraceId());
            assertThat(late.getSpanId()).isEqualTo(patient.spans().getFirst().getSpanId());
            assertThat(late.getAttributesList())
                    .extracting(KeyValue::getKey)
                    .contains("cxone.span.name", "cxone.span.duration", "cxone.span.parent_id", "cxone.voice.mos");
            assertThat(hasty.logs())
                    .allSatisfy(log -> assertThat(log.getAttributesList()).anySatisfy(one -> {
                        assertThat(one.getKey()).isEqualTo("cxone.original_time");
                        assertThat(one.getValue().getStringValue()).isEqualTo("2026-03-26T13:57:47.009Z");
                    }));
        }
    }

    private static Outcomes outcomes(Bridge bridge, String destination, String signal) throws Exception {
        return bridge.journal().ledger().pipelines().stream()
                .filter(line -> line.id().equals(new PipelineId(destination, signal)))
                .map(Ledger.PipelineLine::outcomes)
                .findFirst()
                .orElseThrow();
    }

    private static BridgeConfig config(TestBridge test, DestinationConfig... destinations) throws Exception {
        Path file = test.write();
        Files.writeString(file, "mapping: { late: { metrics: exclude } }\n", StandardOpenOption.APPEND);
        BridgeConfig read = new ConfigLoader(java.util.Map.of()).load(file).config();
        return new BridgeConfig(
                read.resource(),
                read.receiver(),
                read.journal(),
                read.mapping(),
                List.of(destinations),
                read.health(),
                read.admin(),
                read.logging(),
                read.serviceName());
    }
}
