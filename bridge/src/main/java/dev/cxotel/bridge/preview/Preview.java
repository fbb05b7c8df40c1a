package dev.cxotel.bridge.preview;

import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The OTLP/HTTP endpoint of the preview: {@code POST /v1/traces}, {@code /v1/metrics} and {@code /v1/logs}, binary
 * protobuf, plain or gzip. Answers as an OTLP backend does: 200 with an empty response, 400 for what is no protobuf,
 * 405, 413 and 415.
 */
public final class Preview implements AutoCloseable {

    /** The most bytes of a request after decompression. */
    static final int MAX_BODY = 32 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Preview.class);
    private static final String PROTOBUF = "application/x-protobuf";

    private final HttpServer server;
    private final ExecutorService threads;
    private final PreviewStore store;

    private Preview(HttpServer server, ExecutorService threads, PreviewStore store) {
        this.server = server;
        this.threads = threads;
        this.store = store;
    }

    /**
     * Listens at {@code address}; port 0 takes a free one.
     *
     * @throws IOException when the address cannot be bound
     */
    public static Preview start(InetSocketAddress address, PreviewStore store) throws IOException {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        HttpServer server = HttpServer.create(address, 0);
        server.setExecutor(threads);
        Preview preview = new Preview(server, threads, store);
        server.createContext(
                "/v1/traces",
                exchange -> preview.answer(exchange, body -> store.addSpans(OtlpRequest.spans(body), body.length)));
        server.createContext(
                "/v1/logs",
                exchange -> preview.answer(exchange, body -> store.addLogs(OtlpRequest.logs(body), body.length)));
        server.createContext(
                "/v1/metrics", exchange -> preview.answer(exchange, body -> store.addPoints(OtlpRequest.points(body))));
        server.start();
        return preview;
    }

    /** The base URL for an OTLP exporter. */
    public URI endpoint() {
        InetSocketAddress address = server.getAddress();
        return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort());
    }

    public PreviewStore store() {
        return store;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    private interface Signal {
        void take(byte[] body) throws InvalidProtocolBufferException;
    }

    private void answer(HttpExchange exchange, Signal signal) throws IOException {
        try (exchange) {
            int status = status(exchange, signal);
            exchange.getResponseHeaders().set("Content-Type", PROTOBUF);
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private static int status(HttpExchange exchange, Signal signal) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            exchange.getResponseHeaders().set("Allow", "POST");
            return 405;
        }
        String type = header(exchange, "Content-Type");
        String encoding = header(exchange, "Content-Encoding");
        boolean gzip = encoding.equals("gzip");
        if (!type.startsWith(PROTOBUF) || !(gzip || encoding.isEmpty() || encoding.equals("identity"))) {
            return drained(exchange, 415);
        }
        try (InputStream body = gzip ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
            byte[] content = body.readNBytes(MAX_BODY + 1);
            if (content.length > MAX_BODY) {
                return 413;
            }
            signal.take(content);
            return 200;
        } catch (InvalidProtocolBufferException | java.util.zip.ZipException | java.io.EOFException e) {
            LOG.debug(
                    "the preview cannot read a request to {}",
                    exchange.getRequestURI().getPath(),
                    e);
            return 400;
        }
    }

    private static int drained(HttpExchange exchange, int status) throws IOException {
        exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
        return status;
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value.trim();
    }
}
