package dev.cxotel.bridge.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.JournalCheck;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.Operations;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.journal.Quarantine;
import dev.cxotel.bridge.replay.QuarantineReplay;
import dev.cxotel.bridge.replay.Replayed;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The calls of an operator on the journal: quarantine, replays, check and backup. */
public final class OperatorCalls {

    private static final int MOST = 100_000;
    private static final String ALL = "all";

    private final Journal journal;
    private final QuarantineReplay replay;
    private final boolean running;

    /** @param running whether pipelines run, so that what is queued leaves now */
    public OperatorCalls(Journal journal, QuarantineReplay replay, boolean running) {
        this.running = running;
        this.journal = journal;
        this.replay = replay;
    }

    /** The changing calls by path. */
    public Map<String, AdminAction> changes() {
        return Map.of(
                "quarantine/replay", this::replayEntries,
                "quarantine/drop", this::dropEntries,
                "replay", this::replayRange,
                "journal/backup", this::backup);
    }

    /** The reading calls by path. */
    public Map<String, AdminAction> readings() {
        return Map.of("replay", parameters -> replays(), "journal/check", parameters -> check());
    }

    private String replayEntries(Map<String, String> parameters) throws JournalException, RefusedCallException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode ends = json.putArray("entries");
        int left = 0;
        for (long id : ids(parameters)) {
            Replayed end = replay.replay(id);
            ObjectNode one = ends.addObject().put("id", end.id());
            end.kind().ifPresent(kind -> one.put("kind", kind.configName()));
            one.put("result", end.result())
                    .put("left", end.left())
                    .put("appended", end.appended())
                    .put("detail", end.detail());
            left += end.left() && !end.result().equals("gone") ? 1 : 0;
        }
        audit(parameters, "quarantine replay", left);
        return json.put("replayed", left).toString();
    }

    private String dropEntries(Map<String, String> parameters) throws JournalException, RefusedCallException {
        long dropped = 0;
        for (long id : ids(parameters)) {
            dropped += journal.operations().drop(id) ? 1 : 0;
        }
        audit(parameters, "quarantine drop", dropped);
        return JsonNodeFactory.instance.objectNode().put("dropped", dropped).toString();
    }

    /** The oldest first, as they came. */
    private List<Long> ids(Map<String, String> parameters) throws JournalException, RefusedCallException {
        if (parameters.containsKey(ALL)) {
            return journal.quarantine().list(MOST).stream()
                    .map(Quarantine.Entry::id)
                    .sorted()
                    .toList();
        }
        String ids = parameters.getOrDefault("ids", "");
        if (!ids.matches("\\d{1,18}(,\\d{1,18})*")) {
            throw new RefusedCallException("Name the entries, ids=1,2,3, or say all=true.");
        }
        return List.of(ids.split(",", -1)).stream()
                .map(Long::valueOf)
                .distinct()
                .sorted()
                .toList();
    }

    private String replayRange(Map<String, String> parameters) throws JournalException, RefusedCallException {
        Instant from = instant(parameters, "from");
        Instant to = instant(parameters, "to");
        if (!from.isBefore(to)) {
            throw new RefusedCallException("from is not before to.");
        }
        List<Operations.Replay> begun = new ArrayList<>();
        for (PipelineId pipeline : pipelines(parameters)) {
            journal.operations()
                    .replay(pipeline, from, to, parameters.getOrDefault(AdminAction.WHO, ""))
                    .ifPresent(begun::add);
        }
        audit(
                parameters,
                "replay",
                begun.stream().mapToLong(Operations.Replay::total).sum());
        return json(begun);
    }

    private Set<PipelineId> pipelines(Map<String, String> parameters) throws RefusedCallException {
        String destination = parameters.getOrDefault("destination", "");
        if (destination.isEmpty() && !parameters.containsKey("all_destinations")) {
            throw new RefusedCallException("Name a destination, or say all_destinations=true.");
        }
        List<String> signals =
                List.of(parameters.getOrDefault("signals", "traces,logs").split(",", -1));
        for (String signal : signals) {
            if (!Set.of("traces", "metrics", "logs").contains(signal)) {
                throw new RefusedCallException("A signal is traces, metrics or logs, not " + signal + ".");
            }
        }
        Set<PipelineId> chosen = new LinkedHashSet<>();
        journal.status().pipelines().stream()
                .map(status -> status.id())
                .filter(id -> signals.contains(id.signal()))
                .filter(id -> destination.isEmpty() || id.destination().equals(destination))
                .forEach(chosen::add);
        if (chosen.isEmpty()) {
            throw new RefusedCallException("There is no pipeline of these signals"
                    + (destination.isEmpty() ? "." : " to " + destination + "."));
        }
        return chosen;
    }

    private static Instant instant(Map<String, String> parameters, String name) throws RefusedCallException {
        try {
            return Instant.parse(parameters.getOrDefault(name, ""));
        } catch (DateTimeException e) {
            throw new RefusedCallException(name + " is a time such as 2026-01-31T13:00:00Z.");
        }
    }

    private String replays() throws JournalException {
        return json(journal.operations().replays());
    }

    private String check() throws JournalException {
        JournalCheck check = journal.operations().check();
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("sound", check.isSound());
        ArrayNode problems = json.putArray("problems");
        check.problems().forEach(problems::add);
        return json.put("deliveries", check.deliveries())
                .put("events", check.events())
                .put("damaged_bodies", check.damagedBodies())
                .put("orphans", check.orphans())
                .put("lost", check.lost())
                .put("ledger_difference", check.ledgerDifference())
                .toString();
    }

    private String backup(Map<String, String> parameters) throws JournalException, RefusedCallException {
        Path to;
        try {
            to = Path.of(parameters.getOrDefault("to", ""));
        } catch (InvalidPathException e) {
            throw new RefusedCallException("to is a path.");
        }
        if (!to.isAbsolute()) {
            throw new RefusedCallException("to is an absolute path.");
        }
        long bytes;
        try {
            bytes = journal.operations().backup(to);
        } catch (JournalException e) {
            throw new RefusedCallException(String.valueOf(e.getMessage()));
        }
        audit(parameters, "journal backup", 1);
        return JsonNodeFactory.instance
                .objectNode()
                .put("file", to.toString())
                .put("bytes", bytes)
                .toString();
    }

    private void audit(Map<String, String> parameters, String action, long count) throws JournalException {
        StringBuilder detail = new StringBuilder();
        parameters.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(AdminAction.WHO))
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> detail.append(detail.isEmpty() ? "" : " ").append(entry));
        journal.operations().audit(parameters.getOrDefault(AdminAction.WHO, ""), action, detail.toString(), count);
    }

    private String json(List<Operations.Replay> replays) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("running", running);
        ArrayNode list = json.putArray("replays");
        replays.forEach(replay -> list.addObject()
                .put("id", replay.id())
                .put("destination", replay.pipeline().destination())
                .put("signal", replay.pipeline().signal())
                .put("from", replay.from().toString())
                .put("to", replay.to().toString())
                .put("total", replay.total())
                .put("offered", replay.offered())
                .put("waiting", replay.waiting())
                .put("complete", replay.complete()));
        return json.toString();
    }
}
