package dev.cxotel.bridge.contact;

import dev.cxotel.bridge.event.Activity.Quality;
import dev.cxotel.bridge.event.Hash;
import dev.cxotel.bridge.event.Identity;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What is known of one contact: all that its root span will tell.
 *
 * @param key {@code <business unit>|<master contact, else contact>}, the text that the trace id is made from
 * @param subscriptions the names of those on which it was heard of
 * @param subscription the first of them
 * @param firstEpochNanos the earliest start of its legs and calls
 * @param lastEpochNanos the latest end of its legs and calls
 * @param firstReceived when the first of its events was received
 * @param lastReceived when the last of its events was received
 * @param lastSeq the journal's position of its last event
 * @param legs call legs
 * @param calls API calls
 * @param errors legs and calls whose span is an error
 * @param quality the worst verdict of its legs
 * @param dueAt when it closes unless something more is received of it by then
 * @param closedAt when it closed, in the time of the events; empty while it is open
 */
public record Contact(
        String key,
        SortedSet<String> subscriptions,
        String subscription,
        long firstEpochNanos,
        long lastEpochNanos,
        Instant firstReceived,
        Instant lastReceived,
        long lastSeq,
        int legs,
        int calls,
        int errors,
        Quality quality,
        Instant dueAt,
        Optional<Instant> closedAt) {

    /** The key of a contact. */
    public static String key(String businessUnit, String contact) {
        return businessUnit + "|" + contact;
    }

    /** The part of the key before its last bar. */
    public String businessUnit() {
        return key.substring(0, Math.max(0, key.lastIndexOf('|')));
    }

    /** The part of the key after its last bar: the master contact, else the contact. */
    public String contact() {
        return key.substring(key.lastIndexOf('|') + 1);
    }

    public boolean isOpen() {
        return closedAt.isEmpty();
    }

    /** The identity of the root span: there is one for a contact, whatever it holds. */
    public Identity rootIdentity() {
        return rootIdentity(key);
    }

    /** The identity of the root span of the contact of {@code key}. */
    public static Identity rootIdentity(String key) {
        Hash hash = Hash.of("cxotel/1|contact-root|" + key);
        return new Identity(hash, hash, Identity.OnChange.SIMILAR);
    }

    /** The same, closed when it was due. */
    Contact closed() {
        return new Contact(
                key,
                subscriptions,
                subscription,
                firstEpochNanos,
                lastEpochNanos,
                firstReceived,
                lastReceived,
                lastSeq,
                legs,
                calls,
                errors,
                quality,
                dueAt,
                Optional.of(dueAt));
    }
}
