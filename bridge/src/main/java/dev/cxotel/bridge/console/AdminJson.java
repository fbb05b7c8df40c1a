package dev.cxotel.bridge.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cxotel.bridge.journal.JournalStatus;
import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.journal.Outcomes;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.journal.Quarantine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The journal's records as the admin API writes them, and the ledger read back. */
final class AdminJson {

    private AdminJson() {}

    static ObjectNode of(Ledger ledger) {
        ObjectNode json = object();
        ArrayNode subscriptions = json.putArray("subscriptions");
        for (Ledger.SubscriptionLine line : ledger.subscriptions()) {
            ObjectNode one = subscriptions
                    .addObject()
                    .put("subscription", line.subscription())
                    .put("deliveries", line.deliveries())
                    .put("accepted", line.accepted())
                    .put("empty", line.empty());
            ObjectNode refused = one.putObject("refused");
            line.refused().forEach(refused::put);
            one.put("decoded", line.decoded())
                    .put("appended", line.appended())
                    .put("duplicate", line.duplicate())
                    .put("unreadable", line.unreadable())
                    .put("revised", line.revised())
                    .put("similar", line.similar());
        }
        ArrayNode pipelines = json.putArray("pipelines");
        for (Ledger.PipelineLine line : ledger.pipelines()) {
            ObjectNode one = pipelines
                    .addObject()
                    .put("destination", line.id().destination())
                    .put("signal", line.id().signal())
                    .put("offered", line.offered());
            ArrayNode outcomes = one.putArray("outcomes");
            line.outcomes().counts().forEach((key, count) -> outcomes.addObject()
                    .put("outcome", key.outcome().configName())
                    .put("reason", key.reason())
                    .put("count", count));
            one.put("waiting", line.waiting());
        }
        return json.put("difference", ledger.difference());
    }

    static ObjectNode of(Map<String, Long> counts) {
        ObjectNode json = object();
        new TreeMap<>(counts).forEach(json::put);
        return json;
    }

    static Ledger ledger(JsonNode json) {
        List<Ledger.SubscriptionLine> subscriptions = new ArrayList<>();
        for (JsonNode line : json.path("subscriptions")) {
            Map<String, Long> refused = new HashMap<>();
            line.path("refused")
                    .properties()
                    .forEach(entry ->
                            refused.put(entry.getKey(), entry.getValue().longValue()));
            subscriptions.add(new Ledger.SubscriptionLine(
                    line.path("subscription").asText(),
                    line.path("deliveries").longValue(),
                    line.path("accepted").longValue(),
                    line.path("empty").longValue(),
                    refused,
                    line.path("decoded").longValue(),
                    line.path("appended").longValue(),
                    line.path("duplicate").longValue(),
                    line.path("unreadable").longValue(),
                    line.path("revised").longValue(),
                    line.path("similar").longValue()));
        }
        List<Ledger.PipelineLine> pipelines = new ArrayList<>();
        for (JsonNode line : json.path("pipelines")) {
            Outcomes outcomes = Outcomes.NONE;
            for (JsonNode one : line.path("outcomes")) {
                outcomes = outcomes.plus(
                        Outcome.valueOf(one.path("outcome").asText().toUpperCase(Locale.ROOT)),
                        one.path("reason").asText(),
                        one.path("count").longValue());
            }
            pipelines.add(new Ledger.PipelineLine(
                    new PipelineId(
                            line.path("destination").asText(),
                            line.path("signal").asText()),
                    line.path("offered").longValue(),
                    outcomes,
                    line.path("waiting").longValue()));
        }
        return new Ledger(subscriptions, pipelines);
    }

    static ObjectNode of(JournalStatus status) {
        ObjectNode json = object();
        ObjectNode journal =
                json.putObject("journal").put("writable", status.writable().isEmpty());
        status.writable().ifPresent(reason -> journal.put("reason", reason));
        journal.put("used_bytes", status.usedBytes())
                .put("wal_bytes", status.walBytes())
                .put("max_bytes", status.maxBytes())
                .put("last_seq", status.lastSeq())
                .put("quarantined", status.quarantined());
        ArrayNode pipelines = json.putArray("pipelines");
        status.pipelines().forEach(pipeline -> pipelines
                .addObject()
                .put("destination", pipeline.id().destination())
                .put("signal", pipeline.id().signal())
                .put("position", pipeline.position())
                .put("behind", pipeline.behind())
                .put("oldest_waiting_seconds", pipeline.oldestWaitingSeconds()));
        return json;
    }

    /** The entries; their detail may quote a payload and is there only for those who may see payloads. */
    static ObjectNode of(List<Quarantine.Entry> entries, boolean withDetail, ShownText shown) {
        ObjectNode json = object();
        ArrayNode list = json.putArray("entries");
        entries.forEach(entry -> list.add(of(entry, withDetail, shown)));
        return json;
    }

    static ObjectNode of(Quarantine.Content content, ShownText shown) {
        return of(content.entry(), true, shown)
                .put("received_at", content.delivery().receivedAt().toString())
                .put("bytes", content.body().size())
                .put("body", shown.body().apply(content.body().toUtf8()));
    }

    private static ObjectNode of(Quarantine.Entry entry, boolean withDetail, ShownText shown) {
        ObjectNode json = object().put("id", entry.id())
                .put("kind", entry.kind().configName())
                .put("at", entry.at().toString())
                .put("subscription", entry.subscription());
        entry.destination().ifPresent(pipeline -> json.put("destination", pipeline.destination())
                .put("signal", pipeline.signal()));
        entry.seq().ifPresent(seq -> json.put("seq", seq));
        json.put("index", entry.index()).put("reason", entry.reason());
        return withDetail ? json.put("detail", shown.detail().apply(entry.detail())) : json;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
