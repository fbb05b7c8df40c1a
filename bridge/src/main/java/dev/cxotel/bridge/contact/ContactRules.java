package dev.cxotel.bridge.contact;

import dev.cxotel.bridge.event.Activity;
import dev.cxotel.bridge.event.Activity.Kind;
import dev.cxotel.bridge.event.Activity.Quality;
import dev.cxotel.bridge.event.Arrival;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * When a contact closes. All of it follows from the receive times in the journal and the events' own times, never from the
 * clock, so that reading the journal again gives the same contacts.
 *
 * @param idleTimeout it closes this long after the last of its events was received
 * @param maxDuration it closes this long after the first of its events was received
 * @param maxAge it closes this long after it began, by its events' own times, so that its root is still young enough for a
 *     backend that takes no older ones; empty: no backend asks for that. A contact that was older already when it was heard
 *     of is not hurried
 */
public record ContactRules(Duration idleTimeout, Duration maxDuration, Optional<Duration> maxAge) {

    /** How much younger than a backend's limit a root is when its contact closes. */
    private static final Duration MARGIN = Duration.ofMinutes(15);

    /** The most age for a backend's limit: a quarter of an hour less, or half of a short one. */
    public static Duration youngerThan(Duration limit) {
        return limit.compareTo(MARGIN.multipliedBy(2)) > 0 ? limit.minus(MARGIN) : limit.dividedBy(2);
    }

    Contact open(String key, Activity activity, Arrival arrival, long seq) {
        Contact blank = new Contact(
                key,
                Collections.emptySortedSet(),
                arrival.subscription(),
                activity.startEpochNanos(),
                activity.endEpochNanos(),
                arrival.receivedAt(),
                arrival.receivedAt(),
                seq,
                0,
                0,
                0,
                Quality.UNKNOWN,
                Instant.MAX,
                Optional.empty());
        return add(blank, activity, arrival, seq);
    }

    Contact add(Contact contact, Activity activity, Arrival arrival, long seq) {
        long first = Math.min(contact.firstEpochNanos(), activity.startEpochNanos());
        Instant lastReceived = later(contact.lastReceived(), arrival.receivedAt());
        return new Contact(
                contact.key(),
                with(contact.subscriptions(), arrival.subscription()),
                contact.subscription(),
                first,
                Math.max(contact.lastEpochNanos(), activity.endEpochNanos()),
                contact.firstReceived(),
                lastReceived,
                seq,
                contact.legs() + (activity.kind() == Kind.LEG ? 1 : 0),
                contact.calls() + (activity.kind() == Kind.CALL ? 1 : 0),
                contact.errors() + (activity.failed() ? 1 : 0),
                contact.quality().worse(activity.quality()),
                due(first, contact.firstReceived(), lastReceived),
                Optional.empty());
    }

    private Instant due(long firstEpochNanos, Instant firstReceived, Instant lastReceived) {
        Instant due = earlier(lastReceived.plus(idleTimeout), firstReceived.plus(maxDuration));
        if (maxAge.isPresent()) {
            Instant old = Instant.ofEpochSecond(0, firstEpochNanos).plus(maxAge.get());
            due = old.isAfter(firstReceived) ? earlier(due, old) : due;
        }
        return later(due, lastReceived);
    }

    private static SortedSet<String> with(SortedSet<String> names, String name) {
        if (names.contains(name)) {
            return names;
        }
        SortedSet<String> more = new TreeSet<>(names);
        more.add(name);
        return Collections.unmodifiableSortedSet(more);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
