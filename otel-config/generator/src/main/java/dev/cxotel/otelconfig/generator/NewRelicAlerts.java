package dev.cxotel.otelconfig.generator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The alerts as New Relic NRQL conditions in Terraform's JSON. A second condition becomes a filter of the answer. */
final class NewRelicAlerts {

    private static final Map<String, String> OPERATORS =
            Map.of("<", "below", ">", "above", "<=", "below_or_equals", ">=", "above_or_equals", "!=", "not_equals");

    private NewRelicAlerts() {}

    static ObjectNode of(List<Alert> alerts) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("//", Main.VALIDATED);
        root.putObject("terraform")
                .putObject("required_providers")
                .putObject("newrelic")
                .put("source", "newrelic/newrelic");
        ObjectNode resources = root.putObject("resource");
        resources.putObject("newrelic_alert_policy").putObject("cxotel").put("name", "cxotel");
        ObjectNode conditions = resources.putObject("newrelic_nrql_alert_condition");
        for (Alert alert : alerts) {
            ObjectNode condition = conditions.putObject("cxotel_" + alert.id().replace('-', '_'));
            Alert.Condition first = alert.conditions().getFirst();
            condition.put("policy_id", "${newrelic_alert_policy.cxotel.id}");
            condition.put("name", alert.title());
            condition.put("description", alert.description());
            condition.putObject("nrql").put("query", nrql(alert));
            condition.put("aggregation_window", seconds(alert.window()));
            condition
                    .putObject(alert.severity().toLowerCase(Locale.ROOT))
                    .put("operator", OPERATORS.get(first.operator()))
                    .put("threshold", first.threshold())
                    .put("threshold_duration", Math.max(seconds(alert.lasting()), seconds(alert.window())))
                    .put("threshold_occurrences", "all");
        }
        return root;
    }

    /** With a minimum count, the answer is 0 as long as the count is below it. */
    private static String nrql(Alert alert) {
        Query query = alert.conditions().getFirst().query();
        String nrql = Nrql.of(query, false);
        if (alert.conditions().size() == 1) {
            return nrql;
        }
        Alert.Condition least = alert.conditions().get(1);
        String answer = Nrql.answer(query);
        String guarded =
                "if(" + Nrql.answer(least.query()) + " >= " + Numbers.plain(least.threshold()) + ", " + answer + ", 0)";
        return nrql.replace("SELECT " + answer, "SELECT " + guarded);
    }

    private static long seconds(String text) {
        return Duration.parse("PT" + text.toUpperCase(Locale.ROOT)).toSeconds();
    }
}
