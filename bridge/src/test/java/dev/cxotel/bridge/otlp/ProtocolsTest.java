package dev.cxotel.bridge.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cxotel.bridge.config.ConfigException;
import dev.cxotel.bridge.config.DestinationConfig.Protocol;
import dev.cxotel.bridge.otlp.answer.ExportResult;
import dev.cxotel.bridge.signal.Signal;
import dev.cxotel.bridge.testing.DestinationBuilder;
import dev.cxotel.bridge.testing.FakeCollector;
import dev.cxotel.bridge.testing.FakeGrpcCollector;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableGaugeData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableLongPointData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableMetricData;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.testing.logs.TestLogRecordData;
import io.opentelemetry.sdk.testing.trace.TestSpanData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for each protocol; what a backend's answers lead to is {@link BackendContractTest}'s. */
class ProtocolsTest {
    @TempDir
    private Path directory;

    @Test
    void grpc_everySignal_arrivesWithHeadersAndGzip() throws Exception {
        try (FakeGrpcCollector collector = FakeGrpcCollector.start();
                Destination destination = open(to(collector.url()).grpc().headers(Map.of("api-key", "secret")))) {
            assertThat(destination.exportSpans(List.of(span("one"), span("two"))))
                    .isEqualTo(new ExportResult.Accepted(0, 0, ""));
            assertThat(destination.exportMetrics(List.of(gauge()))).isInstanceOf(ExportResult.Accepted.class);
            assertThat(destination.exportLogs(
                            List.of(TestLogRecordData.builder().setBody("hello").build())))
                    .isInstanceOf(ExportResult.Accepted.class);
            assertThat(collector.spans()).extracting(span -> span.getName()).containsExactly("one", "two");
            assertThat(collector.metrics()).hasSize(1);
            assertThat(collector.logs()).hasSize(1);
            assertThat(collector.headers()).hasSize(3).allSatisfy(line -> assertThat(line)
                    .startsWith("secret cxotel/test")
                    .endsWith("gzip"));
        }
    }

    @Test
    void grpc_partialSuccess_bearsTheBackendsWords() throws Exception {
        try (FakeGrpcCollector collector =
                        FakeGrpcCollector.start().next(new FakeGrpcCollector.Answer.Partial(1, "span too old"));
                Destination destination = open(to(collector.url()).grpc())) {
            assertThat(destination.exportSpans(List.of(span("one"))))
                    .isEqualTo(new ExportResult.Accepted(0, 1, "span too old"));
        }
    }

    @Test
    void grpc_cannotBeEncoded_isRefusedAndDivisible() throws Exception {
        try (FakeGrpcCollector collector = FakeGrpcCollector.start();
                Destination destination = open(to(collector.url()).grpc())) {
            assertThat(destination.exportSpans(List.of(new BrokenSpan(span("broken")))))
                    .isInstanceOfSatisfying(ExportResult.Refused.class, refused -> assertThat(refused.divisible())
                            .isTrue());
            assertThat(destination.exportSpans(List.of(span("next")))).isInstanceOf(ExportResult.Accepted.class);
        }
    }

    @Test
    void wrongKey_namesTheHeadersAndWhereTheyComeFrom() throws Exception {
        try (FakeCollector collector = FakeCollector.start();
                Destination destination = open(to(collector.url()).headers(Map.of("api-key", "secret")))) {
            collector.next(Signal.TRACES, FakeCollector.status(401));
            assertThat(destination.exportSpans(List.of(span("one"))))
                    .isInstanceOfSatisfying(ExportResult.Unauthorized.class, refused -> assertThat(refused.message())
                            .contains("headers sent: api-key", "destinations.test.headers")
                            .doesNotContain("secret"));
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void clientCertificate_isPresented(Protocol protocol) throws Exception {
        SelfSigned server = SelfSigned.create();
        SelfSigned client = SelfSigned.create();
        Path serverPem = server.write(directory.resolve("server.pem"));
        Path clientPem = client.write(directory.resolve("client.pem"));
        Path clientKey = client.writeKey(directory.resolve("client.key"));
        try (Peer peer = peer(protocol, server, client)) {
            DestinationBuilder builder =
                    protocol == Protocol.GRPC ? to(peer.url()).grpc() : to(peer.url());
            try (Destination anonymous = open(builder.ca(serverPem))) {
                assertThat(anonymous.exportSpans(List.of(span("no")))).isInstanceOf(ExportResult.Retryable.class);
            }
            try (Destination known = open(builder.clientCertificate(clientPem, clientKey))) {
                assertThat(known.exportSpans(List.of(span("yes")))).isInstanceOf(ExportResult.Accepted.class);
            }
        }
    }

    @Test
    void clientCertificate_keyInAnotherForm_saysHowToConvertItAndShowsNothing() throws Exception {
        Path pem = SelfSigned.create().write(directory.resolve("client.pem"));
        Path key = Files.writeString(directory.resolve("client.key"), "-----BEGIN EC PRIVATE KEY-----\nc2VjcmV0\n");
        assertThatThrownBy(() -> open(to(URI.create("https://127.0.0.1:1")).clientCertificate(pem, key)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("openssl pkcs8 -topk8")
                .hasMessageContaining("destinations.test.client_certificate")
                .hasMessageNotContaining("c2VjcmV0");
    }

    private Peer peer(Protocol protocol, SelfSigned server, SelfSigned client) throws Exception {
        return switch (protocol) {
            case HTTP_PROTOBUF -> {
                FakeCollector collector = FakeCollector.startMutualTls(server.serverSockets(client.certificate()));
                yield new Peer(URI.create("https://127.0.0.1:" + collector.port()), collector::close);
            }
            case GRPC -> {
                FakeGrpcCollector collector = FakeGrpcCollector.startMutualTls(
                        directory.resolve("server.pem"),
                        server.writeKey(directory.resolve("server.key")),
                        directory.resolve("client.pem"));
                yield new Peer(collector.secureUrl(), collector::close);
            }
        };
    }

    private record Peer(URI url, Runnable stop) implements AutoCloseable {
        @Override
        public void close() {
            stop.run();
        }
    }

    private static DestinationBuilder to(URI url) {
        return new DestinationBuilder("test", url);
    }

    private static Destination open(DestinationBuilder builder) throws ConfigException {
        return new Destination(builder.build(), "cxotel/test", InstantSource.fixed(Backends.NOW));
    }

    private static MetricData gauge() {
        return ImmutableMetricData.createLongGauge(
                Resource.empty(),
                InstrumentationScopeInfo.create("test"),
                "gauge",
                "",
                "1",
                ImmutableGaugeData.create(List.of(ImmutableLongPointData.create(1, 2, Attributes.empty(), 3))));
    }

    private static SpanData span(String name) {
        return TestSpanData.builder()
                .setName(name)
                .setKind(SpanKind.CLIENT)
                .setStatus(StatusData.unset())
                .setStartEpochNanos(1)
                .setEndEpochNanos(2)
                .setHasEnded(true)
                .build();
    }
}
