package dev.cxotel.bridge.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cxotel.bridge.cli.terminal.Printable;
import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.journal.Outcomes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The ledger as a person or a program reads it: each line's two sides, their parts and their difference. */
final class LedgerReport {

    private final Ledger ledger;

    LedgerReport(Ledger ledger) {
        this.ledger = ledger;
    }

    String table() {
        List<List<String>> deliveries =
                rows("DELIVERIES", "RECEIVED", "ACCEPTED", "EMPTY", "REFUSED", "DIFFERENCE", "REFUSED FOR");
        List<List<String>> events =
                rows("EVENTS", "DECODED", "APPENDED", "DUPLICATE", "UNREADABLE", "DIFFERENCE", "OF APPENDED");
        for (Ledger.SubscriptionLine line : ledger.subscriptions()) {
            deliveries.add(cells(
                    line.subscription(),
                    line.deliveries(),
                    line.accepted(),
                    line.empty(),
                    line.refused().values().stream().mapToLong(Long::longValue).sum(),
                    line.deliveryDifference(),
                    counts(new TreeMap<>(line.refused()))));
            events.add(cells(
                    line.subscription(),
                    line.decoded(),
                    line.appended(),
                    line.duplicate(),
                    line.unreadable(),
                    line.eventDifference(),
                    "revised " + line.revised() + ", similar " + line.similar()));
        }
        List<List<String>> pipelines = rows("PIPELINES", "OFFERED", "ENDED", "WAITING", "DIFFERENCE", "ENDED AS");
        for (Ledger.PipelineLine line : ledger.pipelines()) {
            pipelines.add(cells(
                    line.id().toString(),
                    line.offered(),
                    line.outcomes().total(),
                    line.waiting(),
                    line.difference(),
                    counts(outcomes(line.outcomes()))));
        }
        return aligned(deliveries) + "\n" + aligned(events) + "\n" + aligned(pipelines) + "\n"
                + (ledger.difference() == 0
                        ? "The books close.\n"
                        : "THE BOOKS DO NOT CLOSE: the differences sum up to " + ledger.difference() + ".\n");
    }

    String json() {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        ArrayNode subscriptions = all.putArray("subscriptions");
        for (Ledger.SubscriptionLine line : ledger.subscriptions()) {
            ObjectNode one = subscriptions.addObject();
            one.put("subscription", line.subscription())
                    .put("deliveries", line.deliveries())
                    .put("accepted", line.accepted())
                    .put("empty", line.empty());
            ObjectNode refused = one.putObject("refused");
            new TreeMap<>(line.refused()).forEach(refused::put);
            one.put("decoded", line.decoded())
                    .put("appended", line.appended())
                    .put("duplicate", line.duplicate())
                    .put("unreadable", line.unreadable())
                    .put("revised", line.revised())
                    .put("similar", line.similar())
                    .put("difference", Math.abs(line.deliveryDifference()) + Math.abs(line.eventDifference()));
        }
        ArrayNode pipelines = all.putArray("pipelines");
        for (Ledger.PipelineLine line : ledger.pipelines()) {
            ObjectNode one = pipelines.addObject();
            one.put("destination", line.id().destination())
                    .put("signal", line.id().signal())
                    .put("offered", line.offered());
            ObjectNode outcomes = one.putObject("outcomes");
            outcomes(line.outcomes()).forEach(outcomes::put);
            one.put("waiting", line.waiting()).put("difference", line.difference());
        }
        all.put("difference", ledger.difference());
        return all.toPrettyString() + "\n";
    }

    /** Counts by outcome, the reason after a colon. */
    private static Map<String, Long> outcomes(Outcomes outcomes) {
        Map<String, Long> counts = new TreeMap<>();
        outcomes.counts()
                .forEach((key, count) -> counts.put(
                        key.outcome().configName() + (key.reason().isEmpty() ? "" : ":" + key.reason()), count));
        return counts;
    }

    private static String counts(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private static List<List<String>> rows(Object... heads) {
        return new ArrayList<>(List.of(cells(heads)));
    }

    private static List<String> cells(Object... values) {
        return List.of(values).stream()
                .map(value -> Printable.of(value.toString()))
                .toList();
    }

    /** The first and the last column to the left, numbers to the right. */
    private static String aligned(List<List<String>> rows) {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                int index = column;
                int width = rows.stream()
                        .mapToInt(other -> other.get(index).length())
                        .max()
                        .orElse(0);
                boolean left = column == 0 || column == row.size() - 1;
                String cell = row.get(column);
                String padding = " ".repeat(width - cell.length());
                line.append(left ? cell + padding : padding + cell).append("  ");
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
