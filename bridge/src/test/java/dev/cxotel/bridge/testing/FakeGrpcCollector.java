package dev.cxotel.bridge.testing;

import dev.cxotel.bridge.signal.Signal;
import dev.cxotel.bridge.testing.books.Backend;
import dev.cxotel.bridge.testing.books.Witness;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** An OTLP backend over gRPC's own server that answers as it is told and remembers what it accepted. */
public final class FakeGrpcCollector implements Backend, AutoCloseable {
    /** An answer to one request. */
    public sealed interface Answer {
        /** An error, or the plain success. */
        record Ends(Status status) implements Answer {}

        /** A success that says how many spans were refused. */
        record Partial(long rejected, String message) implements Answer {}

        /** None, until the server is closed. */
        record Hangs() implements Answer {}
    }

    private static final Answer.Partial WHOLE = new Answer.Partial(0, "");
    private static final Answer ACCEPTED = new Answer.Ends(Status.OK);
    private static final Metadata.Key<String> KEY = Metadata.Key.of("api-key", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> AGENT = Metadata.Key.of("user-agent", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> ENCODING =
            Metadata.Key.of("grpc-encoding", Metadata.ASCII_STRING_MARSHALLER);

    private final Deque<Answer> script = new ConcurrentLinkedDeque<>();
    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final List<Metric> metrics = new CopyOnWriteArrayList<>();
    private final List<LogRecord> logs = new CopyOnWriteArrayList<>();
    private final List<String> headers = new CopyOnWriteArrayList<>();
    private final AtomicLong rejectedSpans = new AtomicLong();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Server server;
    private final int port;

    private FakeGrpcCollector(NettyServerBuilder builder) throws IOException {
        server = builder.addService(new Traces())
                .addService(new Metrics())
                .addService(new Logs())
                .intercept(new Headers())
                .build()
                .start();
        port = server.getPort();
        Witness.started(this);
    }

    /** One that listens on a free port of the loopback address and accepts everything. */
    public static FakeGrpcCollector start() throws IOException {
        return new FakeGrpcCollector(NettyServerBuilder.forAddress(anyPort()));
    }

    /** One that speaks TLS and asks for a certificate that {@code clients} has signed. */
    public static FakeGrpcCollector startMutualTls(Path certificate, Path privateKey, Path clients) throws IOException {
        return new FakeGrpcCollector(NettyServerBuilder.forAddress(
                anyPort(),
                TlsServerCredentials.newBuilder()
                        .keyManager(certificate.toFile(), privateKey.toFile())
                        .trustManager(clients.toFile())
                        .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                        .build()));
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    @Override
    public int port() {
        return port;
    }

    /** Of spans only: that is what it can refuse in part. */
    @Override
    public long rejected(Signal signal) {
        return signal == Signal.TRACES ? rejectedSpans.get() : 0;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public URI secureUrl() {
        return URI.create("https://127.0.0.1:" + port);
    }

    /** Answers the next requests, of any signal, one after the other; then it accepts again. */
    public FakeGrpcCollector next(Answer... answers) {
        script.addAll(List.of(answers));
        return this;
    }

    public FakeGrpcCollector next(Status status) {
        return next(new Answer.Ends(status));
    }

    /** The spans accepted, in order; repeats included. */
    @Override
    public List<Span> spans() {
        return List.copyOf(spans);
    }

    @Override
    public List<Metric> metrics() {
        return List.copyOf(metrics);
    }

    @Override
    public List<LogRecord> logs() {
        return List.copyOf(logs);
    }

    /** Per request {@code <api-key> <user-agent> <grpc-encoding>}. */
    public List<String> headers() {
        return List.copyOf(headers);
    }

    @Override
    public void close() {
        closing.countDown();
        server.shutdownNow();
    }

    private <R> void answer(StreamObserver<R> observer, Runnable store, Function<Answer.Partial, R> response) {
        Answer next = script.poll();
        switch (next == null ? ACCEPTED : next) {
            case Answer.Ends ends -> {
                if (ends.status().isOk()) {
                    accept(observer, store, response.apply(WHOLE));
                } else {
                    observer.onError(ends.status().asRuntimeException());
                }
            }
            case Answer.Partial partial -> accept(observer, store, response.apply(partial));
            case Answer.Hangs ignored -> awaitClosing();
        }
    }

    private static <R> void accept(StreamObserver<R> observer, Runnable store, R response) {
        store.run();
        observer.onNext(response);
        observer.onCompleted();
    }

    private void awaitClosing() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ExportTraceServiceResponse traces(Answer.Partial answer) {
        rejectedSpans.addAndGet(answer.rejected());
        return ExportTraceServiceResponse.newBuilder()
                .setPartialSuccess(ExportTracePartialSuccess.newBuilder()
                        .setRejectedSpans(answer.rejected())
                        .setErrorMessage(answer.message()))
                .build();
    }

    private final class Traces extends TraceServiceGrpc.TraceServiceImplBase {
        @Override
        public void export(ExportTraceServiceRequest request, StreamObserver<ExportTraceServiceResponse> observer) {
            answer(
                    observer,
                    () -> request.getResourceSpansList().forEach(resource -> resource.getScopeSpansList()
                            .forEach(scope -> spans.addAll(scope.getSpansList()))),
                    FakeGrpcCollector.this::traces);
        }
    }

    private final class Metrics extends MetricsServiceGrpc.MetricsServiceImplBase {
        @Override
        public void export(ExportMetricsServiceRequest request, StreamObserver<ExportMetricsServiceResponse> observer) {
            answer(
                    observer,
                    () -> request.getResourceMetricsList().forEach(resource -> resource.getScopeMetricsList()
                            .forEach(scope -> metrics.addAll(scope.getMetricsList()))),
                    partial -> ExportMetricsServiceResponse.getDefaultInstance());
        }
    }

    private final class Logs extends LogsServiceGrpc.LogsServiceImplBase {
        @Override
        public void export(ExportLogsServiceRequest request, StreamObserver<ExportLogsServiceResponse> observer) {
            answer(
                    observer,
                    () -> request.getResourceLogsList().forEach(resource -> resource.getScopeLogsList()
                            .forEach(scope -> logs.addAll(scope.getLogRecordsList()))),
                    partial -> ExportLogsServiceResponse.getDefaultInstance());
        }
    }

    private final class Headers implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata metadata, ServerCallHandler<Q, A> next) {
            headers.add(metadata.get(KEY) + " " + metadata.get(AGENT) + " " + metadata.get(ENCODING));
            return Contexts.interceptCall(Context.current(), call, metadata, next);
        }
    }
}
