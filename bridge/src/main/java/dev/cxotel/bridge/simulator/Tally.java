package dev.cxotel.bridge.simulator;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The simulator's own books: what it knows to have been acknowledged. Counted from what was meant, not from what was
 * answered. Safe for any thread.
 */
public final class Tally {

    private final BitSet known = new BitSet();
    private long deliveries;
    private long repeatedDeliveries;
    private long records;
    private long calls;
    private long failedCalls;
    private long repeatedEvents;
    private final Set<Long> contacts = new HashSet<>();
    private final Values mos = new Values();
    private final Values latency = new Values();
    private final Map<String, Long> skills = new TreeMap<>();
    private final Map<String, Long> scripts = new TreeMap<>();
    private final Map<String, Long> actions = new TreeMap<>();
    private final Map<String, Long> errors = new TreeMap<>();

    /** Books a webhook that was answered 2xx. */
    public synchronized void acknowledged(Webhook webhook) {
        deliveries++;
        int number = Math.toIntExact(webhook.number());
        if (known.get(number)) {
            repeatedDeliveries++;
            repeatedEvents += webhook.facts().size();
            return;
        }
        known.set(number);
        webhook.facts().forEach(this::book);
    }

    private void book(Fact fact) {
        contacts.add(fact.contact());
        fact.errorType().ifPresent(error -> errors.merge(error, 1L, Long::sum));
        switch (fact) {
            case Fact.Leg leg -> {
                records++;
                skills.merge(leg.skill(), 1L, Long::sum);
                leg.mos().ifPresent(mos::add);
            }
            case Fact.Call call -> {
                calls++;
                failedCalls += call.errorType().isPresent() ? 1 : 0;
                scripts.merge(call.script(), 1L, Long::sum);
                actions.merge(call.action(), 1L, Long::sum);
                call.duration().ifPresent(latency::add);
            }
        }
    }

    public synchronized Books books() {
        return new Books(
                deliveries,
                repeatedDeliveries,
                records,
                calls,
                failedCalls,
                repeatedEvents,
                contacts.size(),
                Sample.of(mos),
                Sample.of(latency),
                Map.copyOf(skills),
                Map.copyOf(scripts),
                Map.copyOf(actions),
                Map.copyOf(errors));
    }

    /**
     * The books at one moment.
     *
     * @param deliveries acknowledged ones, repeats included
     * @param repeatedDeliveries of them, those whose body had been acknowledged before
     * @param records distinct voice-quality records
     * @param calls distinct script API events
     * @param failedCalls of them, those whose span must have an error
     * @param repeatedEvents events in repeated deliveries
     * @param contacts distinct master contacts of records and calls
     * @param latency seconds
     * @param skills records by skill
     * @param scripts API events by script
     * @param errors events by {@code error.type}
     */
    public record Books(
            long deliveries,
            long repeatedDeliveries,
            long records,
            long calls,
            long failedCalls,
            long repeatedEvents,
            long contacts,
            Sample mos,
            Sample latency,
            Map<String, Long> skills,
            Map<String, Long> scripts,
            Map<String, Long> actions,
            Map<String, Long> errors) {

        public long events() {
            return records + calls;
        }
    }

    /**
     * Some numbers.
     *
     * @param median empty when there are none, or too many to keep
     * @param p95 likewise
     * @param p05 likewise
     */
    public record Sample(long count, double sum, Optional<Double> p05, Optional<Double> median, Optional<Double> p95) {

        static Sample of(Values values) {
            return new Sample(values.count(), values.sum(), at(values, 0.05), at(values, 0.5), at(values, 0.95));
        }

        private static Optional<Double> at(Values values, double share) {
            return values.percentile(share).stream().boxed().findFirst();
        }
    }
}
