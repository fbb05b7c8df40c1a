package dev.cxotel.bridge.backends;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cxotel.bridge.testing.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real OpenTelemetry Collector: OTLP in over HTTP and gRPC, JSON lines and a page for Prometheus out. */
final class OtelCollector implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Peer peer;
    private final Path file;
    private final int http;
    private final int grpc;
    private final URI page;

    private OtelCollector(Peer peer, Path file, int http, int grpc, URI page) {
        this.peer = peer;
        this.file = file;
        this.http = http;
        this.grpc = grpc;
        this.page = page;
    }

    static OtelCollector start(Path program, Path directory) throws IOException {
        Files.createDirectories(directory);
        int http = Ports.free();
        int grpc = Ports.free();
        Path file = directory.resolve("received.json");
        URI page = URI.create("http://127.0.0.1:" + Ports.free() + "/metrics");
        Path config = directory.resolve("collector.yaml");
        Files.writeString(config, """
                receivers:
                  otlp: { protocols: { http: { endpoint: "127.0.0.1:%d" }, grpc: { endpoint: "127.0.0.1:%d" } } }
                exporters:
                  file: { path: "%s", flush_interval: 200ms }
                  prometheus: { endpoint: "%s", metric_expiration: 1h }
                service:
                  telemetry: { metrics: { level: none } }
                  pipelines:
                    traces: { receivers: [otlp], exporters: [file] }
                    logs: { receivers: [otlp], exporters: [file] }
                    metrics: { receivers: [otlp], exporters: [file, prometheus] }
                """.formatted(http, grpc, file, page.getAuthority()));
        Peer peer = Peer.start(directory, page, program, "--config=" + config);
        return new OtelCollector(peer, file, http, grpc, page);
    }

    URI http() {
        return URI.create("http://127.0.0.1:" + http);
    }

    URI grpc() {
        return URI.create("http://127.0.0.1:" + grpc);
    }

    /** What its Prometheus exporter shows. */
    String prometheusPage() throws IOException, InterruptedException {
        return peer.text(page);
    }

    /** Everything it has received so far: OTLP JSON requests in the order in which they came. */
    List<JsonNode> received() throws IOException {
        List<JsonNode> requests = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (line.endsWith("}")) {
                requests.add(JSON.readTree(line));
            }
        }
        return requests;
    }

    @Override
    public void close() {
        peer.close();
    }
}
