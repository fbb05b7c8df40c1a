package dev.cxotel.bridge.backends;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A real Loki with a tenant whose limits are Loki's own, and one, {@code strict}, that takes nothing older than half an hour. */
final class Loki implements AutoCloseable {

    /** The header that names the tenant. */
    static final String TENANT = "X-Scope-OrgID";

    private final Peer peer;
    private final URI base;

    private Loki(Peer peer, URI base) {
        this.peer = peer;
        this.base = base;
    }

    /**
     * One log record.
     *
     * @param fields labels and structured metadata
     */
    record Line(String text, Map<String, String> fields) {

        /** What it has under the name; empty when it has nothing. */
        String field(String name) {
            return fields.getOrDefault(name, "");
        }
    }

    static Loki start(Path program, Path directory) throws IOException {
        Files.createDirectories(directory);
        URI base = URI.create("http://127.0.0.1:" + Peer.freePort());
        Path overrides = Files.writeString(directory.resolve("overrides.yaml"), """
                overrides:
                  strict: { reject_old_samples_max_age: 30m }
                """);
        Path config = Files.writeString(directory.resolve("loki.yaml"), """
                auth_enabled: true
                analytics: { reporting_enabled: false }
                server:
                  http_listen_address: 127.0.0.1
                  http_listen_port: %d
                  grpc_listen_address: 127.0.0.1
                  grpc_listen_port: %d
                  log_level: warn
                common:
                  instance_addr: 127.0.0.1
                  instance_interface_names: [lo]
                  path_prefix: "%s"
                  replication_factor: 1
                  ring: { instance_addr: 127.0.0.1, kvstore: { store: inmemory } }
                  storage: { filesystem: { chunks_directory: "%s/chunks", rules_directory: "%s/rules" } }
                schema_config:
                  configs:
                    - { from: "2024-01-01", store: tsdb, object_store: filesystem, schema: v13, index: { prefix: index_, period: 24h } }
                ingester: { lifecycler: { min_ready_duration: 0s, final_sleep: 0s } }
                runtime_config: { file: "%s" }
                """.formatted(
                        base.getPort(), Peer.freePort(), directory, directory, directory, overrides));
        return new Loki(
                Peer.start(directory, base.resolve("/ready"), program, "-config.file=" + config, "-target=all"), base);
    }

    /** Where OTLP goes; {@code /v1/logs} is appended. */
    URI endpoint() {
        return base.resolve("/otlp");
    }

    /** The answer to a query: every record of the last day, in no order. */
    List<Line> lines(String tenant, String logQl) throws IOException, InterruptedException {
        Instant now = Instant.now();
        JsonNode answer = peer.get(
                base.resolve("/loki/api/v1/query_range?limit=5000&query=" + URLEncoder.encode(logQl, UTF_8) + "&start="
                        + now.minus(Duration.ofDays(1)).getEpochSecond() + "&end="
                        + now.plus(Duration.ofMinutes(5)).getEpochSecond()),
                TENANT,
                tenant);
        List<Line> lines = new ArrayList<>();
        for (JsonNode stream : answer.path("data").path("result")) {
            Map<String, String> fields = new HashMap<>();
            stream.path("stream")
                    .properties()
                    .forEach(
                            field -> fields.put(field.getKey(), field.getValue().asText()));
            stream.path("values")
                    .forEach(value -> lines.add(new Line(value.path(1).asText(), Map.copyOf(fields))));
        }
        return lines;
    }

    @Override
    public void close() {
        peer.close();
    }
}
