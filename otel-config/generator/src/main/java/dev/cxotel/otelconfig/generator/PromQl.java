package dev.cxotel.otelconfig.generator;

import dev.cxotel.semconv.MetricDefinition;
import dev.cxotel.semconv.MetricDefinition.Instrument;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A question in PromQL.
 *
 * @param matchers further label matchers for metrics that can carry the label, such as a dashboard's variables
 * @param window the range that is looked back on, such as {@code 15m} or {@code $__rate_interval}
 */
record PromQl(List<Matcher> matchers, String window) {

    PromQl {
        matchers = List.copyOf(matchers);
    }

    /** A label matcher of every metric that can carry the attribute. */
    record Matcher(String attribute, String expression) {}

    String of(Query query) {
        String answer =
                switch (query.aggregation()) {
                    case COUNT -> sum(query, increase(query, "_count"));
                    case RATE -> sum(query, "rate(" + series(query, "_count", query.where()) + "[" + window + "])");
                    case MEAN -> sum(query, increase(query, "_sum")) + " / " + sum(query, increase(query, "_count"));
                    case SHARE -> share(query);
                    case P05, P50, P95, P99 ->
                        "histogram_quantile(" + query.aggregation().quantile().orElseThrow() + ", "
                                + sum(le(query), increase(query, "_bucket")) + ")";
                    case HEATMAP -> sum(le(query), increase(query, "_bucket"));
                    case LAST -> "sum" + by(query.by()) + " (" + series(query, "", query.where()) + ")";
                    case MAX -> "max" + by(query.by()) + " (" + series(query, "", query.where()) + ")";
                    case MIN -> "min" + by(query.by()) + " (" + series(query, "", query.where()) + ")";
                    case GROWTH -> {
                        String gauge = series(query, "", query.where());
                        yield "max" + by(query.by()) + " (" + gauge + " - min_over_time(" + gauge + "[" + window
                                + "]))";
                    }
                };
        if (query.atLeast() > 0) {
            answer = "(" + answer + ") and " + sum(query, increase(query, "_count")) + " >= " + query.atLeast();
        }
        if (query.top() > 0) {
            answer = (query.worstIsLow() ? "bottomk(" : "topk(") + query.top() + ", " + answer + ")";
        }
        return answer;
    }

    /** A group without any of the part has the share 0, not none. */
    private String share(Query query) {
        List<Query.Filter> both =
                Stream.concat(query.where().stream(), query.part().stream()).toList();
        String part = sum(query, "increase(" + series(query, "_count", both) + "[" + window + "])");
        String all = sum(query, increase(query, "_count"));
        return "(" + part + " or 0 * " + all + ") / " + all;
    }

    private String increase(Query query, String ending) {
        return "increase(" + series(query, ending, query.where()) + "[" + window + "])";
    }

    private static String sum(Query query, String inner) {
        return "sum" + by(query.by()) + " (" + inner + ")";
    }

    private static Query le(Query query) {
        List<String> by = new ArrayList<>();
        by.add("le");
        by.addAll(query.by());
        return new Query(
                query.label(), query.metric(), query.aggregation(), by, 0, false, query.where(), query.part(), 0);
    }

    private static String by(List<String> attributes) {
        return attributes.isEmpty()
                ? ""
                : attributes.stream().map(PromNames::label).collect(Collectors.joining(", ", " by (", ")"));
    }

    private String series(Query query, String ending, List<Query.Filter> filters) {
        MetricDefinition metric = query.metric();
        String name = PromNames.metric(metric) + (metric.instrument() == Instrument.HISTOGRAM ? ending : "");
        String labels = Stream.concat(
                        filters.stream().map(PromQl::matcher),
                        matchers.stream()
                                .filter(matcher -> Vocabulary.carries(metric, matcher.attribute()))
                                .map(matcher -> PromNames.label(matcher.attribute()) + matcher.expression()))
                .collect(Collectors.joining(", "));
        return labels.isEmpty() ? name : name + "{" + labels + "}";
    }

    private static String matcher(Query.Filter filter) {
        String label = PromNames.label(filter.attribute());
        List<String> values = filter.values();
        if (values.isEmpty()) {
            return label + (filter.not() ? "=\"\"" : "!=\"\"");
        }
        return values.size() == 1
                ? label + (filter.not() ? "!=\"" : "=\"") + values.getFirst() + "\""
                : label + (filter.not() ? "!~\"" : "=~\"") + String.join("|", values) + "\"";
    }
}
