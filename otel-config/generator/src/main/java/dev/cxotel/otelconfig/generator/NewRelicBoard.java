package dev.cxotel.otelconfig.generator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cxotel.otelconfig.generator.Board.Kind;
import dev.cxotel.otelconfig.generator.Board.Panel;
import java.util.List;

/** A board as New Relic's dashboard JSON, a page per row; "Import dashboard" asks for the account. */
final class NewRelicBoard {

    private static final int COLUMNS = 3;
    private static final int WIDTH = 4;
    private static final int HEIGHT = 3;

    private NewRelicBoard() {}

    static ObjectNode of(Board board) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("name", board.title());
        root.put("description", Main.NOT_RUN + " " + board.description());
        root.put("permissions", "PUBLIC_READ_WRITE");
        ArrayNode pages = root.putArray("pages");
        for (Board.Row row : board.rows()) {
            ArrayNode widgets = pages.addObject().put("name", row.title()).putArray("widgets");
            List<Panel> panels = row.panels();
            for (int i = 0; i < panels.size(); i++) {
                ObjectNode widget = widgets.addObject();
                widget.put("title", panels.get(i).title());
                widget.putObject("layout")
                        .put("column", 1 + (i % COLUMNS) * WIDTH)
                        .put("row", 1 + (i / COLUMNS) * HEIGHT)
                        .put("width", WIDTH)
                        .put("height", HEIGHT);
                widget.putObject("visualization").put("id", type(panels.get(i).kind()));
                configure(widget.putObject("rawConfiguration"), panels.get(i));
            }
        }
        return root;
    }

    /** A list of the smallest answers is sorted by the table. */
    private static void configure(ObjectNode configuration, Panel panel) {
        queries(configuration.putArray("nrqlQueries"), panel);
        panel.queries().stream().filter(Query::worstIsLow).findFirst().ifPresent(query -> configuration
                .putObject("initialSorting")
                .put("direction", "asc")
                .put("name", query.label()));
    }

    private static void queries(ArrayNode queries, Panel panel) {
        panel.events().ifPresent(event -> query(queries, Nrql.logs(event)));
        panel.queries().forEach(query -> query(queries, Nrql.of(query, panel.kind() == Kind.TIMESERIES)));
    }

    private static void query(ArrayNode queries, String nrql) {
        queries.addObject().put("query", nrql).putArray("accountIds");
    }

    private static String type(Kind kind) {
        return switch (kind) {
            case TIMESERIES -> "viz.line";
            case STAT -> "viz.billboard";
            case TABLE, LOGS -> "viz.table";
            case BAR -> "viz.bar";
            case HEATMAP -> "viz.histogram";
        };
    }
}
