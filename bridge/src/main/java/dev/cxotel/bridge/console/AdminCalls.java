package dev.cxotel.bridge.console;

import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.Quarantine;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls of the admin API, whoever makes them: the listener for those of others, a command for its own when no bridge
 * runs. Each changing call is in {@code audit.log} before it is made and after it ended.
 */
public final class AdminCalls {

    private static final Logger log = LoggerFactory.getLogger(AdminCalls.class);

    private static final String QUARANTINE = "quarantine";
    private static final int MOST_ENTRIES = 20_000;
    private static final int LISTED_ENTRIES = 100;

    private final AdminServer.Sources sources;
    private final AuditLog audit;

    /** @param directory the journal's own */
    public AdminCalls(Path directory, AdminServer.Sources sources) {
        this.sources = sources;
        this.audit = new AuditLog(directory, sources.clock());
    }

    /**
     * Makes a call without a listener.
     *
     * @param call a path below {@code /api/v1/} with its query
     * @param who for the audit record
     */
    public AdminAnswer call(String method, String call, String who) throws IOException {
        int mark = call.indexOf('?');
        String path = mark < 0 ? call : call.substring(0, mark);
        Map<String, String> query = mark < 0 ? Map.of() : query(call.substring(mark + 1));
        AdminReply reply;
        try {
            reply = method.equals("GET") ? read(path, query, true) : change(method, path, query, who);
        } catch (JournalException e) {
            return new AdminAnswer.Refused(503, String.valueOf(e.getMessage()));
        }
        return reply.status() < 400
                ? new AdminAnswer.Ok(reply.json())
                : new AdminAnswer.Refused(reply.status(), reply.detail());
    }

    private static Map<String, String> query(String text) {
        Map<String, String> query = new HashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.putIfAbsent(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    /** @param trusted whether the caller has shown the token and may see payload values */
    AdminReply read(String call, Map<String, String> query, boolean trusted) throws JournalException {
        return switch (call) {
            case "ledger" -> AdminReply.ok(AdminJson.of(sources.journal().ledger()));
            case "status" ->
                AdminReply.ok(AdminJson.of(sources.journal().status()).put("version", sources.version()));
            case "preview" -> AdminReply.ok(AdminJson.of(sources.preview().get()));
            case QUARANTINE ->
                AdminReply.ok(
                        AdminJson.of(sources.journal().quarantine().list(limit(query)), trusted, sources.shown()));
            default ->
                call.startsWith(QUARANTINE + "/")
                        ? content(call.substring(QUARANTINE.length() + 1), query, trusted)
                        : further(call, query, trusted);
        };
    }

    private AdminReply further(String call, Map<String, String> query, boolean trusted) throws JournalException {
        AdminAction reading = sources.readings().get(call);
        if (reading == null) {
            return AdminReply.problem(404, "not_found", "There is no such call.");
        }
        if (!trusted) {
            return unauthorized();
        }
        try {
            return new AdminReply(200, reading.run(query));
        } catch (JournalException | RuntimeException e) {
            throw e;
        } catch (RefusedCallException e) {
            return AdminReply.problem(422, "refused", String.valueOf(e.getMessage()));
        } catch (Exception e) {
            log.error("the call {} failed", call, e);
            return AdminReply.problem(500, "internal_error", "The bridge's log says more.");
        }
    }

    /** With {@code raw=true} the entry as it was received, which is logged. */
    private AdminReply content(String id, Map<String, String> query, boolean trusted) throws JournalException {
        if (!trusted) {
            return unauthorized();
        }
        if (!id.matches("\\d{1,18}")) {
            return AdminReply.problem(404, "not_found", "An entry has a number.");
        }
        Optional<Quarantine.Content> content = sources.journal().quarantine().show(Long.parseLong(id));
        boolean raw = "true".equals(query.get("raw"));
        if (raw && content.isPresent()) {
            log.info("quarantine entry {} is shown as it was received", id);
        }
        ShownText shown = raw ? ShownText.RAW : sources.shown();
        return content.map(found -> AdminReply.ok(AdminJson.of(found, shown)))
                .orElseGet(() -> AdminReply.problem(404, "not_found", "There is no such entry."));
    }

    AdminReply change(String method, String call, Map<String, String> parameters, String who) throws IOException {
        AdminAction action = sources.actions().get(call);
        if (!method.equals("POST") || action == null) {
            return AdminReply.problem(
                    method.equals("POST") ? 404 : 405, "not_found", "There is no such changing call.");
        }
        String name = "POST /api/v1/" + call;
        audit.add(name, parameters, who, "begun");
        Map<String, String> given = new HashMap<>(parameters);
        given.put(AdminAction.WHO, who);
        try {
            String json = action.run(Map.copyOf(given));
            audit.add(name, parameters, who, "done");
            return new AdminReply(200, json);
        } catch (RefusedCallException e) {
            audit.add(name, parameters, who, "refused");
            return AdminReply.problem(422, "refused", String.valueOf(e.getMessage()));
        } catch (Exception e) {
            audit.add(name, parameters, who, "failed");
            log.error("the changing call {} failed", call, e);
            return AdminReply.problem(
                    500, "internal_error", "The change was not made, or not all of it; the bridge's log says more.");
        }
    }

    static AdminReply unauthorized() {
        return AdminReply.problem(
                401,
                "unauthorized",
                "Show the token of admin.json in the journal's directory: Authorization: Bearer …");
    }

    private static int limit(Map<String, String> query) {
        String wanted = query.getOrDefault("limit", "");
        return wanted.matches("\\d{1,6}") ? Math.clamp(Integer.parseInt(wanted), 1, MOST_ENTRIES) : LISTED_ENTRIES;
    }
}
