package dev.cxotel.bridge.cli.demo;

import dev.cxotel.bridge.cli.terminal.Table;
import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.journal.Outcomes;
import dev.cxotel.bridge.preview.Amount;
import dev.cxotel.bridge.preview.Distribution;
import dev.cxotel.bridge.preview.PreviewStore;
import dev.cxotel.bridge.preview.Readings;
import dev.cxotel.bridge.simulator.Answers;
import dev.cxotel.bridge.simulator.Tally;
import dev.cxotel.semconv.CxoneMetrics;
import dev.cxotel.semconv.MetricDefinition;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** The demo's summary for a person. All but the first and the third part is read off decoded OTLP. */
final class DemoReport {

    private static final int TOP = 5;

    private final PrintWriter out;

    DemoReport(PrintWriter out) {
        this.out = out;
    }

    void print(
            Tally.Books sent,
            Answers answers,
            Ledger ledger,
            PreviewStore.Totals totals,
            Readings decoded,
            DemoComparison comparison) {
        printSent(sent, answers);
        printExported(totals, decoded);
        printLedger(ledger);
        printQuality(decoded);
        printVolumes(decoded);
        printComparison(comparison, totals);
        out.flush();
    }

    private void printSent(Tally.Books sent, Answers answers) {
        part("Sent, as the simulator counted it");
        table(new Table()
                .row("webhooks acknowledged", sent.deliveries())
                .row("  of them redeliveries", sent.repeatedDeliveries())
                .row("voice-quality records", sent.records())
                .row("script API events", sent.calls())
                .row("events sent again", sent.repeatedEvents()));
        Table statuses = new Table();
        answers.counts().forEach((status, count) -> statuses.row("answered " + status, count));
        answers.percentile(0.5).ifPresent(value -> statuses.row("answered in, p50", value * 1000, "ms"));
        answers.percentile(0.99).ifPresent(value -> statuses.row("answered in, p99", value * 1000, "ms"));
        table(statuses);
    }

    private void printExported(PreviewStore.Totals totals, Readings decoded) {
        part("Exported, as the preview decoded it from OTLP");
        table(new Table()
                .row("spans", totals.spans(), "call legs", decoded.legs(), "script API calls", decoded.calls())
                .row("metric points", totals.points())
                .row("logs", totals.logs()));
        table(new Table().rows(decoded.logs()));
    }

    private void printLedger(Ledger ledger) {
        part("Ledger");
        Table subscriptions = new Table()
                .row(
                        "subscription",
                        "deliveries",
                        "accepted",
                        "empty",
                        "refused",
                        "decoded",
                        "appended",
                        "duplicate",
                        "unreadable");
        for (Ledger.SubscriptionLine line : ledger.subscriptions()) {
            subscriptions.row(
                    line.subscription(),
                    line.deliveries(),
                    line.accepted(),
                    line.empty(),
                    line.refused().values().stream().mapToLong(Long::longValue).sum(),
                    line.decoded(),
                    line.appended(),
                    line.duplicate(),
                    line.unreadable());
        }
        table(subscriptions);
        out.println();
        Table pipelines = new Table().row("pipeline", "offered", "waiting", "outcomes");
        for (Ledger.PipelineLine line : ledger.pipelines()) {
            pipelines.row(line.id(), line.offered(), line.waiting(), outcomes(line.outcomes()));
        }
        table(pipelines);
        out.println("  difference " + ledger.difference());
    }

    private static String outcomes(Outcomes outcomes) {
        Map<Outcomes.Key, Long> sorted = new java.util.TreeMap<>(outcomes.counts());
        StringBuilder text = new StringBuilder();
        sorted.forEach((key, count) -> {
            String reason = key.reason().isEmpty() ? "" : "(" + key.reason() + ")";
            text.append(text.isEmpty() ? "" : ", ")
                    .append(key.outcome().configName())
                    .append(reason);
            text.append(' ').append(count);
        });
        return text.toString();
    }

    private void printQuality(Readings decoded) {
        part("Quality and latency");
        Table table = new Table().row("", "from", "count", "p5", "p50", "p95", "p99", "");
        spans(table, "MOS", decoded.mos(), 1, "");
        metrics(table, "MOS", decoded, CxoneMetrics.CXONE_VOICE_MOS, 1, "");
        metrics(table, "jitter", decoded, CxoneMetrics.CXONE_VOICE_JITTER, 1000, "ms");
        metrics(table, "packet loss", decoded, CxoneMetrics.CXONE_VOICE_PACKET_LOSS, 100, "%");
        metrics(table, "round trip", decoded, CxoneMetrics.CXONE_VOICE_RTT, 1000, "ms");
        spans(table, "API latency", decoded.latency(), 1000, "ms");
        metrics(table, "API latency", decoded, CxoneMetrics.CXONE_SCRIPT_API_DURATION, 1000, "ms");
        table(table);
        list("verdicts", decoded.verdicts());
    }

    private void printVolumes(Readings decoded) {
        part("Volumes");
        for (MetricDefinition gauge : new MetricDefinition[] {
            CxoneMetrics.CXONE_CONTACT_ACTIVE, CxoneMetrics.CXONE_SCRIPT_ACTIVE, CxoneMetrics.CXONE_ACTION_ACTIVE
        }) {
            double value = decoded.total(gauge).sum();
            if (value > 0) {
                out.printf("  %s %.0f%n", gauge.name(), value);
            }
        }
        list("records by skill", decoded.skills());
        list("calls by script", decoded.scripts());
        list("calls by action", decoded.actions());
        list("calls by action's caption", decoded.actionLabels());
        list("errors", decoded.errors());
        list("failures by script", decoded.failingScripts());
        list("what the APIs said", decoded.errorMessages());
    }

    private void printComparison(DemoComparison comparison, PreviewStore.Totals totals) {
        part("Sent and decoded, compared");
        if (totals.forgotten() > 0) {
            out.println("  the preview has forgotten the oldest spans and logs: only metrics and ledger are compared");
        }
        if (comparison.foreign() > 0) {
            out.println("  the bridge accepted " + comparison.foreign()
                    + " more webhooks than the simulator posted: did you post some yourself?");
        }
        Table differences = new Table().row("", "sent", "decoded");
        comparison.differences().forEach(check -> differences.row(check.what(), check.sent(), check.decoded()));
        int wrong = comparison.differences().size();
        int all = comparison.checks().size();
        if (wrong == 0) {
            out.println("  all " + all + " numbers agree");
        } else {
            out.println("  " + wrong + " of " + all + " numbers differ:");
            table(differences);
        }
    }

    private void list(String title, Map<String, Long> counts) {
        if (counts.isEmpty()) {
            return;
        }
        Map<String, Long> top = new LinkedHashMap<>();
        counts.entrySet().stream().limit(TOP).forEach(entry -> top.put(entry.getKey(), entry.getValue()));
        String rest = counts.size() > TOP ? " (" + TOP + " of " + counts.size() + ")" : "";
        out.println("  " + title + rest);
        out.print(new Table().rows(top).toText(4));
    }

    private static void spans(Table table, String what, Distribution values, double scale, String unit) {
        if (values.count() > 0) {
            table.row(
                    what,
                    "spans",
                    values.count(),
                    times(values.percentile(0.05), scale),
                    times(values.percentile(0.5), scale),
                    times(values.percentile(0.95), scale),
                    times(values.percentile(0.99), scale),
                    unit);
        }
    }

    private static void metrics(
            Table table, String what, Readings decoded, MetricDefinition metric, double scale, String unit) {
        Amount amount = decoded.total(metric);
        if (amount.count() > 0) {
            table.row(
                    what,
                    "buckets",
                    amount.count(),
                    times(amount.percentile(0.05), scale),
                    times(amount.percentile(0.5), scale),
                    times(amount.percentile(0.95), scale),
                    times(amount.percentile(0.99), scale),
                    unit);
        }
    }

    private static double times(OptionalDouble value, double scale) {
        return value.orElse(Double.NaN) * scale;
    }

    private void part(String title) {
        out.println();
        out.println(title);
    }

    private void table(Table table) {
        out.print(table.toText(2));
    }
}
