package dev.cxotel.bridge.console;

import dev.cxotel.bridge.config.AdminConfig;
import dev.cxotel.bridge.config.Loopback;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.receiver.listener.Listener;
import dev.cxotel.bridge.receiver.listener.ListenerConfig;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The admin API: {@code GET /api/v1/ledger}, {@code /api/v1/status}, {@code /api/v1/preview}, {@code /api/v1/quarantine}, {@code
 * /api/v1/quarantine/{id}} and {@code /api/v1/diagnose}, and changing calls with POST. Payload content and changing calls need the token of {@code
 * admin.json}, on loopback too; on any other address everything does.
 */
public final class AdminServer {

    private static final Logger log = LoggerFactory.getLogger(AdminServer.class);
    private static final String API = "/api/v1/";
    private static final int MAX_CONNECTIONS = 64;
    private static final int TOKEN_BYTES = 32;

    private final AdminConfig config;
    private final Path directory;
    private final String token;
    private final AdminCalls calls;
    private final Listener listener;

    /**
     * What the API speaks about.
     *
     * @param actions the changing calls by path below {@code /api/v1/}
     * @param readings further reading calls by path; they need the token
     * @param shown turns text of a payload into what an operator may see of it
     * @param preview what the built-in preview holds, counted; empty when there is none
     */
    public record Sources(
            Journal journal,
            String version,
            Map<String, AdminAction> actions,
            Map<String, AdminAction> readings,
            ShownText shown,
            Supplier<Map<String, Long>> preview,
            InstantSource clock) {
        public Sources {
            actions = Map.copyOf(actions);
            readings = Map.copyOf(readings);
        }

        /** Sources without further calls and preview. */
        public Sources(Journal journal, String version, Map<String, AdminAction> actions, InstantSource clock) {
            this(journal, version, actions, Map.of(), ShownText.RAW, Map::of, clock);
        }
    }

    private AdminServer(AdminConfig config, Path directory, Sources sources, String token) throws IOException {
        this.config = config;
        this.directory = directory;
        this.token = token;
        this.calls = new AdminCalls(directory, sources);
        this.listener = Listener.start(
                ListenerConfig.of("admin", config.host(), config.port(), MAX_CONNECTIONS), this::handle, status -> {});
    }

    /**
     * Binds, starts to serve and writes {@code admin.json} into {@code directory}, the journal's own.
     *
     * @throws IOException when the address cannot be bound or the file not be written; nothing listens then
     */
    public static AdminServer start(AdminConfig config, Path directory, Sources sources, SecureRandom random)
            throws IOException {
        byte[] secret = new byte[TOKEN_BYTES];
        random.nextBytes(secret);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        AdminServer admin = new AdminServer(config, directory, sources, token);
        try {
            admin.file().write(directory);
        } catch (IOException e) {
            admin.listener.stop();
            throw e;
        }
        return admin;
    }

    /** The port that is listened on. */
    public int port() {
        return listener.port();
    }

    /** Closes the address and removes {@code admin.json}. */
    public void stop() {
        try {
            file().remove(directory);
        } catch (IOException e) {
            log.warn("{} could not be removed: {}", AdminFile.in(directory), e.toString());
        }
        listener.stop();
    }

    private AdminFile file() {
        String host = config.host();
        String reachable = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
        String literal = reachable.contains(":") && !reachable.startsWith("[") ? "[" + reachable + "]" : reachable;
        return new AdminFile(
                URI.create("http://" + literal + ":" + listener.port()),
                token,
                ProcessHandle.current().pid());
    }

    private void handle(ServerRequest request, ServerResponse response) {
        AdminReply reply;
        try {
            reply = answer(request);
        } catch (JournalException e) {
            log.warn("the admin API could not read the journal: {}", e.toString());
            reply = AdminReply.problem(503, "journal_unavailable", "The journal cannot be read just now.");
        } catch (IOException | RuntimeException e) {
            log.error("the admin API failed", e);
            reply = AdminReply.problem(500, "internal_error", "The bridge's log says more.");
        }
        response.status(Status.create(reply.status()));
        response.header(HeaderNames.CONTENT_TYPE, reply.contentType());
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        response.header(HeaderNames.create("X-Content-Type-Options"), "nosniff");
        switch (reply.status()) {
            case 401 -> response.header(HeaderNames.WWW_AUTHENTICATE, "Bearer realm=\"cxotel admin\"");
            case 405 -> response.header(HeaderNames.ALLOW, "GET");
            default -> {}
        }
        response.send(reply.json().getBytes(StandardCharsets.UTF_8));
    }

    private AdminReply answer(ServerRequest request) throws JournalException, IOException {
        Visitor visitor = new Visitor(
                header(request, HeaderNames.HOST),
                header(request, HeaderNames.ORIGIN),
                header(request, HeaderNames.AUTHORIZATION));
        if (!visitor.asksForUs(config)) {
            return AdminReply.problem(
                    421, "foreign_host", "The Host is neither a loopback name nor in admin.allowed_hosts.");
        }
        if (!visitor.isAtHome()) {
            return AdminReply.problem(403, "foreign_origin", "Pages of another origin may not call this API.");
        }
        String path = request.path().path();
        if (!path.startsWith(API)) {
            return AdminReply.problem(404, "not_found", "The API is at " + API + ".");
        }
        boolean trusted = visitor.shows(token);
        if (!trusted && !Loopback.is(config.host())) {
            return AdminCalls.unauthorized();
        }
        String call = path.substring(API.length());
        Method method = request.prologue().method();
        if (method.equals(Method.GET)) {
            return calls.read(call, query(request), trusted);
        }
        return trusted
                ? calls.change(
                        method.text(),
                        call,
                        query(request),
                        request.remotePeer().host())
                : AdminCalls.unauthorized();
    }

    private static Map<String, String> query(ServerRequest request) {
        Map<String, String> query = new HashMap<>();
        request.query().toMap().forEach((name, values) -> query.put(name, values.isEmpty() ? "" : values.getFirst()));
        return query;
    }

    private static Optional<String> header(ServerRequest request, HeaderName name) {
        return request.headers().contains(name)
                ? Optional.of(request.headers().get(name).get())
                : Optional.empty();
    }
}
