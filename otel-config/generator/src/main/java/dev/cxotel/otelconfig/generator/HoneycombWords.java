package dev.cxotel.otelconfig.generator;

import dev.cxotel.otelconfig.generator.Query.Filter;
import dev.cxotel.semconv.MetricDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A question as one types it into Honeycomb's query builder. */
final class HoneycombWords {

    private HoneycombWords() {}

    static String of(Query query) {
        List<String> lines = new ArrayList<>();
        lines.add("dataset " + Honeycomb.dataset(query.metric()));
        lines.add("VISUALIZE " + visualize(query));
        List<String> where = new ArrayList<>();
        if (!Honeycomb.own(query.metric()) && !gauge(query)) {
            where.add("meta.signal_type = trace");
        }
        query.where().forEach(filter -> where.add(condition(filter)));
        if (!where.isEmpty()) {
            lines.add("WHERE " + String.join(" AND ", where));
        }
        if (!query.by().isEmpty()) {
            lines.add("GROUP BY " + String.join(", ", query.by()));
        }
        if (query.top() > 0) {
            lines.add("ORDER BY " + visualize(query) + (query.worstIsLow() ? " asc" : " desc"));
            lines.add("LIMIT " + query.top());
        }
        return String.join("\n", lines);
    }

    private static boolean gauge(Query query) {
        return query.metric().instrument() == MetricDefinition.Instrument.GAUGE;
    }

    private static String visualize(Query query) {
        String column = Honeycomb.column(query.metric());
        return switch (query.aggregation()) {
            case COUNT, RATE -> "COUNT";
            case MEAN -> "AVG(" + column + ")";
            case P05, P50, P95, P99 -> query.aggregation().name() + "(" + column + ")";
            case HEATMAP -> "HEATMAP(" + column + ")";
            case LAST, MAX -> "MAX(" + column + ")";
            case MIN -> "MIN(" + column + ")";
            case GROWTH -> "RATE_MAX(" + column + ")";
            case SHARE ->
                "AVG(IF(" + Honeycomb.condition(query.part().orElseThrow()) + ", 1, 0)) as a calculated field";
        };
    }

    private static String condition(Filter filter) {
        if (filter.values().isEmpty()) {
            return filter.attribute() + (filter.not() ? " does-not-exist" : " exists");
        }
        return filter.attribute()
                + (filter.not() ? " not-in " : " in ")
                + filter.values().stream().collect(Collectors.joining(", "));
    }
}
