package dev.cxotel.otelconfig.generator;

import dev.cxotel.otelconfig.generator.Query.Filter;
import dev.cxotel.semconv.MetricDefinition.Instrument;
import java.util.List;
import java.util.stream.Collectors;

/** A question in New Relic's query language. */
final class Nrql {

    private Nrql() {}

    /**
     * Without a time range, which the dashboard or the alert gives. Facets are always chosen by the largest answer, without
     * a way round (https://docs.newrelic.com/docs/nrql/nrql-syntax-clauses-functions/#sel-facet-order, 2026-11-23): where
     * the smallest are asked for, all are selected, with the count of measurements beside them.
     */
    static String of(Query query, boolean overTime) {
        String nrql = "SELECT " + select(query) + " FROM Metric" + where(query.where());
        if (!query.by().isEmpty()) {
            nrql += " FACET " + query.by().stream().map(Nrql::quoted).collect(Collectors.joining(", "));
        }
        if (query.top() > 0) {
            nrql += " LIMIT " + (query.worstIsLow() ? "MAX" : query.top());
        }
        return overTime ? nrql + " TIMESERIES" : nrql;
    }

    static String logs(String eventName) {
        return "SELECT timestamp, message, `cxone.script.name`, `trace.id` FROM Log WHERE `event.name` = '" + eventName
                + "' LIMIT 100";
    }

    private static String select(Query query) {
        String answer = query.label().isEmpty() ? answer(query) : answer(query) + " AS '" + query.label() + "'";
        return query.worstIsLow()
                ? answer + ", count(" + quoted(query.metric().name()) + ") AS 'measurements'"
                : answer;
    }

    /** What is selected, without its label. */
    static String answer(Query query) {
        String name = quoted(query.metric().name());
        String count = (query.metric().instrument() == Instrument.COUNTER ? "sum(" : "count(") + name + ")";
        return switch (query.aggregation()) {
            case COUNT -> count;
            case RATE -> "rate(" + count + ", 1 second)";
            case MEAN -> "average(" + name + ")";
            case P05, P50, P95, P99 ->
                "percentile(" + name + ", "
                        + Numbers.plain(query.aggregation().quantile().orElseThrow() * 100) + ")";
            case SHARE ->
                "filter(" + count + ", WHERE " + condition(query.part().orElseThrow()) + ") / " + count;
            case HEATMAP -> "histogram(" + name + ", 20, 20)";
            case LAST -> "latest(" + name + ")";
            case MAX -> "max(" + name + ")";
            case MIN -> "min(" + name + ")";
            case GROWTH -> "max(" + name + ") - min(" + name + ")";
        };
    }

    private static String where(List<Filter> filters) {
        return filters.isEmpty()
                ? ""
                : filters.stream().map(Nrql::condition).collect(Collectors.joining(" AND ", " WHERE ", ""));
    }

    private static String condition(Filter filter) {
        String name = quoted(filter.attribute());
        if (filter.values().isEmpty()) {
            return name + (filter.not() ? " IS NULL" : " IS NOT NULL");
        }
        String values = filter.values().stream().collect(Collectors.joining("', '", "('", "')"));
        return name + (filter.not() ? " NOT IN " : " IN ") + values;
    }

    private static String quoted(String name) {
        return "`" + name + "`";
    }
}
