package dev.cxotel.bridge.backends;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cxotel.bridge.testing.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** A real Prometheus 3 that takes OTLP. */
final class Prometheus implements AutoCloseable {

    private final Peer peer;
    private final URI base;

    private Prometheus(Peer peer, URI base) {
        this.peer = peer;
        this.base = base;
    }

    static Prometheus start(Path program, Path directory) throws IOException {
        Files.createDirectories(directory);
        Path config = directory.resolve("prometheus.yml");
        Files.writeString(config, """
                global: { scrape_interval: 1h }
                storage: { tsdb: { out_of_order_time_window: 10m } }
                """);
        URI base = URI.create("http://127.0.0.1:" + Ports.free());
        Peer peer = Peer.start(
                directory,
                base.resolve("/-/ready"),
                program,
                "--config.file=" + config,
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--web.listen-address=" + base.getAuthority(),
                "--web.enable-otlp-receiver");
        return new Prometheus(peer, base);
    }

    /** Where OTLP goes; {@code /v1/metrics} is appended. */
    URI endpoint() {
        return base.resolve("/api/v1/otlp");
    }

    /** The answer to an instant query: a value per set of labels, these as {@code name=value} in their order. */
    Map<String, Double> query(String promQl, Instant at) throws IOException, InterruptedException {
        JsonNode answer = peer.get(base.resolve(
                "/api/v1/query?query=" + URLEncoder.encode(promQl, UTF_8) + "&time=" + at.toEpochMilli() / 1000.0));
        Map<String, Double> values = new TreeMap<>();
        for (JsonNode result : answer.path("data").path("result")) {
            Map<String, String> labels = new TreeMap<>();
            result.path("metric")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asText()));
            StringBuilder key = new StringBuilder();
            labels.forEach((name, value) -> key.append(key.isEmpty() ? "" : ",")
                    .append(name)
                    .append('=')
                    .append(value));
            values.put(
                    key.toString(), Double.valueOf(result.path("value").path(1).asText()));
        }
        return values;
    }

    /** The answer to a query that has one at most. */
    OptionalDouble number(String promQl, Instant at) throws IOException, InterruptedException {
        return query(promQl, at).values().stream().mapToDouble(value -> value).findFirst();
    }

    /** When the series of the selector that spoke last did so, as seen at a time. */
    Instant newest(String selector, Instant at) throws IOException, InterruptedException {
        double seconds = number("max(timestamp(" + selector + "))", at).orElse(0);
        return Instant.ofEpochMilli(Math.round(seconds * 1000));
    }

    @Override
    public void close() {
        peer.close();
    }
}
