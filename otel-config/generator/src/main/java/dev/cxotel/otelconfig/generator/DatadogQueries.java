package dev.cxotel.otelconfig.generator;

import dev.cxotel.otelconfig.generator.Query.Filter;
import dev.cxotel.semconv.MetricDefinition.Instrument;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A question in Datadog's metric query language. OTLP histograms are distributions there, whose percentiles must be
 * switched on per metric ("Enable percentiles").
 *
 * @param parts one or two metric queries, named {@code a} and {@code b} by their place
 * @param formula over these names
 */
record DatadogQueries(List<String> parts, String formula) {

    DatadogQueries {
        parts = List.copyOf(parts);
    }

    static DatadogQueries of(Query query, List<String> scope) {
        return switch (query.aggregation()) {
            case COUNT, RATE -> one(count(query, query.where(), scope));
            case MEAN -> one("avg:" + source(query, query.where(), scope));
            case P05, P50, P95, P99 ->
                one("p" + Numbers.plain(query.aggregation().quantile().orElseThrow() * 100) + ":"
                        + source(query, query.where(), scope));
            case HEATMAP -> one("histogram:" + source(query, query.where(), scope));
            case LAST -> one("sum:" + source(query, query.where(), scope));
            case MAX, GROWTH -> one("max:" + source(query, query.where(), scope));
            case MIN -> one("min:" + source(query, query.where(), scope));
            case SHARE -> {
                List<Filter> both = Stream.concat(query.where().stream(), query.part().stream())
                        .toList();
                yield new DatadogQueries(
                        List.of(count(query, both, scope), count(query, query.where(), scope)), "default_zero(a) / b");
            }
        };
    }

    /** The question as one expression, which monitors want. */
    String expression() {
        return parts.size() == 1 ? parts.getFirst() : "default_zero(" + parts.get(0) + ") / " + parts.get(1);
    }

    private static DatadogQueries one(String part) {
        return new DatadogQueries(List.of(part), "a");
    }

    private static String count(Query query, List<Filter> filters, List<String> scope) {
        String aggregator = query.metric().instrument() == Instrument.HISTOGRAM ? "count:" : "sum:";
        String ending = query.aggregation() == Query.Aggregation.RATE ? ".as_rate()" : ".as_count()";
        return aggregator + source(query, filters, scope) + ending;
    }

    private static String source(Query query, List<Filter> filters, List<String> scope) {
        List<String> terms = new ArrayList<>(scope);
        filters.forEach(filter -> terms.add(term(filter)));
        String where = terms.isEmpty() ? "*" : String.join(" AND ", terms);
        String by = query.by().isEmpty() ? "" : query.by().stream().collect(Collectors.joining(",", " by {", "}"));
        return query.metric().name() + "{" + where + "}" + by;
    }

    private static String term(Filter filter) {
        String name = filter.attribute();
        String term;
        if (filter.values().isEmpty()) {
            term = name + ":*";
        } else if (filter.values().size() == 1) {
            term = name + ":" + value(filter.values().getFirst());
        } else {
            term = filter.values().stream()
                    .map(DatadogQueries::value)
                    .collect(Collectors.joining(", ", name + " IN (", ")"));
        }
        return filter.not() ? "NOT " + term : term;
    }

    /** Datadog keeps the values of tags in lower case. */
    private static String value(String value) {
        return value.toLowerCase(Locale.ROOT);
    }
}
