package dev.cxotel.otelconfig.generator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The alerts as Datadog monitors in Terraform's JSON; several conditions become monitors of their own and a composite. */
final class DatadogMonitors {

    private DatadogMonitors() {}

    static ObjectNode of(List<Alert> alerts) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("//", Main.VALIDATED);
        ObjectNode provider =
                root.putObject("terraform").putObject("required_providers").putObject("datadog");
        provider.put("source", "DataDog/datadog");
        ObjectNode monitors = root.putObject("resource").putObject("datadog_monitor");
        for (Alert alert : alerts) {
            String name = "cxotel_" + alert.id().replace('-', '_');
            if (alert.conditions().size() == 1) {
                metric(monitors.putObject(name), alert, alert.conditions().getFirst(), alert.title());
                continue;
            }
            List<String> parts = new ArrayList<>();
            for (int i = 0; i < alert.conditions().size(); i++) {
                String part = name + "_" + (i + 1);
                metric(
                        monitors.putObject(part),
                        alert,
                        alert.conditions().get(i),
                        alert.title() + " (condition " + (i + 1) + ")");
                parts.add("${datadog_monitor." + part + ".id}");
            }
            ObjectNode whole = monitors.putObject(name);
            whole.put("name", alert.title());
            whole.put("type", "composite");
            whole.put("query", String.join(" && ", parts));
            whole.put("message", alert.description());
            tags(whole, alert);
        }
        return root;
    }

    private static void metric(ObjectNode monitor, Alert alert, Alert.Condition condition, String title) {
        Query query = condition.query();
        String over =
                switch (query.aggregation()) {
                    case COUNT, SHARE -> "sum(last_" + alert.window() + ")";
                    case MIN -> "min(last_" + alert.window() + ")";
                    case RATE, MEAN, P05, P50, P95, P99, HEATMAP, LAST, MAX -> "max(last_" + alert.window() + ")";
                    case GROWTH -> "change(max(last_5m),last_" + alert.window() + ")";
                };
        String operator = condition.operator().equals("!=") ? ">" : condition.operator();
        String expression = DatadogQueries.of(query, List.of()).expression();
        monitor.put("name", title);
        monitor.put("type", "query alert");
        monitor.put(
                "query",
                over + ":"
                        + (condition.operator().equals("!=") ? "abs(" + expression + ")" : expression) + " " + operator
                        + " " + Numbers.plain(condition.threshold()));
        monitor.put("message", alert.description());
        monitor.putObject("monitor_thresholds").put("critical", condition.threshold());
        monitor.put("require_full_window", false);
        tags(monitor, alert);
    }

    private static void tags(ObjectNode monitor, Alert alert) {
        monitor.putArray("tags").add("cxotel").add("severity:" + alert.severity());
    }
}
