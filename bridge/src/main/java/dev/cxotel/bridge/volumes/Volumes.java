package dev.cxotel.bridge.volumes;

import dev.cxotel.bridge.event.Activity;
import dev.cxotel.semconv.CxoneMetrics;
import dev.cxotel.semconv.MetricDefinition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many contacts, scripts and actions were heard of in the last window, by business unit: a claim about now, in memory,
 * gone with the process. Nothing is known before one window is over. Safe for any thread.
 */
public final class Volumes {

    /** The gauges, in the order of {@link #of}. */
    static final List<MetricDefinition> GAUGES = List.of(
            CxoneMetrics.CXONE_CONTACT_ACTIVE, CxoneMetrics.CXONE_SCRIPT_ACTIVE, CxoneMetrics.CXONE_ACTION_ACTIVE);

    /** Business units beyond these are counted together, without a name. */
    static final int MOST_UNITS = 1000;

    private static final int SLOTS = 60;

    private final Set<String> subscriptions;
    private final InstantSource clock;
    private final Instant born;
    private final Duration window;
    private final long slotMillis;
    private final ActiveIds contacts = new ActiveIds(SLOTS);
    private final ActiveIds scripts = new ActiveIds(SLOTS);
    private final ActiveIds actions = new ActiveIds(SLOTS);
    private final Map<String, Integer> units = new ConcurrentHashMap<>();

    /**
     * @param subscriptions that are listened to; empty: all
     * @param window at least a millisecond; it moves by a sixtieth
     */
    public Volumes(Set<String> subscriptions, Duration window, InstantSource clock) {
        this.subscriptions = Set.copyOf(subscriptions);
        this.window = window;
        this.clock = clock;
        this.born = clock.instant();
        this.slotMillis = Math.max(1, window.toMillis() / SLOTS);
    }

    public Set<String> subscriptions() {
        return subscriptions;
    }

    /** An event came in that was not known yet. */
    public void heard(Activity activity, String subscription, Instant receivedAt) {
        if (!subscriptions.isEmpty() && !subscriptions.contains(subscription)) {
            return;
        }
        int unit = unit(activity.businessUnit());
        int slot = slot(receivedAt);
        String of = activity.businessUnit() + "|";
        activity.contact().ifPresent(id -> contacts.see(of + id, unit, slot));
        activity.script().ifPresent(id -> scripts.see(of + id, unit, slot));
        activity.action().ifPresent(id -> actions.see(of + id, unit, slot));
    }

    /** The present number by business unit, 0 included; empty until one window is over. */
    Map<String, Long> of(MetricDefinition gauge) {
        Instant now = clock.instant();
        Map<String, Long> numbers = new LinkedHashMap<>();
        if (now.isBefore(born.plus(window))) {
            return numbers;
        }
        long[] counts = ids(gauge).count(MOST_UNITS + 1, slot(now));
        numbers.put("", counts[0]);
        units.forEach((name, index) -> numbers.put(name, counts[index]));
        return numbers;
    }

    private ActiveIds ids(MetricDefinition gauge) {
        return switch (GAUGES.indexOf(gauge)) {
            case 0 -> contacts;
            case 1 -> scripts;
            case 2 -> actions;
            default -> throw new IllegalArgumentException(gauge.name() + " is no volume");
        };
    }

    private int unit(String name) {
        if (name.isEmpty()) {
            return 0;
        }
        Integer known = units.get(name);
        if (known != null) {
            return known;
        }
        return newUnit(name);
    }

    private synchronized int newUnit(String name) {
        Integer known = units.get(name);
        if (known != null || units.size() >= MOST_UNITS) {
            return known == null ? 0 : known;
        }
        int index = units.size() + 1;
        units.put(name, index);
        return index;
    }

    private int slot(Instant time) {
        return (int) (Duration.between(born, time).toMillis() / slotMillis);
    }
}
