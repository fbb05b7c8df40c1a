package dev.cxotel.bridge.backends;

import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.simulator.Fact;
import dev.cxotel.bridge.simulator.Load;
import dev.cxotel.bridge.simulator.Webhook;
import dev.cxotel.bridge.simulator.WebhookClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the simulated contact centre knows to have been acknowledged: the facts of each webhook, repeats once. */
final class Sent implements Load.Listener {

    private final Set<Long> known = ConcurrentHashMap.newKeySet();
    private final Queue<Delivery> deliveries = new ConcurrentLinkedQueue<>();
    private final Queue<Webhook> unanswered = new ConcurrentLinkedQueue<>();

    /**
     * One answered 2xx.
     *
     * @param at when the answer came
     * @param took from the request to the answer
     * @param repeat whether it had been acknowledged before
     */
    record Delivery(Webhook webhook, Instant at, Duration took, boolean repeat) {}

    @Override
    public void ended(Webhook webhook, WebhookClient.Answer answer) {
        if (answer instanceof WebhookClient.Answer.Status status && status.success()) {
            boolean repeat = !known.add(webhook.number());
            deliveries.add(new Delivery(webhook, Instant.now(), answer.took(), repeat));
        } else {
            unanswered.add(webhook);
        }
    }

    /** Repeats included. */
    List<Delivery> deliveries() {
        return List.copyOf(deliveries);
    }

    List<Delivery> deliveries(EventType type) {
        return deliveries.stream()
                .filter(delivery -> delivery.webhook().type() == type)
                .toList();
    }

    /** Requests that did not come to a good answer, and were made again; the bridge may have taken them all the same. */
    List<Webhook> unanswered(EventType type) {
        return unanswered.stream().filter(webhook -> webhook.type() == type).toList();
    }

    List<Fact.Leg> legs() {
        return facts(Fact.Leg.class).toList();
    }

    List<Fact.Call> calls() {
        return facts(Fact.Call.class).toList();
    }

    /** The calls that the histogram of durations counts. */
    List<Fact.Call> timedCalls() {
        return calls().stream().filter(call -> call.duration().isPresent()).toList();
    }

    /** How many there are of each. */
    static <F> Map<String, Double> count(List<F> facts, Function<F, Optional<String>> by) {
        return facts.stream()
                .map(by)
                .flatMap(Optional::stream)
                .collect(Collectors.groupingBy(key -> key, TreeMap::new, Collectors.summingDouble(key -> 1)));
    }

    static <F> double share(List<F> facts, Predicate<F> part) {
        return (double) facts.stream().filter(part).count() / facts.size();
    }

    /** The values of those facts that have one, by group. */
    static <F> Map<String, List<Double>> values(
            List<F> facts, Function<F, Optional<String>> by, Function<F, Optional<Double>> value) {
        Map<String, List<Double>> groups = new TreeMap<>();
        facts.forEach(fact -> by.apply(fact).ifPresent(group -> value.apply(fact)
                .ifPresent(number ->
                        groups.computeIfAbsent(group, name -> new ArrayList<>()).add(number))));
        return groups;
    }

    private <F extends Fact> Stream<F> facts(Class<F> kind) {
        return deliveries.stream()
                .filter(delivery -> !delivery.repeat())
                .flatMap(delivery -> delivery.webhook().facts().stream())
                .filter(kind::isInstance)
                .map(kind::cast);
    }
}
