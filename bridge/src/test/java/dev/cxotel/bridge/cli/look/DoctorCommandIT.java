package dev.cxotel.bridge.cli.look;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cxotel.bridge.cli.Cxotel;
import dev.cxotel.bridge.cli.Seams;
import dev.cxotel.bridge.signal.Signal;
import dev.cxotel.bridge.testing.FakeCollector;
import dev.cxotel.bridge.testing.FakeGrpcCollector;
import dev.cxotel.bridge.testing.Ports;
import io.grpc.Status;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every answer that a backend may give, through real sockets, and what the doctor says to it. */
class DoctorCommandIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private FakeCollector backend;

    @BeforeEach
    void start() throws IOException {
        backend = FakeCollector.start();
    }

    @AfterEach
    void stop() {
        backend.close();
    }

    @Test
    void allAccepted_sendsOneMarkedOfEach_exitIsZero() throws Exception {
        assertThat(doctor("endpoint: \"" + backend.url() + "\"")).isZero();
        assertThat(out.toString())
                .contains("collector (preset collector)")
                .contains("ok     traces to " + backend.url() + "/v1/traces")
                .contains("address  127.0.0.1")
                .contains("accepted, HTTP 200 in ")
                .contains("All accepted. Look for service.name=cxotel-doctor.");
        assertThat(backend.spans()).singleElement().satisfies(span -> {
            assertThat(span.getName()).isEqualTo("cxotel doctor");
            assertThat(isTest(span.getAttributesList().stream())).isTrue();
            assertThat(span.getTraceId().size()).isEqualTo(16);
        });
        assertThat(backend.logs()).singleElement().satisfies(log -> {
            assertThat(log.getEventName()).isEqualTo("cxotel.doctor.test");
            assertThat(isTest(log.getAttributesList().stream())).isTrue();
        });
        assertThat(backend.metrics()).singleElement().satisfies(metric -> {
            assertThat(metric.getName()).isEqualTo("cxotel.doctor.tests");
            assertThat(metric.getSum().getDataPoints(0).getAsInt()).isOne();
            assertThat(isTest(metric.getSum().getDataPoints(0).getAttributesList().stream()))
                    .isTrue();
        });
        assertThat(backend.requests(Signal.METRICS)
                        .getFirst()
                        .metricsRequest()
                        .getResourceMetrics(0)
                        .getResource()
                        .getAttributesList())
                .anyMatch(attribute -> attribute.getKey().equals("service.name")
                        && attribute.getValue().getStringValue().equals("cxotel-doctor"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | check HONEYCOMB_API_KEY (an ingest key",
                "403 | is 127.0.0.1 the site or region of the account",
                "404 | `endpoint` is a base URL to which /v1/logs is appended",
                "415 | The endpoint does not take protobuf over HTTP",
                "413 | Even one item is too large",
                "429 | The backend limits the rate",
                "503 | The backend is not available now",
                "400 | The backend refused it with HTTP 400; it says: nothing",
                "500 | The backend refused it with HTTP 500",
            })
    void refusal_isExplained(int status, String advice) throws Exception {
        backend.always(Signal.LOGS, request -> FakeCollector.status(status));
        assertThat(doctor("preset: honeycomb, endpoint: \"" + backend.url() + "\", signals: [logs]"))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains("FAILED logs to ")
                .contains(", HTTP " + status + " in ")
                .contains(advice)
                .contains("1 of 1 failed.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UNAUTHENTICATED | The key is missing or wrong: check `headers` of the destination",
                "PERMISSION_DENIED | is 127.0.0.1 the site or region of the account",
                "UNAVAILABLE | The backend is not available now",
                "UNIMPLEMENTED | speaks gRPC but takes no OTLP logs: leave logs out of `signals`",
                "RESOURCE_EXHAUSTED | The backend limits the rate",
                "INVALID_ARGUMENT | The backend refused it; it says: gRPC INVALID_ARGUMENT why",
            })
    void refusalOverGrpc_isExplained(Status.Code code, String advice) throws Exception {
        try (FakeGrpcCollector grpc =
                FakeGrpcCollector.start().next(Status.fromCode(code).withDescription("why"))) {
            assertThat(doctor("protocol: grpc, endpoint: \"" + grpc.url() + "\", signals: [logs]"))
                    .isEqualTo(1);
        }
        assertThat(out.toString())
                .contains("FAILED logs to ")
                .contains("gRPC " + code)
                .contains(advice);
    }

    @Test
    void grpc_acceptedAndSpokenToAnotherKindOfServer_isExplained() throws Exception {
        try (FakeGrpcCollector grpc = FakeGrpcCollector.start()) {
            assertThat(doctor("protocol: grpc, endpoint: \"" + grpc.url() + "\""))
                    .isZero();
            assertThat(grpc.spans()).hasSize(1);
            assertThat(grpc.metrics()).hasSize(1);
            assertThat(grpc.logs()).hasSize(1);
        }
        assertThat(out.toString()).contains("accepted in ").contains("All accepted.");
        int free = Ports.free();
        doctor("protocol: grpc, endpoint: \"http://127.0.0.1:" + free + "\", signals: [logs]");
        assertThat(out.toString())
                .contains("Nothing listens at 127.0.0.1:" + free)
                .contains("gRPC is 4317");
        doctor("protocol: grpc, endpoint: \"" + backend.url() + "\", signals: [logs], timeout: 60s");
        assertThat(out.toString()).contains("`protocol: http/protobuf`");
    }

    @Test
    void noAnswerInTime_overEachProtocol_isExplained() throws Exception {
        backend.always(Signal.LOGS, request -> new MockResponse.Builder()
                .headersDelay(30, TimeUnit.SECONDS)
                .build());
        assertThat(doctor("endpoint: \"" + backend.url() + "\", signals: [logs], timeout: 300ms"))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains("No answer from 127.0.0.1:" + backend.port() + " in time")
                .contains("HTTPS_PROXY");
        try (FakeGrpcCollector grpc = FakeGrpcCollector.start().next(new FakeGrpcCollector.Answer.Hangs())) {
            assertThat(doctor("protocol: grpc, endpoint: \"" + grpc.url() + "\", signals: [logs], timeout: 300ms"))
                    .isEqualTo(1);
            assertThat(out.toString())
                    .contains("No answer from 127.0.0.1:" + grpc.url().getPort() + " in time");
        }
    }

    @Test
    void unauthorized_withoutPreset_namesTheHeader() throws Exception {
        backend.always(Signal.LOGS, request -> FakeCollector.status(401));
        doctor("endpoint: \"" + backend.url() + "\", signals: [logs], headers: { x-key: SECRET }");
        assertThat(out.toString())
                .contains("check the header(s) x-key (`headers`")
                .doesNotContain("SECRET");
    }

    @Test
    void partialSuccess_saysTheVendorsMessage_exitIsOne() throws Exception {
        backend.always(Signal.TRACES, request -> FakeCollector.partial(1, "timestamp is too old"));
        assertThat(doctor("endpoint: \"" + backend.url() + "\"")).isEqualTo(1);
        assertThat(out.toString())
                .contains("1 rejected: timestamp is too old")
                .contains("refused 1 item(s) of it; it says: timestamp is too old")
                .contains("1 of 3 failed.");
    }

    @Test
    void refusedConnection_unknownName_areExplained() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        assertThat(doctor("endpoint: \"http://127.0.0.1:" + free + "\", signals: [logs]"))
                .isEqualTo(1);
        assertThat(out.toString()).contains("Nothing listens at 127.0.0.1:" + free);
        assertThat(doctor("endpoint: \"http://no-such-host.invalid\", signals: [logs]"))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains("No address is known for no-such-host.invalid")
                .contains("address  unknown");
    }

    @Test
    void proxyThatAsksForAPassword_isExplained() throws Exception {
        try (MockWebServer proxy = new MockWebServer()) {
            proxy.enqueue(new MockResponse.Builder()
                    .code(407)
                    .addHeader("Proxy-Authenticate", "Basic realm=\"proxy\"")
                    .build());
            proxy.start(InetAddress.getLoopbackAddress(), 0);
            assertThat(doctor("endpoint: \"http://backend.invalid\", signals: [logs], proxy: \"http://127.0.0.1:"
                            + proxy.getPort() + "\""))
                    .isEqualTo(1);
        }
        assertThat(out.toString()).contains("proxy    127.0.0.1:").contains("The proxy asks for a user and password");
    }

    @Test
    void clock_isCompared() throws Exception {
        backend.always(Signal.LOGS, request -> FakeCollector.status(200, "Date", "Sun, 22 Nov 2020 10:00:00 GMT"));
        assertThat(doctor("endpoint: \"" + backend.url() + "\", signals: [logs]"))
                .isZero();
        assertThat(out.toString()).contains("clock    theirs is -").contains("This machine's clock is ");
    }

    @Test
    void json_saysTheSame_onlyOneDestination() throws Exception {
        Path file = Files.writeString(folder.resolve("two.yaml"), """
                cxotel: 1
                destinations:
                  - { name: one, endpoint: "%s", signals: [logs] }
                  - { name: two, endpoint: "http://127.0.0.1:1", signals: [logs] }
                """.formatted(backend.url()));
        assertThat(run("doctor", "--config", file.toString(), "--json", "--destination", "one"))
                .isZero();
        JsonNode report = JSON.readTree(out.toString());
        assertThat(report.path("good").asBoolean()).isTrue();
        JsonNode one = report.path("examinations").path(0);
        assertThat(report.path("examinations")).hasSize(1);
        assertThat(one.path("destination").asText()).isEqualTo("one");
        assertThat(one.path("status").asInt()).isEqualTo(200);
        assertThat(one.path("result").asText()).isEqualTo("accepted");
        assertThat(one.path("addresses").path(0).asText()).isEqualTo("127.0.0.1");
        assertThat(run("doctor", "--config", file.toString(), "--destination", "tow"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("there is no destination \"tow\"");
    }

    @Test
    void noDestination_isNotHealthy() {
        assertThat(run("doctor")).isEqualTo(1);
        assertThat(out.toString()).contains("No destination is configured.");
    }

    private int doctor(String line) throws IOException {
        Path file =
                Files.writeString(folder.resolve("cxotel.yaml"), "cxotel: 1\ndestinations:\n  - { " + line + " }\n");
        return run("doctor", "--config", file.toString());
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        Seams seams = new Seams(
                Map.of("HONEYCOMB_API_KEY", "hcaik_x"),
                config -> {
                    throw new AssertionError("the bridge is not started");
                },
                config -> {
                    throw new AssertionError("the ledger is not read");
                },
                logging -> {},
                stop -> {});
        return Cxotel.execute(seams, new PrintWriter(out), new PrintWriter(err), arguments);
    }

    private static boolean isTest(Stream<KeyValue> attributes) {
        return attributes.anyMatch(attribute ->
                attribute.getKey().equals("cxotel.test") && attribute.getValue().getBoolValue());
    }
}
