package dev.cxotel.otelconfig.generator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cxotel.otelconfig.generator.Board.Kind;
import dev.cxotel.otelconfig.generator.Board.Panel;
import java.util.List;

/** A board as Datadog's dashboard JSON, to be imported or sent to its API. */
final class DatadogBoard {

    private static final String TENANT = "cxone.business_unit.id";

    private DatadogBoard() {}

    static ObjectNode of(Board board) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("title", board.title());
        root.put("description", Main.NOT_RUN + " " + board.description());
        root.put("layout_type", "ordered");
        ArrayNode groups = root.putArray("widgets");
        for (Board.Row row : board.rows()) {
            ObjectNode group = groups.addObject().putObject("definition");
            group.put("type", "group").put("layout_type", "ordered").put("title", row.title());
            ArrayNode widgets = group.putArray("widgets");
            row.panels().forEach(panel -> widget(widgets.addObject().putObject("definition"), panel));
        }
        root.putArray("template_variables")
                .addObject()
                .put("name", "business_unit")
                .put("prefix", TENANT)
                .putArray("defaults")
                .add("*");
        return root;
    }

    private static void widget(ObjectNode definition, Panel panel) {
        definition.put("title", panel.title());
        definition.put("type", type(panel.kind()));
        ArrayNode requests = definition.putArray("requests");
        switch (panel.kind()) {
            case LOGS -> {
                ObjectNode request = requests.addObject().put("response_format", "event_list");
                request.putObject("query")
                        .put("data_source", "logs_stream")
                        .put("query_string", "@event.name:" + panel.events().orElse(""))
                        .putArray("indexes");
                ArrayNode columns = request.putArray("columns");
                columns.addObject().put("field", "timestamp").put("width", "auto");
                columns.addObject().put("field", "content").put("width", "full");
            }
            case HEATMAP -> {
                Query query = panel.queries().getFirst();
                requests.addObject()
                        .put("request_type", "histogram")
                        .putObject("query")
                        .put("data_source", "metrics")
                        .put("name", "a")
                        .put("query", queries(query).parts().getFirst());
            }
            case TIMESERIES, STAT, TABLE, BAR ->
                panel.queries().forEach(query -> request(requests.addObject(), query, panel.kind()));
        }
    }

    private static void request(ObjectNode request, Query query, Kind kind) {
        boolean series = kind == Kind.TIMESERIES;
        request.put("response_format", series ? "timeseries" : "scalar");
        DatadogQueries text = queries(query);
        ArrayNode parts = request.putArray("queries");
        for (int i = 0; i < text.parts().size(); i++) {
            ObjectNode part = parts.addObject();
            part.put("data_source", "metrics");
            part.put("name", String.valueOf((char) ('a' + i)));
            part.put("query", text.parts().get(i));
            if (!series) {
                part.put("aggregator", aggregator(query));
            }
        }
        ObjectNode formula = request.putArray("formulas").addObject();
        formula.put("formula", text.formula());
        if (!query.label().isEmpty()) {
            formula.put("alias", query.label());
        }
        if (query.top() > 0) {
            formula.putObject("limit").put("count", query.top()).put("order", query.worstIsLow() ? "asc" : "desc");
        }
        if (series) {
            request.put("display_type", query.aggregation() == Query.Aggregation.COUNT ? "bars" : "line");
        }
    }

    private static DatadogQueries queries(Query query) {
        return DatadogQueries.of(
                query, Vocabulary.carries(query.metric(), TENANT) ? List.of("$business_unit") : List.of());
    }

    private static String aggregator(Query query) {
        return switch (query.aggregation()) {
            case COUNT, SHARE -> "sum";
            case RATE, MEAN -> "avg";
            case P05, P50, P95, P99 -> "percentile";
            case LAST, HEATMAP -> "last";
            case MAX, GROWTH -> "max";
            case MIN -> "min";
        };
    }

    private static String type(Kind kind) {
        return switch (kind) {
            case TIMESERIES -> "timeseries";
            case STAT -> "query_value";
            case TABLE -> "query_table";
            case BAR -> "toplist";
            case HEATMAP -> "heatmap";
            case LOGS -> "list_stream";
        };
    }
}
