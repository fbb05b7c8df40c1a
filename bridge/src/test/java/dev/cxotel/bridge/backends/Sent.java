package dev.cxotel.bridge.backends;

import dev.cxotel.bridge.simulator.Fact;
import dev.cxotel.bridge.simulator.Load;
import dev.cxotel.bridge.simulator.Webhook;
import dev.cxotel.bridge.simulator.WebhookClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What the simulated contact centre knows to have been acknowledged: the facts of each webhook, repeats once. */
final class Sent implements Load.Listener {

    private final Set<Long> known = ConcurrentHashMap.newKeySet();
    private final Map<Long, Webhook> webhooks = new ConcurrentHashMap<>();

    @Override
    public void ended(Webhook webhook, WebhookClient.Answer answer) {
        if (answer instanceof WebhookClient.Answer.Status status && status.success() && known.add(webhook.number())) {
            webhooks.put(webhook.number(), webhook);
        }
    }

    List<Fact.Leg> legs() {
        return facts(Fact.Leg.class);
    }

    List<Fact.Call> calls() {
        return facts(Fact.Call.class);
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

    private <F extends Fact> List<F> facts(Class<F> kind) {
        List<F> facts = new ArrayList<>();
        webhooks.values().forEach(webhook -> webhook.facts().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .forEach(facts::add));
        return facts;
    }
}
