package dev.cxotel.otelconfig.generator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cxotel.otelconfig.generator.Board.Kind;
import dev.cxotel.otelconfig.generator.Board.Panel;
import dev.cxotel.otelconfig.generator.Query.Aggregation;
import dev.cxotel.otelconfig.generator.Query.Filter;
import dev.cxotel.semconv.MetricDefinition;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Boards and triggers as Honeycomb resources in Terraform's JSON. Honeycomb answers from spans, where every measured value
 * stands under the metric's name, so percentiles are exact and every attribute can be asked for; the bridge's own metrics
 * come from the data set {@code cxotel}.
 */
final class Honeycomb {

    private static final String API_DURATION = "cxone.script.api.duration";

    private final ObjectNode root = JsonNodeFactory.instance.objectNode();
    private final ObjectNode specifications;
    private final ObjectNode queries;
    private final ObjectNode annotations;
    private final ObjectNode shares;
    private final ObjectNode boards;
    private final ObjectNode triggers;

    private Honeycomb() {
        root.put("//", Main.VALIDATED);
        root.putObject("terraform")
                .putObject("required_providers")
                .putObject("honeycombio")
                .put("source", "honeycombio/honeycombio");
        specifications = root.putObject("data").putObject("honeycombio_query_specification");
        ObjectNode resources = root.putObject("resource");
        queries = resources.putObject("honeycombio_query");
        annotations = resources.putObject("honeycombio_query_annotation");
        shares = resources.putObject("honeycombio_derived_column");
        boards = resources.putObject("honeycombio_flexible_board");
        triggers = resources.putObject("honeycombio_trigger");
    }

    static ObjectNode of(List<Board> boards, List<Alert> alerts) {
        Honeycomb honeycomb = new Honeycomb();
        boards.forEach(honeycomb::board);
        alerts.forEach(honeycomb::trigger);
        return honeycomb.root;
    }

    private void board(Board board) {
        String id = name(board.id());
        ObjectNode node = boards.putObject(id).put("name", board.title()).put("description", board.description());
        ArrayNode panels = node.putArray("panel");
        int number = 0;
        for (Panel panel : board.panels()) {
            number++;
            if (panel.kind() == Kind.LOGS) {
                continue;
            }
            for (int i = 0; i < panel.queries().size(); i++) {
                Query query = panel.queries().get(i);
                String key = id + "_" + number + (char) ('a' + i);
                specify(key, query, 7200);
                queries.putObject(key)
                        .put("dataset", dataset(query.metric()))
                        .put("query_json", "${data.honeycombio_query_specification." + key + ".json}");
                annotations
                        .putObject(key)
                        .put("dataset", dataset(query.metric()))
                        .put("query_id", "${honeycombio_query." + key + ".id}")
                        .put("name", (panel.title() + " " + query.label()).strip())
                        .put("description", panel.help());
                ObjectNode target = panels.addObject();
                target.put("type", "query");
                target.putObject("query_panel")
                        .put("query_id", "${honeycombio_query." + key + ".id}")
                        .put("query_annotation_id", "${honeycombio_query_annotation." + key + ".id}")
                        .put(
                                "query_style",
                                panel.kind() == Kind.TIMESERIES || panel.kind() == Kind.HEATMAP ? "graph" : "table");
            }
        }
    }

    /** A trigger knows one calculation: a minimum count stands in its description. */
    private void trigger(Alert alert) {
        String key = "alert_" + name(alert.id());
        Alert.Condition first = alert.conditions().getFirst();
        specify(key, first.query(), 1800);
        ObjectNode trigger = triggers.putObject(key);
        trigger.put("name", alert.title());
        trigger.put("description", alert.description());
        trigger.put("dataset", dataset(first.query().metric()));
        trigger.put("query_json", "${data.honeycombio_query_specification." + key + ".json}");
        trigger.put("frequency", 900);
        trigger.putObject("threshold")
                .put("op", first.operator().equals("!=") ? ">" : first.operator())
                .put("value", first.threshold() * scale(first.query().metric()));
    }

    private void specify(String key, Query query, int seconds) {
        ObjectNode specification = specifications.putObject(key);
        ObjectNode calculation = specification.putArray("calculation").addObject();
        String column = column(query.metric());
        switch (query.aggregation()) {
            case COUNT, RATE -> {
                if (own(query.metric()) && query.metric().instrument() == MetricDefinition.Instrument.COUNTER) {
                    calculation.put("op", "SUM").put("column", column);
                } else {
                    calculation.put("op", "COUNT");
                }
            }
            case MEAN -> calculation.put("op", "AVG").put("column", column);
            case P05, P50, P95, P99 ->
                calculation.put("op", operation(query.aggregation())).put("column", column);
            case HEATMAP -> calculation.put("op", "HEATMAP").put("column", column);
            case LAST, MAX -> calculation.put("op", "MAX").put("column", column);
            case MIN -> calculation.put("op", "MIN").put("column", column);
            case GROWTH -> calculation.put("op", "RATE_MAX").put("column", column);
            case SHARE -> {
                String alias = "cxotel_" + key;
                shares.putObject(key)
                        .put("alias", alias)
                        .put("dataset", dataset(query.metric()))
                        .put("expression", "IF(" + condition(query.part().orElseThrow()) + ", 1, 0)");
                calculation.put("op", "AVG").put("column", "${honeycombio_derived_column." + key + ".alias}");
            }
        }
        ArrayNode filters = specification.putArray("filter");
        if (!own(query.metric())) {
            filters.addObject().put("column", "meta.signal_type").put("op", "=").put("value", "trace");
            if (!query.metric().name().equals(API_DURATION)
                    && query.metric().instrument() == MetricDefinition.Instrument.HISTOGRAM) {
                filters.addObject().put("column", column).put("op", "exists");
            }
        }
        query.where().forEach(filter -> filter(filters.addObject(), filter));
        ArrayNode breakdowns = specification.putArray("breakdowns");
        query.by().forEach(breakdowns::add);
        if (query.top() > 0) {
            specification.put("limit", query.top());
            ObjectNode order = specification.putArray("order").addObject();
            order.setAll(calculation);
            order.put("order", query.worstIsLow() ? "ascending" : "descending");
        }
        specification.put("time_range", seconds);
    }

    private static void filter(ObjectNode node, Filter filter) {
        node.put("column", filter.attribute());
        if (filter.values().isEmpty()) {
            node.put("op", filter.not() ? "does-not-exist" : "exists");
        } else if (filter.values().size() == 1) {
            node.put("op", filter.not() ? "!=" : "=")
                    .put("value", filter.values().getFirst());
        } else {
            node.put("op", filter.not() ? "not-in" : "in").put("value", String.join(",", filter.values()));
        }
    }

    static String condition(Filter filter) {
        String column = "$" + filter.attribute();
        String test = filter.values().isEmpty()
                ? "EXISTS(" + column + ")"
                : filter.values().stream()
                        .map(value -> "\"" + value + "\"")
                        .collect(Collectors.joining(", ", "IN(" + column + ", ", ")"));
        return filter.not() ? "NOT(" + test + ")" : test;
    }

    private static String operation(Aggregation aggregation) {
        return switch (aggregation) {
            case P05 -> "P05";
            case P50 -> "P50";
            case P95 -> "P95";
            case P99 -> "P99";
            case COUNT, RATE, MEAN, SHARE, HEATMAP, LAST, MAX, MIN, GROWTH ->
                throw new IllegalArgumentException(aggregation.name());
        };
    }

    static boolean own(MetricDefinition metric) {
        return metric.name().startsWith("cxotel.");
    }

    static String dataset(MetricDefinition metric) {
        if (own(metric)) {
            return "cxotel";
        }
        if (metric.name().startsWith("cxone.voice")) {
            return "cxone-voice";
        }
        return metric.name().equals(API_DURATION) ? "cxone-studio" : "cxone-contact";
    }

    static String column(MetricDefinition metric) {
        return metric.name().equals(API_DURATION) ? "duration_ms" : metric.name();
    }

    private static double scale(MetricDefinition metric) {
        return metric.name().equals(API_DURATION) ? 1000 : 1;
    }

    private static String name(String id) {
        return "cxotel_" + id.replace('-', '_');
    }
}
