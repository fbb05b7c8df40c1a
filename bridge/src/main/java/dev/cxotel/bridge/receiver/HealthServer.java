package dev.cxotel.bridge.receiver;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cxotel.bridge.config.HealthConfig;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.JournalStatus;
import dev.cxotel.bridge.receiver.listener.Listener;
import dev.cxotel.bridge.receiver.listener.ListenerConfig;
import dev.cxotel.bridge.receiver.listener.Problem;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listener for probes and scrapes: {@code /health/live}, {@code /health/ready}, {@code /metrics}, nothing else, and
 * no payload values. Ready means that a webhook would be stored durably; a destination in trouble is a detail, since
 * taking the bridge out of service would lose what it could keep.
 */
public final class HealthServer {

    private static final Logger log = LoggerFactory.getLogger(HealthServer.class);
    private static final int MAX_CONNECTIONS = 64;
    private static final String JSON = "application/json";

    private final Listener listener;

    private HealthServer(Listener listener) {
        this.listener = listener;
    }

    /**
     * What a health listener reports.
     *
     * @param stopping whether the bridge is stopping
     * @param metrics the page of {@code /metrics}
     * @param metricsContentType of that page
     * @param details further sentences of {@code /health/ready} by subject, such as a suspected time zone
     */
    public record Sources(
            Journal journal,
            BooleanSupplier stopping,
            Supplier<String> metrics,
            String metricsContentType,
            Supplier<Map<String, String>> details) {}

    /**
     * Binds and starts to serve.
     *
     * @throws IOException when the address cannot be bound; says why
     */
    public static HealthServer start(HealthConfig config, Sources sources) throws IOException {
        return new HealthServer(Listener.start(
                ListenerConfig.of("health", config.host(), config.port(), MAX_CONNECTIONS),
                (request, response) -> answer(request, response, sources),
                status -> {}));
    }

    /** The port that is listened on. */
    public int port() {
        return listener.port();
    }

    public void stop() {
        listener.stop();
    }

    private static void answer(ServerRequest request, ServerResponse response, Sources sources) {
        Method method = request.prologue().method();
        Page page;
        if (method.equals(Method.GET) || method.equals(Method.HEAD)) {
            page = page(request.path().path(), sources);
        } else {
            response.header(HeaderNames.ALLOW, "GET, HEAD");
            page = problem(405, "method_not_allowed", "Only GET is allowed here", "Use GET.");
        }
        response.status(Status.create(page.status()));
        response.header(HeaderNames.CONTENT_TYPE, page.contentType());
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        if (method.equals(Method.HEAD)) {
            response.send();
        } else {
            response.send(page.content());
        }
    }

    private static Page page(String path, Sources sources) {
        try {
            return switch (path) {
                case "/health/live" -> new Page(200, JSON, utf8("{\"status\":\"live\"}"));
                case "/health/ready" -> ready(sources);
                case "/metrics" ->
                    new Page(
                            200,
                            sources.metricsContentType(),
                            utf8(sources.metrics().get()));
                default ->
                    problem(404, "not_found", "There is nothing here", "See /health/live, /health/ready, /metrics.");
            };
        } catch (RuntimeException e) {
            log.error("{} failed: {}", path, Incident.of(e));
            return problem(500, "internal_error", "The bridge failed", "The bridge's log says more.");
        }
    }

    private static Page ready(Sources sources) {
        JournalStatus status = sources.journal().status();
        boolean stopping = sources.stopping().getAsBoolean();
        boolean ready = status.writable().isEmpty() && !stopping;
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        page.put("status", ready ? "ready" : "not_ready").put("stopping", stopping);
        ObjectNode journal = page.putObject("journal");
        journal.put("writable", status.writable().isEmpty());
        status.writable().ifPresent(reason -> journal.put("reason", reason));
        journal.put("used_bytes", status.usedBytes()).put("max_bytes", status.maxBytes());
        journal.put("quarantined", status.quarantined());
        ArrayNode pipelines = page.putArray("pipelines");
        status.pipelines().forEach(pipeline -> pipelines
                .addObject()
                .put("destination", pipeline.id().destination())
                .put("signal", pipeline.id().signal())
                .put("behind", pipeline.behind())
                .put("oldest_waiting_seconds", pipeline.oldestWaitingSeconds()));
        ObjectNode details = page.putObject("details");
        sources.details().get().forEach(details::put);
        return new Page(ready ? 200 : 503, JSON, utf8(page.toString()));
    }

    private static Page problem(int status, String reason, String title, String detail) {
        return new Page(status, Problem.CONTENT_TYPE, new Problem(status, reason, title, detail).toJson());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @SuppressWarnings("ArrayRecordComponent") // goes straight into the response, is never compared
    private record Page(int status, String contentType, byte[] content) {}
}
