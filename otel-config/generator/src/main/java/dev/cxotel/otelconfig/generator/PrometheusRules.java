package dev.cxotel.otelconfig.generator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The alerts as a rule file of Prometheus, which Mimir takes too. */
final class PrometheusRules {

    private PrometheusRules() {}

    static ObjectNode of(List<Alert> alerts) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode rules =
                root.putArray("groups").addObject().put("name", "cxotel").putArray("rules");
        for (Alert alert : alerts) {
            ObjectNode rule = rules.addObject();
            rule.put("alert", name(alert.id()));
            rule.put("expr", expression(alert));
            rule.put("for", alert.lasting());
            rule.putObject("labels").put("severity", alert.severity());
            rule.putObject("annotations").put("summary", alert.title()).put("description", alert.description());
        }
        return root;
    }

    static String expression(Alert alert) {
        PromQl promQl = new PromQl(List.of(), alert.window());
        return alert.conditions().stream()
                .map(condition -> "(" + promQl.of(condition.query()) + ") " + condition.operator() + " "
                        + Numbers.plain(condition.threshold()))
                .collect(Collectors.joining(" and "));
    }

    /** {@code low-mos} is {@code CxotelLowMos}. */
    static String name(String id) {
        return Stream.of(id.split("-", 0))
                .map(word -> word.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining("", "Cxotel", ""));
    }
}
