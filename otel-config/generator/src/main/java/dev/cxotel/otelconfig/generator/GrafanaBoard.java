package dev.cxotel.otelconfig.generator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cxotel.otelconfig.generator.Board.Kind;
import dev.cxotel.otelconfig.generator.Board.Panel;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A board as Grafana's classic dashboard JSON, over a Prometheus and a Loki data source that the user picks. */
final class GrafanaBoard {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int WIDTH = 24;
    private static final int HEIGHT = 8;
    private static final Map<String, String> UNITS = Map.of(
            "s",
            "s",
            "1",
            "percentunit",
            "By",
            "bytes",
            "score",
            "none",
            "count",
            "short",
            "bit/s",
            "bps",
            "/s",
            "cps");
    private static final PromQl.Matcher TENANT = new PromQl.Matcher("cxone.business_unit.id", "=~\"$business_unit\"");

    private final Board board;
    private final ArrayNode panels = JSON.arrayNode();

    private GrafanaBoard(Board board) {
        this.board = board;
    }

    static ObjectNode of(Board board) {
        return new GrafanaBoard(board).render();
    }

    private ObjectNode render() {
        int y = 0;
        for (Board.Row row : board.rows()) {
            ObjectNode heading = panels.addObject();
            heading.put("id", panels.size());
            heading.put("type", "row");
            heading.put("title", row.title());
            heading.put("collapsed", false);
            place(heading, 0, y, WIDTH, 1);
            y++;
            int perLine = Math.min(3, row.panels().size());
            int width = WIDTH / perLine;
            for (int i = 0; i < row.panels().size(); i++) {
                ObjectNode panel = panels.addObject();
                panel.put("id", panels.size());
                panel(panel, row.panels().get(i));
                place(panel, (i % perLine) * width, y + (i / perLine) * HEIGHT, width, HEIGHT);
            }
            y += HEIGHT * ((row.panels().size() + perLine - 1) / perLine);
        }
        ObjectNode root = JSON.objectNode();
        root.put("uid", "cxotel-" + board.id());
        root.put("title", board.title());
        root.put("description", board.description());
        root.putArray("tags").add("cxotel").add("cxone");
        root.put("schemaVersion", 39);
        root.put("editable", true);
        root.put("graphTooltip", 1);
        root.put("refresh", "1m");
        root.put("timezone", "browser");
        root.putObject("time").put("from", "now-6h").put("to", "now");
        root.putObject("templating").set("list", variables());
        root.set("panels", panels);
        return root;
    }

    private void panel(ObjectNode panel, Panel model) {
        panel.put("title", model.title());
        panel.put("description", model.help());
        panel.put("type", type(model.kind()));
        panel.set("datasource", source(model.kind() == Kind.LOGS ? "loki" : "prometheus"));
        ArrayNode targets = panel.putArray("targets");
        if (model.kind() == Kind.LOGS) {
            ObjectNode target = targets.addObject();
            target.put("refId", "A");
            target.put("expr", LogQl.of(model.events().orElse("")));
            return;
        }
        boolean overTime = model.kind() == Kind.TIMESERIES || model.kind() == Kind.HEATMAP;
        PromQl promQl = new PromQl(List.of(TENANT), overTime ? "$__rate_interval" : "$__range");
        for (int i = 0; i < model.queries().size(); i++) {
            Query query = model.queries().get(i);
            ObjectNode target = targets.addObject();
            target.put("refId", String.valueOf((char) ('A' + i)));
            target.put("expr", promQl.of(query));
            target.put("legendFormat", model.kind() == Kind.HEATMAP ? "{{le}}" : legend(query));
            target.put("format", format(model.kind()));
            target.put("instant", !overTime);
            target.put("range", overTime);
        }
        ObjectNode defaults = panel.putObject("fieldConfig").putObject("defaults");
        defaults.put("unit", UNITS.getOrDefault(model.unit(), "none"));
        panel.withObject("/fieldConfig").putArray("overrides");
        options(panel.putObject("options"), model.kind());
        if (model.kind() == Kind.TABLE) {
            tables(panel.putArray("transformations"), model);
        }
    }

    private static void options(ObjectNode options, Kind kind) {
        switch (kind) {
            case STAT -> options.putObject("reduceOptions").putArray("calcs").add("lastNotNull");
            case BAR -> options.put("displayMode", "gradient").put("orientation", "horizontal");
            case HEATMAP -> options.put("calculate", false).putObject("yAxis").put("unit", "none");
            case TIMESERIES, TABLE, LOGS -> {
                // as Grafana has them
            }
        }
    }

    /** One line per group, one column per query. */
    private static void tables(ArrayNode transformations, Panel model) {
        transformations.addObject().put("id", "merge").putObject("options");
        ObjectNode names = transformations
                .addObject()
                .put("id", "organize")
                .putObject("options")
                .putObject("renameByName");
        for (int i = 0; i < model.queries().size(); i++) {
            String column = model.queries().size() == 1 ? "Value" : "Value #" + (char) ('A' + i);
            names.put(column, model.queries().get(i).label());
        }
        model.queries()
                .forEach(query -> query.by().forEach(attribute -> names.put(PromNames.label(attribute), attribute)));
        names.put("Time", "");
    }

    private static String type(Kind kind) {
        return switch (kind) {
            case TIMESERIES -> "timeseries";
            case STAT -> "stat";
            case TABLE -> "table";
            case BAR -> "bargauge";
            case HEATMAP -> "heatmap";
            case LOGS -> "logs";
        };
    }

    private static String format(Kind kind) {
        return switch (kind) {
            case TABLE -> "table";
            case HEATMAP -> "heatmap";
            case TIMESERIES, STAT, BAR, LOGS -> "time_series";
        };
    }

    private static String legend(Query query) {
        String groups = query.by().stream()
                .map(attribute -> "{{" + PromNames.label(attribute) + "}}")
                .collect(Collectors.joining(" "));
        return (query.label() + " " + groups).strip();
    }

    private static void place(ObjectNode panel, int x, int y, int width, int height) {
        panel.putObject("gridPos").put("x", x).put("y", y).put("w", width).put("h", height);
    }

    private static ObjectNode source(String type) {
        return JSON.objectNode().put("type", type).put("uid", "${" + type + "}");
    }

    private static ArrayNode variables() {
        ArrayNode list = JSON.arrayNode();
        for (String type : List.of("prometheus", "loki")) {
            list.addObject()
                    .put("name", type)
                    .put("label", type.equals("loki") ? "Logs" : "Metrics")
                    .put("type", "datasource")
                    .put("query", type);
        }
        ObjectNode tenant = list.addObject();
        tenant.put("name", "business_unit");
        tenant.put("label", "Business unit");
        tenant.put("type", "query");
        tenant.set("datasource", source("prometheus"));
        tenant.put("query", "label_values(cxone_business_unit_id)");
        tenant.put("refresh", 2);
        tenant.put("includeAll", true);
        tenant.put("allValue", ".*");
        tenant.put("multi", true);
        tenant.putObject("current").put("text", "All").put("value", "$__all");
        return list;
    }
}
