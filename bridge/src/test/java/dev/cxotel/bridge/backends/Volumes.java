package dev.cxotel.bridge.backends;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.simulator.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What the gauges of active contacts, scripts and actions may say at a moment. When a webhook was received is known to lie
 * between its request and its answer, so the number is known to lie between two others.
 *
 * @param at the time of the gauge's point
 * @param window of {@code mapping.volumes}, which moves by a sixtieth
 */
record Volumes(Sent sent, Instant at, Duration window) {

    /** By the panels and questions that ask for them: how the facts tell one from another. */
    static Map<String, Function<Fact, Optional<String>>> panels() {
        return Map.of(
                "CXone calls: Contacts heard of: A", Volumes::contact,
                "CXone Studio script APIs: Scripts and actions heard of: A", Volumes::script,
                "CXone Studio script APIs: Scripts and actions heard of: B", Volumes::action,
                "How many contacts are active?", Volumes::contact,
                "How many scripts are active?", Volumes::script,
                "How many actions are active?", Volumes::action);
    }

    void check(String panel, Function<Fact, Optional<String>> id, Map<String, Double> answer) {
        Set<String> surely = new HashSet<>();
        Set<String> perhaps = new HashSet<>();
        Instant start = at.minus(window);
        Duration step = window.dividedBy(60).plusMillis(10);
        for (Sent.Delivery delivery : sent.deliveries()) {
            Instant earliest = delivery.at().minus(delivery.took());
            boolean known = earliest.isAfter(start.plus(step)) && delivery.at().isBefore(at) && !delivery.repeat();
            boolean possible = delivery.at().isAfter(start.minus(step)) && earliest.isBefore(at);
            for (Fact fact : delivery.webhook().facts()) {
                id.apply(fact).filter(name -> known).ifPresent(surely::add);
                id.apply(fact).filter(name -> possible).ifPresent(perhaps::add);
            }
        }
        assertThat(surely).as(panel).isNotEmpty();
        assertThat(answer).as(panel).containsOnlyKeys("");
        assertThat(answer.get("")).as(panel).isBetween((double) surely.size(), (double) perhaps.size());
    }

    private static Optional<String> contact(Fact fact) {
        return Optional.of(String.valueOf(fact.contact()));
    }

    private static Optional<String> script(Fact fact) {
        return fact instanceof Fact.Call call ? Optional.of(call.script()) : Optional.empty();
    }

    private static Optional<String> action(Fact fact) {
        return fact instanceof Fact.Call call
                ? call.text("actionId").map(id -> call.script() + "#" + id)
                : Optional.empty();
    }
}
