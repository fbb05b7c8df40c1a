package dev.cxotel.otelconfig.generator;

import java.util.List;
import java.util.Optional;

/**
 * A dashboard.
 *
 * @param id its file name and identifier, in kebab-case
 */
record Board(String id, String title, String description, List<Row> rows) {

    Board {
        rows = List.copyOf(rows);
    }

    List<Panel> panels() {
        return rows.stream().flatMap(row -> row.panels().stream()).toList();
    }

    /** Panels side by side under a heading. */
    record Row(String title, List<Panel> panels) {
        Row {
            panels = List.copyOf(panels);
        }
    }

    /**
     * One picture.
     *
     * @param help what it tells and what to do about it, one or two sentences
     * @param unit of all its answers: {@code s}, {@code 1} for a ratio, {@code By}, {@code score}, {@code count}, {@code
     *     bit/s}, {@code /s}
     * @param queries empty when it shows log records
     * @param events the name of the log records that it lists
     */
    record Panel(String title, String help, Kind kind, String unit, List<Query> queries, Optional<String> events) {
        Panel {
            queries = List.copyOf(queries);
        }
    }

    /** The kind of picture. */
    enum Kind {
        TIMESERIES,
        STAT,
        TABLE,
        BAR,
        HEATMAP,
        LOGS
    }
}
