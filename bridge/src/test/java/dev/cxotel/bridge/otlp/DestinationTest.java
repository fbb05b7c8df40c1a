package dev.cxotel.bridge.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cxotel.bridge.config.ConfigException;
import dev.cxotel.bridge.config.DestinationConfig;
import dev.cxotel.bridge.otlp.answer.ExportResult;
import dev.cxotel.bridge.signal.Signal;
import dev.cxotel.bridge.testing.DestinationBuilder;
import dev.cxotel.bridge.testing.FakeCollector;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.testing.logs.TestLogRecordData;
import io.opentelemetry.sdk.testing.trace.TestSpanData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DestinationTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private FakeCollector collector;

    @BeforeEach
    void start() throws IOException {
        collector = FakeCollector.start();
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void exportSpans_accepted_arrivesWithHeadersAndGzip() throws Exception {
        try (Destination destination = open(to(collector).headers(Map.of("api-key", "secret")))) {
            assertThat(destination.exportSpans(List.of(span("one"), span("two"))))
                    .isEqualTo(new ExportResult.Accepted(200, 0, ""));
        }

        assertThat(collector.spans()).extracting(span -> span.getName()).containsExactly("one", "two");
        FakeCollector.Request request = collector.requests(Signal.TRACES).getFirst();
        assertThat(request.header("api-key")).contains("secret");
        assertThat(request.header("user-agent")).contains("cxotel/test");
        assertThat(request.header("content-encoding")).contains("gzip");
        assertThat(request.header("content-type")).contains("application/x-protobuf");
        assertThat(request.header("upgrade")).isEmpty();
    }

    @Test
    void exportSpans_withoutGzip_arrivesPlain() throws Exception {
        try (Destination destination = open(to(collector).gzip(false))) {
            destination.exportSpans(List.of(span("one")));
        }

        assertThat(collector.requests(Signal.TRACES).getFirst().header("content-encoding"))
                .isEmpty();
        assertThat(collector.spans()).hasSize(1);
    }

    @Test
    void exportLogs_accepted_arrives() throws Exception {
        try (Destination destination = open(to(collector))) {
            assertThat(destination.exportLogs(
                            List.of(TestLogRecordData.builder().setBody("hello").build())))
                    .isInstanceOf(ExportResult.Accepted.class);
        }

        assertThat(collector.logs())
                .singleElement()
                .satisfies(log -> assertThat(log.getBody().getStringValue()).isEqualTo("hello"));
    }

    @Test
    void exportSpans_everyKindOfSuccess_isAccepted() throws Exception {
        collector.next(
                Signal.TRACES,
                FakeCollector.status(202),
                FakeCollector.partial(1, "span too old"),
                FakeCollector.partial(0, "only a warning"),
                new MockResponse.Builder().code(200).body("garbage").build(),
                new MockResponse.Builder()
                        .code(200)
                        .addHeader("Content-Type", "application/json")
                        .body("{\"partialSuccess\":{}}")
                        .build());
        try (Destination destination = open(to(collector))) {
            assertThat(export(destination)).isEqualTo(new ExportResult.Accepted(202, 0, ""));
            assertThat(export(destination)).isEqualTo(new ExportResult.Accepted(200, 1, "span too old"));
            assertThat(export(destination)).isEqualTo(new ExportResult.Accepted(200, 0, "only a warning"));
            assertThat(export(destination)).isEqualTo(new ExportResult.Accepted(200, 0, ""));
            assertThat(export(destination)).isEqualTo(new ExportResult.Accepted(200, 0, ""));
        }
    }

    @Test
    void exportSpans_retryAfter_isTold() throws Exception {
        collector.next(
                Signal.TRACES,
                FakeCollector.status(429, "Retry-After", "7"),
                FakeCollector.status(503, "Retry-After", "Sun, 22 Nov 2026 10:00:09 GMT"));
        try (Destination destination = open(to(collector))) {
            assertThat(export(destination))
                    .isEqualTo(new ExportResult.Retryable(429, Optional.of(Duration.ofSeconds(7)), "throttled", ""));
            assertThat(export(destination))
                    .isEqualTo(new ExportResult.Retryable(503, Optional.of(Duration.ofSeconds(9)), "unavailable", ""));
        }
    }

    @Test
    void exportSpans_redirect_isNotFollowed() throws Exception {
        collector.next(
                Signal.TRACES,
                FakeCollector.status(307, "Location", collector.url() + "/v1/logs"),
                FakeCollector.status(200));
        try (Destination destination = open(to(collector))) {
            assertThat(export(destination)).isInstanceOf(ExportResult.Misdirected.class);
        }
        assertThat(collector.requests(Signal.LOGS)).isEmpty();
        assertThat(collector.requests(Signal.TRACES)).hasSize(1);
    }

    @Test
    void exportSpans_hangs_endsWithTheTimeout() throws Exception {
        collector.next(
                Signal.TRACES,
                new MockResponse.Builder()
                        .code(200)
                        .headersDelay(30, TimeUnit.SECONDS)
                        .build(),
                new MockResponse.Builder()
                        .code(200)
                        .body("{}")
                        .bodyDelay(30, TimeUnit.SECONDS)
                        .build());
        try (Destination destination = open(to(collector).timeout(Duration.ofMillis(300)))) {
            assertRetryable(export(destination), "timeout");
            assertRetryable(export(destination), "timeout");
        }
    }

    @Test
    void exportSpans_resetBeforeOrAmidTheAnswer_isRetryable() throws Exception {
        collector.next(
                Signal.TRACES,
                new MockResponse.Builder()
                        .onResponseStart(new SocketEffect.CloseSocket())
                        .build(),
                new MockResponse.Builder()
                        .code(200)
                        .body("x".repeat(100_000))
                        .onResponseBody(new SocketEffect.CloseSocket())
                        .build());
        try (Destination destination = open(to(collector))) {
            assertRetryable(export(destination), "io");
            assertRetryable(export(destination), "io");
            assertThat(export(destination)).isInstanceOf(ExportResult.Accepted.class);
        }
    }

    @Test
    void exportSpans_hugeAnswer_isAcceptedAndNotReadOn() throws Exception {
        collector.next(
                Signal.TRACES,
                new MockResponse.Builder()
                        .code(200)
                        .body(new Buffer().write(new byte[OtlpSender.LONGEST_RESPONSE + 1]))
                        .build());
        try (Destination destination = open(to(collector))) {
            assertThat(export(destination)).isEqualTo(new ExportResult.Accepted(200, 0, ""));
            assertThat(export(destination)).isEqualTo(new ExportResult.Accepted(200, 0, ""));
        }
    }

    @Test
    void exportSpans_nobodyListens_isRetryable() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        try (Destination destination = open(new DestinationBuilder("dead", URI.create("http://127.0.0.1:" + port)))) {
            assertRetryable(export(destination), "connect");
        }
    }

    @Test
    void exportSpans_unknownHost_isRetryable() throws Exception {
        try (Destination destination =
                open(new DestinationBuilder("nowhere", URI.create("http://no-such-host.invalid:4318")))) {
            assertRetryable(export(destination), "dns");
        }
    }

    @Test
    void exportSpans_tlsAgainstPlainHttp_isRetryable() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Destination destination = open(
                        new DestinationBuilder("plain", URI.create("https://127.0.0.1:" + plain.getLocalPort())))) {
            Thread.ofVirtual().start(() -> PlainText.answer(plain));
            assertRetryable(export(destination), "tls");
        }
    }

    @Test
    void exportSpans_certificateOfAnExtraAuthority_isTrusted(@TempDir Path directory) throws Exception {
        SelfSigned certificate = SelfSigned.create();
        Path pem = certificate.write(directory.resolve("ca.pem"));
        try (FakeCollector secure = FakeCollector.startTls(certificate.serverSockets())) {
            DestinationBuilder to = new DestinationBuilder("secure", URI.create("https://127.0.0.1:" + secure.port()));
            try (Destination destination = open(to)) {
                assertRetryable(export(destination), "tls");
            }
            try (Destination destination = open(to.ca(pem))) {
                assertThat(export(destination)).isInstanceOf(ExportResult.Accepted.class);
            }
            assertThat(secure.spans()).hasSize(1);
        }
    }

    @Test
    void exportSpans_proxy_goesThroughIt() throws Exception {
        try (Destination destination =
                open(new DestinationBuilder("proxied", URI.create("http://backend.invalid")).proxy(collector.url()))) {
            assertThat(export(destination)).isInstanceOf(ExportResult.Accepted.class);
        }
        assertThat(collector.requests(Signal.TRACES).getFirst().header("host")).contains("backend.invalid");
    }

    @Test
    void exportSpans_cannotBeEncoded_isRefusedAndDivisible() throws Exception {
        SpanData broken = new BrokenSpan(span("broken"));
        try (Destination destination = open(to(collector))) {
            assertThat(destination.exportSpans(List.of(broken)))
                    .isInstanceOfSatisfying(ExportResult.Refused.class, refused -> assertThat(refused.divisible())
                            .isTrue());
        }
    }

    @Test
    void selfTelemetry_periodicReader_exports() throws Exception {
        try (Destination destination = open(to(collector).delta())) {
            var reader = PeriodicMetricReader.builder(
                            destination.selfTelemetry().orElseThrow())
                    .setInterval(Duration.ofHours(1))
                    .build();
            SdkMeterProvider provider =
                    SdkMeterProvider.builder().registerMetricReader(reader).build();
            provider.get("cxotel").counterBuilder("cxotel.test").build().add(3);
            assertThat(provider.forceFlush().join(60, TimeUnit.SECONDS).isSuccess())
                    .isTrue();
            provider.close();
        }
        assertThat(collector.metrics().getFirst().getName()).isEqualTo("cxotel.test");
    }

    @Test
    void open_headerThatCannotBeSent_namesItWithoutItsValue() {
        assertThatThrownBy(() -> open(to(collector).headers(Map.of("api-key", "sec\nret"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("api-key")
                .hasMessageNotContaining("sec");
    }

    @Test
    void open_caFileWithoutCertificate_isRefused(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("ca.pem"), "nothing");
        assertThatThrownBy(() -> open(to(collector).ca(file)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("ca.pem");
    }

    private static DestinationBuilder to(FakeCollector collector) {
        return new DestinationBuilder("test", collector.url());
    }

    private static Destination open(DestinationBuilder builder) throws ConfigException {
        DestinationConfig config = builder.build();
        return new Destination(config, "cxotel/test", InstantSource.fixed(NOW));
    }

    private static ExportResult export(Destination destination) {
        return destination.exportSpans(List.of(span("one")));
    }

    private static void assertRetryable(ExportResult result, String reason) {
        assertThat(result)
                .isInstanceOfSatisfying(ExportResult.Retryable.class, retryable -> assertThat(retryable.reason())
                        .isEqualTo(reason));
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
