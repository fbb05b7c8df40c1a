package dev.cxotel.bridge.receiver;

import dev.cxotel.bridge.config.SubscriptionConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The subscriptions whose time zone looks wrong, each with what to put instead. Nothing is shifted. */
final class ZoneSuspects {

    private static final Logger log = LoggerFactory.getLogger(ZoneSuspects.class);

    private final Map<String, Watched> watched = new LinkedHashMap<>();
    private final Map<String, String> advice = new TreeMap<>();

    ZoneSuspects(List<SubscriptionConfig> subscriptions, ZoneId defaultZone, Supplier<ZoneWatch> watches) {
        for (SubscriptionConfig subscription : subscriptions) {
            watched.put(
                    subscription.name(),
                    new Watched(watches.get(), subscription.timeZone().orElse(defaultZone)));
        }
    }

    void observe(String subscription, Instant receivedAt, Duration lag) {
        Watched one = watched.get(subscription);
        if (one != null) {
            update(subscription, one.watch().add(lag).map(off -> advise(subscription, one.zone(), receivedAt, off)));
        }
    }

    /** What to do, by subscription. */
    synchronized Map<String, String> advice() {
        return Map.copyOf(advice);
    }

    private synchronized void update(String subscription, Optional<String> sentence) {
        if (sentence.isEmpty()) {
            if (advice.remove(subscription) != null) {
                log.info("The times of subscription {} look right again.", subscription);
            }
        } else if (advice.put(subscription, sentence.get()) == null) {
            log.warn("time_zone_suspect: {}", sentence.get());
        }
    }

    private static String advise(String subscription, ZoneId zone, Instant at, Duration off) {
        int seconds = zone.getRules().getOffset(at).getTotalSeconds() - Math.toIntExact(off.toSeconds());
        String line = Math.abs(seconds) <= ZoneOffset.MAX.getTotalSeconds()
                ? "time_zone: \"" + ZoneOffset.ofTotalSeconds(seconds).getId() + "\""
                : "time_zone: …";
        return "The script events of subscription " + subscription + " are all off by " + off + " from their receipt."
                + " With time_zone " + zone.getId() + " that looks wrong; put " + line
                + " on the subscription, better the name of the region with that offset.";
    }

    private record Watched(ZoneWatch watch, ZoneId zone) {}
}
