package dev.cxotel.bridge.cli.demo;

import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.preview.Amount;
import dev.cxotel.bridge.preview.Distribution;
import dev.cxotel.bridge.preview.PreviewStore;
import dev.cxotel.bridge.preview.Readings;
import dev.cxotel.bridge.simulator.Tally;
import dev.cxotel.semconv.CxoneEvents;
import dev.cxotel.semconv.CxoneMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What the simulator meant beside what was decoded from OTLP: counted apart, on both ends of the product. */
final class DemoComparison {

    /** Sums of doubles in another order, and span times in whole nanoseconds. */
    private static final double TOLERANCE = 1e-6;

    private final List<Check> checks = new ArrayList<>();

    private long foreign;

    private DemoComparison() {}

    /** One number on both ends. Counts agree when they are equal, measurements when they are as good as equal. */
    record Check(String what, Number sent, Number decoded) {
        boolean agrees() {
            double distance = Math.abs(sent.doubleValue() - decoded.doubleValue());
            return (sent instanceof Long && decoded instanceof Long)
                    ? sent.equals(decoded)
                    : distance <= TOLERANCE * Math.max(1, Math.abs(sent.doubleValue()));
        }
    }

    static DemoComparison of(Tally.Books sent, PreviewStore.Totals totals, Readings decoded, Ledger ledger) {
        DemoComparison comparison = new DemoComparison();
        comparison.add("simulator: anything acknowledged", 1L, Math.min(1, sent.deliveries()));
        comparison.compareLedger(sent, ledger);
        comparison.compareMetrics(sent, decoded);
        if (totals.forgotten() == 0) {
            comparison.compareSpansAndLogs(sent, decoded);
            comparison.compare("MOS", sent.mos(), decoded.mos());
            comparison.compare("API latency", sent.latency(), decoded.latency());
        }
        return comparison;
    }

    List<Check> checks() {
        return List.copyOf(checks);
    }

    List<Check> differences() {
        return checks.stream().filter(check -> !check.agrees()).toList();
    }

    /** Webhooks that the bridge accepted and the simulator did not post: then somebody else did, and nothing can agree. */
    long foreign() {
        return foreign;
    }

    private void compareLedger(Tally.Books sent, Ledger ledger) {
        long accepted = 0;
        long appended = 0;
        long duplicate = 0;
        for (Ledger.SubscriptionLine line : ledger.subscriptions()) {
            accepted += line.accepted() + line.empty();
            appended += line.appended();
            duplicate += line.duplicate();
        }
        foreign = Math.max(0, accepted - sent.deliveries());
        add("ledger: webhooks accepted", sent.deliveries(), accepted);
        add("ledger: events appended", sent.events(), appended);
        add("ledger: duplicates", sent.repeatedEvents(), duplicate);
        add("ledger: difference", 0L, ledger.difference());
        long unfinished = ledger.pipelines().stream()
                .mapToLong(Ledger.PipelineLine::waiting)
                .sum();
        add("ledger: events still waiting", 0L, unfinished);
    }

    private void compareMetrics(Tally.Books sent, Readings decoded) {
        Amount mos = decoded.total(CxoneMetrics.CXONE_VOICE_MOS);
        Amount latency = decoded.total(CxoneMetrics.CXONE_SCRIPT_API_DURATION);
        add(
                "metrics: voice records",
                sent.records(),
                decoded.total(CxoneMetrics.CXONE_VOICE_RECORDS).sum());
        add("metrics: MOS, measurements", sent.mos().count(), mos.count());
        add("metrics: MOS, sum", sent.mos().sum(), mos.sum());
        add("metrics: API latency, measurements", sent.latency().count(), latency.count());
        add("metrics: API latency, sum", sent.latency().sum(), latency.sum());
    }

    private void compareSpansAndLogs(Tally.Books sent, Readings decoded) {
        Map<String, Long> logs = decoded.logs();
        add("spans: call legs", sent.records(), decoded.legs());
        add("spans: script API calls", sent.calls(), decoded.calls());
        add("spans: contacts", sent.contacts(), decoded.contacts());
        add("spans: legs and calls whose contact is not there", 0L, decoded.orphans());
        add("logs: voice quality", sent.records(), logs.getOrDefault(CxoneEvents.CXONE_VOICE_QUALITY, 0L));
        add("logs: API errors", sent.failedCalls(), logs.getOrDefault(CxoneEvents.CXONE_SCRIPT_API_ERROR, 0L));
        compare("skill", sent.skills(), decoded.skills());
        compare("script", sent.scripts(), decoded.scripts());
        compare("action", sent.actions(), decoded.actions());
        compare("error", sent.errors(), decoded.errors());
    }

    private void compare(String what, Map<String, Long> sent, Map<String, Long> decoded) {
        TreeSet<String> names = new TreeSet<>(sent.keySet());
        names.addAll(decoded.keySet());
        names.forEach(name ->
                add("spans: " + what + " " + name, sent.getOrDefault(name, 0L), decoded.getOrDefault(name, 0L)));
    }

    private void compare(String what, Tally.Sample sent, Distribution decoded) {
        compare(what + " p5", sent.p05(), decoded, 0.05);
        compare(what + " p50", sent.median(), decoded, 0.5);
        compare(what + " p95", sent.p95(), decoded, 0.95);
    }

    private void compare(String what, Optional<Double> sent, Distribution decoded, double share) {
        sent.ifPresent(
                value -> add("spans: " + what, value, decoded.percentile(share).orElse(Double.NaN)));
    }

    private void add(String what, Number sent, Number decoded) {
        checks.add(new Check(what, sent, decoded));
    }
}
