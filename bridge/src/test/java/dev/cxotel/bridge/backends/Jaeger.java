package dev.cxotel.bridge.backends;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cxotel.bridge.testing.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real Jaeger 2 with its traces in memory. */
final class Jaeger implements AutoCloseable {

    private final Peer peer;
    private final URI query;
    private final int http;
    private final int grpc;

    private Jaeger(Peer peer, URI query, int http, int grpc) {
        this.peer = peer;
        this.query = query;
        this.http = http;
        this.grpc = grpc;
    }

    static Jaeger start(Path program, Path directory) throws IOException {
        Files.createDirectories(directory);
        int http = Ports.free();
        int grpc = Ports.free();
        URI query = URI.create("http://127.0.0.1:" + Ports.free());
        Path config = directory.resolve("jaeger.yaml");
        Files.writeString(config, """
                service:
                  extensions: [jaeger_storage, jaeger_query]
                  pipelines:
                    traces: { receivers: [otlp], exporters: [jaeger_storage_exporter] }
                  telemetry: { metrics: { level: none } }
                extensions:
                  jaeger_storage: { backends: { memory: { memory: { max_traces: 1000000 } } } }
                  jaeger_query:
                    storage: { traces: memory }
                    http: { endpoint: "%s" }
                    grpc: { endpoint: "127.0.0.1:%d" }
                receivers:
                  otlp: { protocols: { http: { endpoint: "127.0.0.1:%d" }, grpc: { endpoint: "127.0.0.1:%d" } } }
                exporters:
                  jaeger_storage_exporter: { trace_storage: memory }
                """.formatted(query.getAuthority(), Ports.free(), http, grpc));
        Peer peer = Peer.start(directory, query.resolve("/api/services"), program, "--config=" + config);
        return new Jaeger(peer, query, http, grpc);
    }

    URI http() {
        return URI.create("http://127.0.0.1:" + http);
    }

    URI grpc() {
        return URI.create("http://127.0.0.1:" + grpc);
    }

    /** The services that it has heard of. */
    List<String> services() throws IOException, InterruptedException {
        List<String> services = new ArrayList<>();
        peer.get(query.resolve("/api/services")).path("data").forEach(name -> services.add(name.asText()));
        return services;
    }

    /** The newest traces with a span of the service, each with all its spans and the services of its processes. */
    List<JsonNode> traces(String service, int limit) throws IOException, InterruptedException {
        List<JsonNode> traces = new ArrayList<>();
        peer.get(query.resolve("/api/traces?service=" + service + "&lookback=48h&limit=" + limit))
                .path("data")
                .forEach(traces::add);
        return traces;
    }

    @Override
    public void close() {
        peer.close();
    }
}
