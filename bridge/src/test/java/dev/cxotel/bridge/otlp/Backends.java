package dev.cxotel.bridge.otlp;

import dev.cxotel.bridge.otlp.answer.ExportResult;
import dev.cxotel.bridge.signal.Signal;
import dev.cxotel.bridge.testing.DestinationBuilder;
import dev.cxotel.bridge.testing.FakeCollector;
import dev.cxotel.bridge.testing.FakeGrpcCollector;
import io.grpc.Status;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okio.Buffer;

/** The ways in which a backend can misbehave, and what is to become of a request that meets them. */
final class Backends {
    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private static final String LATER = "Sun, 22 Nov 2026 10:00:09 GMT";

    static final List<Backend> ALL = all();

    private Backends() {}

    /** What is to become of a request. */
    enum Verdict {
        RETRY("kept; sent again after 1 s, doubling to 60 s"),
        RETRY_WHEN_TOLD("kept; sent again when the backend says, at most 5 min later"),
        RETRY_SLOWLY("kept; an error in the log; sent again after 5 s, doubling to 5 min"),
        SPLIT("sent again in halves, down to the one event that is refused alone: `quarantined`"),
        SPLIT_AND_REMEMBER("sent again in halves; later requests are smaller"),
        COUNT("`exported`"),
        COUNT_REJECTED("`rejected`, as many as the backend says; the others `exported`"),
        COUNT_IN_PART("`exported_in_part`; a batch of one is `quarantined`");

        private final String fate;

        Verdict(String fate) {
            this.fate = fate;
        }

        String fate() {
            return fate;
        }

        static Verdict of(ExportResult result) {
            return switch (result) {
                case ExportResult.Accepted accepted -> accepted.rejected() > 0 ? COUNT_REJECTED : COUNT;
                case ExportResult.Retryable retryable -> retryable.after().isPresent() ? RETRY_WHEN_TOLD : RETRY;
                case ExportResult.Unauthorized ignored -> RETRY_SLOWLY;
                case ExportResult.Misdirected ignored -> RETRY_SLOWLY;
                case ExportResult.TooLarge ignored -> SPLIT_AND_REMEMBER;
                case ExportResult.TakenInPart ignored -> COUNT_IN_PART;
                case ExportResult.Refused refused -> SPLIT;
            };
        }
    }

    /** A backend that runs, and the way to it. */
    record Running(DestinationBuilder destination, Closeable server) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    /** How a backend is made to run. */
    interface Start {
        Running run() throws IOException;
    }

    /** @param detail what the table says beside the verdict */
    record Backend(String what, Verdict verdict, String detail, Start how) {
        /** Only what ends as a time-out does has a short one; a slow machine may not turn anything else into that. */
        Running start() throws IOException {
            Running running = how.run();
            return verdict == Verdict.RETRY
                    ? new Running(running.destination().timeout(Duration.ofMillis(700)), running.server())
                    : running;
        }
    }

    private static List<Backend> all() {
        List<Backend> all = new ArrayList<>();
        for (boolean grpc : new boolean[] {false, true}) {
            UnaryOperator<DestinationBuilder> over = builder -> grpc ? builder.grpc() : builder;
            String by = grpc ? "gRPC: " : "HTTP: ";
            all.add(new Backend(by + "connection refused", Verdict.RETRY, "", () -> refused(over)));
            all.add(new Backend(by + "host name unknown", Verdict.RETRY, "", () -> unknown(over)));
            all.add(new Backend(by + "TLS fails", Verdict.RETRY, "", () -> plainText(over)));
        }
        http(all);
        grpc(all);
        return List.copyOf(all);
    }

    private static void http(List<Backend> all) {
        all.add(http(
                "hangs until the time-out",
                Verdict.RETRY,
                new MockResponse.Builder().code(200).headersDelay(30, TimeUnit.SECONDS)));
        all.add(http(
                "hangs amid the body",
                Verdict.RETRY,
                new MockResponse.Builder().code(200).body("{}").bodyDelay(30, TimeUnit.SECONDS)));
        all.add(http(
                "connection reset before the answer",
                Verdict.RETRY,
                new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket())));
        all.add(http(
                "connection reset amid the answer",
                Verdict.RETRY,
                new MockResponse.Builder()
                        .code(200)
                        .body("x".repeat(100_000))
                        .onResponseBody(new SocketEffect.CloseSocket())));
        all.add(http("400", Verdict.SPLIT, new MockResponse.Builder().code(400)));
        all.add(new Backend("HTTP: 400 with `bad_request: partial`", Verdict.COUNT_IN_PART, "", () -> {
            Running running = over(new MockResponse.Builder().code(400));
            return new Running(running.destination().partialBadRequest(), running.server());
        }));
        for (int status : new int[] {401, 403}) {
            all.add(http(status + "", Verdict.RETRY_SLOWLY, new MockResponse.Builder().code(status)));
        }
        for (int status : new int[] {404, 405, 407, 415, 501}) {
            all.add(http(status + "", Verdict.RETRY_SLOWLY, new MockResponse.Builder().code(status)));
        }
        all.add(http(
                "400 as `text/html`",
                Verdict.RETRY_SLOWLY,
                new MockResponse.Builder().code(400).addHeader("Content-Type", "text/html")));
        all.add(http("413", Verdict.SPLIT_AND_REMEMBER, new MockResponse.Builder().code(413)));
        all.add(http("422", Verdict.SPLIT, new MockResponse.Builder().code(422)));
        all.add(http("429", Verdict.RETRY, new MockResponse.Builder().code(429)));
        all.add(http(
                "429 with `Retry-After` in seconds",
                Verdict.RETRY_WHEN_TOLD,
                new MockResponse.Builder().code(429).addHeader("Retry-After", "7")));
        all.add(http(
                "429 with `Retry-After` as a date",
                Verdict.RETRY_WHEN_TOLD,
                new MockResponse.Builder().code(429).addHeader("Retry-After", LATER)));
        for (int status : new int[] {408, 409, 421, 425, 500, 502, 503, 504, 530}) {
            all.add(http(status + "", Verdict.RETRY, new MockResponse.Builder().code(status)));
        }
        all.add(http("200 with an empty body", Verdict.COUNT, new MockResponse.Builder().code(200)));
        all.add(http("202", Verdict.COUNT, new MockResponse.Builder().code(202)));
        all.add(http(
                "200, `partial_success` rejects some",
                Verdict.COUNT_REJECTED,
                FakeCollector.partial(1, "too old").newBuilder()));
        all.add(http(
                "200, `partial_success` rejects none and warns",
                Verdict.COUNT,
                FakeCollector.partial(0, "careful").newBuilder()));
        all.add(http(
                "200 with garbage",
                Verdict.COUNT,
                new MockResponse.Builder().code(200).body("garbage")));
        all.add(http(
                "200 with a web page",
                Verdict.RETRY_SLOWLY,
                new MockResponse.Builder().code(200).body("<html>garbage")));
        all.add(http(
                "200 with a huge body",
                Verdict.COUNT,
                new MockResponse.Builder()
                        .code(200)
                        .body(new Buffer().write(new byte[OtlpSender.LONGEST_RESPONSE + 1]))));
        all.add(http(
                "redirect",
                Verdict.RETRY_SLOWLY,
                new MockResponse.Builder().code(307).addHeader("Location", "http://127.0.0.1:1/")));
    }

    private static void grpc(List<Backend> all) {
        all.add(grpc("hangs until the time-out", Verdict.RETRY, new FakeGrpcCollector.Answer.Hangs()));
        all.add(grpc("OK", Verdict.COUNT, Status.OK));
        all.add(grpc(
                "OK, `partial_success` rejects some",
                Verdict.COUNT_REJECTED,
                new FakeGrpcCollector.Answer.Partial(1, "too old")));
        for (Status status : List.of(
                Status.CANCELLED,
                Status.DEADLINE_EXCEEDED,
                Status.ABORTED,
                Status.OUT_OF_RANGE,
                Status.UNAVAILABLE,
                Status.DATA_LOSS,
                Status.RESOURCE_EXHAUSTED,
                Status.INTERNAL,
                Status.UNKNOWN)) {
            all.add(grpc(status.getCode().name(), Verdict.RETRY, status.withDescription("busy")));
        }
        all.add(grpc(
                "RESOURCE_EXHAUSTED, message too large",
                Verdict.SPLIT_AND_REMEMBER,
                Status.RESOURCE_EXHAUSTED.withDescription("grpc: received message larger than max (5 vs. 4)")));
        for (Status status : List.of(Status.UNAUTHENTICATED, Status.PERMISSION_DENIED)) {
            all.add(grpc(status.getCode().name(), Verdict.RETRY_SLOWLY, status));
        }
        all.add(grpc("INVALID_ARGUMENT", Verdict.SPLIT, Status.INVALID_ARGUMENT));
        all.add(new Backend("gRPC: INVALID_ARGUMENT with `bad_request: partial`", Verdict.COUNT_IN_PART, "", () -> {
            Running running = over(new FakeGrpcCollector.Answer.Ends(Status.INVALID_ARGUMENT));
            return new Running(running.destination().partialBadRequest(), running.server());
        }));
        for (Status status :
                List.of(Status.UNIMPLEMENTED, Status.NOT_FOUND, Status.ALREADY_EXISTS, Status.FAILED_PRECONDITION)) {
            all.add(grpc(status.getCode().name(), Verdict.RETRY_SLOWLY, status.withDescription("no")));
        }
        all.add(new Backend("gRPC: the answer is no gRPC", Verdict.RETRY, "", () -> {
            Running running = over(new MockResponse.Builder().code(200).body("<html>"));
            return new Running(running.destination().grpc(), running.server());
        }));
    }

    private static Backend http(String what, Verdict verdict, MockResponse.Builder answer) {
        return new Backend("HTTP: " + what, verdict, "", () -> over(answer));
    }

    private static Backend grpc(String what, Verdict verdict, Status status) {
        return grpc(what, verdict, new FakeGrpcCollector.Answer.Ends(status));
    }

    private static Backend grpc(String what, Verdict verdict, FakeGrpcCollector.Answer answer) {
        return new Backend("gRPC: " + what, verdict, "", () -> over(answer));
    }

    private static Running over(MockResponse.Builder answer) throws IOException {
        FakeCollector collector = FakeCollector.start();
        collector.next(Signal.TRACES, answer.build());
        return new Running(to(collector.url()), collector::close);
    }

    private static Running over(FakeGrpcCollector.Answer answer) throws IOException {
        FakeGrpcCollector collector = FakeGrpcCollector.start().next(answer);
        return new Running(to(collector.url()).grpc(), collector::close);
    }

    private static Running refused(UnaryOperator<DestinationBuilder> over) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        return new Running(over.apply(to(URI.create("http://127.0.0.1:" + port))), () -> {});
    }

    private static Running unknown(UnaryOperator<DestinationBuilder> over) {
        return new Running(over.apply(to(URI.create("http://no-such-host.invalid:4318"))), () -> {});
    }

    /** Speaks at once, and no TLS. */
    private static Running plainText(UnaryOperator<DestinationBuilder> over) throws IOException {
        ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> PlainText.answer(plain));
        return new Running(over.apply(to(URI.create("https://127.0.0.1:" + plain.getLocalPort()))), plain);
    }

    private static DestinationBuilder to(URI url) {
        return new DestinationBuilder("test", url, Signal.TRACES);
    }
}
