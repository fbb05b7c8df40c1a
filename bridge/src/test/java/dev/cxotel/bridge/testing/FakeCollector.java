package dev.cxotel.bridge.testing;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.cxotel.bridge.signal.Signal;
import dev.cxotel.bridge.testing.books.Backend;
import dev.cxotel.bridge.testing.books.Witness;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLSocketFactory;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;

/**
 * An OTLP backend over real HTTP that answers as it is told and remembers every request. What it answered with 2xx
 * counts as stored. Safe for any thread.
 */
public final class FakeCollector implements Backend, AutoCloseable {

    /** One request; {@code body} is inflated protobuf. */
    @SuppressWarnings("ArrayRecordComponent") // compared by tests as an array
    public record Request(String path, Map<String, String> headers, byte[] body, int status) {

        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
        }

        public boolean stored() {
            return status >= 200 && status < 300;
        }

        public List<Span> spans() {
            return parse(() -> ExportTraceServiceRequest.parseFrom(body)).getResourceSpansList().stream()
                    .flatMap(resource -> resource.getScopeSpansList().stream())
                    .flatMap(scope -> scope.getSpansList().stream())
                    .toList();
        }

        public List<LogRecord> logs() {
            return parse(() -> ExportLogsServiceRequest.parseFrom(body)).getResourceLogsList().stream()
                    .flatMap(resource -> resource.getScopeLogsList().stream())
                    .flatMap(scope -> scope.getLogRecordsList().stream())
                    .toList();
        }

        public List<Metric> metrics() {
            return metricsRequest().getResourceMetricsList().stream()
                    .flatMap(resource -> resource.getScopeMetricsList().stream())
                    .flatMap(scope -> scope.getMetricsList().stream())
                    .toList();
        }

        public ExportMetricsServiceRequest metricsRequest() {
            return parse(() -> ExportMetricsServiceRequest.parseFrom(body));
        }
    }

    private final MockWebServer server = new MockWebServer();
    private final Map<Signal, Deque<MockResponse>> scripts = new ConcurrentHashMap<>();
    private final Map<Signal, Function<Request, MockResponse>> rules = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<Signal, Long> rejected = new ConcurrentHashMap<>();

    private FakeCollector() {}

    /** One that listens on a free port of the loopback address and accepts everything. */
    public static FakeCollector start() throws IOException {
        return start(0);
    }

    public static FakeCollector start(int port) throws IOException {
        FakeCollector collector = new FakeCollector();
        collector.server.setDispatcher(collector.new Script());
        collector.server.start(InetAddress.getLoopbackAddress(), port);
        Witness.started(collector);
        return collector;
    }

    /** One that speaks TLS on a free port. */
    public static FakeCollector startTls(SSLSocketFactory sockets) throws IOException {
        FakeCollector collector = new FakeCollector();
        collector.server.useHttps(sockets);
        collector.server.setDispatcher(collector.new Script());
        collector.server.start(InetAddress.getLoopbackAddress(), 0);
        Witness.started(collector);
        return collector;
    }

    /** One that speaks TLS and wants a certificate of its clients. */
    public static FakeCollector startMutualTls(SSLSocketFactory sockets) throws IOException {
        FakeCollector collector = new FakeCollector();
        collector.server.useHttps(sockets);
        collector.server.requireClientAuth();
        collector.server.setDispatcher(collector.new Script());
        collector.server.start(InetAddress.getLoopbackAddress(), 0);
        Witness.started(collector);
        return collector;
    }

    @Override
    public int port() {
        return server.getPort();
    }

    /** The base URL, without a path. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    public URI endpoint(Signal signal) {
        return url().resolve(path(signal));
    }

    /** Answers the next requests of the signal, one after the other; then it accepts again. */
    public FakeCollector next(Signal signal, MockResponse... answers) {
        Deque<MockResponse> script = scripts.computeIfAbsent(signal, key -> new ArrayDeque<>());
        synchronized (script) {
            script.addAll(List.of(answers));
        }
        return this;
    }

    /** Answers all requests of the signal for which nothing is scripted. */
    public FakeCollector always(Signal signal, Function<Request, MockResponse> rule) {
        rules.put(signal, rule);
        return this;
    }

    public List<Request> requests(Signal signal) {
        return requests.stream()
                .filter(request -> request.path().equals(path(signal)))
                .toList();
    }

    /** The requests that were answered with 2xx. */
    public List<Request> stored(Signal signal) {
        return requests(signal).stream().filter(Request::stored).toList();
    }

    /** The spans stored, in order; repeats included. */
    @Override
    public List<Span> spans() {
        return stored(Signal.TRACES).stream()
                .flatMap(request -> request.spans().stream())
                .toList();
    }

    /** The distinct span ids stored, as hexadecimal digits. */
    public Set<String> spanIds() {
        return spans().stream()
                .map(span -> HexFormat.of().formatHex(span.getSpanId().toByteArray()))
                .collect(Collectors.toSet());
    }

    @Override
    public List<LogRecord> logs() {
        return stored(Signal.LOGS).stream()
                .flatMap(request -> request.logs().stream())
                .toList();
    }

    @Override
    public List<Metric> metrics() {
        return stored(Signal.METRICS).stream()
                .flatMap(request -> request.metrics().stream())
                .toList();
    }

    @Override
    public long rejected(Signal signal) {
        return rejected.getOrDefault(signal, 0L);
    }

    @Override
    public void close() {
        server.close();
    }

    public static MockResponse status(int code) {
        return new MockResponse.Builder().code(code).build();
    }

    public static MockResponse status(int code, String header, String value) {
        return new MockResponse.Builder().code(code).addHeader(header, value).build();
    }

    /** A success that says how many items were refused; traces, metrics and logs have the same bytes. */
    public static MockResponse partial(long rejected, String message) {
        byte[] body = ExportTraceServiceResponse.newBuilder()
                .setPartialSuccess(ExportTracePartialSuccess.newBuilder()
                        .setRejectedSpans(rejected)
                        .setErrorMessage(message))
                .build()
                .toByteArray();
        return new MockResponse.Builder()
                .code(200)
                .addHeader("Content-Type", "application/x-protobuf")
                .body(new Buffer().write(body))
                .build();
    }

    private static String path(Signal signal) {
        return "/v1/" + signal.configName();
    }

    private static <T> T parse(Parser<T> parser) {
        try {
            return parser.parse();
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FunctionalInterface
    private interface Parser<T> {
        T parse() throws InvalidProtocolBufferException;
    }

    /** The scripted answers. */
    private final class Script extends Dispatcher {

        @Override
        public MockResponse dispatch(RecordedRequest recorded) {
            Request request = request(recorded, 0);
            Optional<Signal> signal = signal(request.path());
            MockResponse answer = signal.map(each -> answer(each, request)).orElseGet(() -> status(404));
            signal.ifPresent(each -> rejected.merge(each, rejected(answer), Long::sum));
            requests.add(request(recorded, answer.getCode()));
            return answer;
        }

        private MockResponse answer(Signal signal, Request request) {
            Deque<MockResponse> script = scripts.computeIfAbsent(signal, key -> new ArrayDeque<>());
            synchronized (script) {
                MockResponse scripted = script.poll();
                return scripted != null
                        ? scripted
                        : rules.getOrDefault(signal, any -> status(200)).apply(request);
            }
        }

        /** What the answer says that is not taken; the three signals' answers have the same bytes. */
        private static long rejected(MockResponse answer) {
            try {
                Buffer body = new Buffer();
                if (answer.getCode() / 100 == 2 && answer.getBody() != null) {
                    answer.getBody().writeTo(body);
                }
                return ExportTraceServiceResponse.parseFrom(body.readByteArray())
                        .getPartialSuccess()
                        .getRejectedSpans();
            } catch (IOException e) {
                return 0;
            }
        }

        private Optional<Signal> signal(String path) {
            for (Signal signal : Signal.values()) {
                if (path(signal).equals(path)) {
                    return Optional.of(signal);
                }
            }
            return Optional.empty();
        }

        private Request request(RecordedRequest recorded, int status) {
            Map<String, String> headers = new ConcurrentHashMap<>();
            recorded.getHeaders()
                    .forEach(header -> headers.put(header.getFirst().toLowerCase(Locale.ROOT), header.getSecond()));
            byte[] body = recorded.getBody() == null
                    ? new byte[0]
                    : recorded.getBody().toByteArray();
            return new Request(recorded.getUrl().encodedPath(), Map.copyOf(headers), inflated(body, headers), status);
        }

        private static byte[] inflated(byte[] body, Map<String, String> headers) {
            if (!"gzip".equals(headers.get("content-encoding"))) {
                return body;
            }
            try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
                return in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
