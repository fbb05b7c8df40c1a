package dev.cxotel.bridge.pipeline.work;

import dev.cxotel.bridge.event.Arrival;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Decoding;
import dev.cxotel.bridge.event.Event;
import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.journal.StoredEvent;
import dev.cxotel.bridge.signal.Decoder;
import dev.cxotel.bridge.signal.Slice;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a stored event to what is sent of it: decodes the body of its delivery, finds the event in it, and asks its
 * slice. Keeps the last body decoded, because the events of a delivery follow each other. For one thread.
 */
public final class Translator<T> {

    private static final Logger log = LoggerFactory.getLogger(Translator.class);

    /** What a slice makes of an event for one signal; empty when there is nothing to send. */
    @FunctionalInterface
    public interface Mapping<T> {
        /** Called for events of wanted subscriptions only. */
        Optional<T> map(Slice slice, Event event, Arrival arrival);
    }

    private final Decoder decoder;
    private final Function<EventType, Optional<Slice>> slices;
    private final Set<String> subscriptions;
    private final String what;
    private final Mapping<T> mapping;
    private @Nullable Bytes lastBody;
    private Map<Integer, Event> lastEvents = Map.of();

    /**
     * @param subscriptions whose events are sent; empty: all
     * @param what comes of them, a word in snake_case
     */
    public Translator(
            Decoder decoder,
            Function<EventType, Optional<Slice>> slices,
            Set<String> subscriptions,
            String what,
            Mapping<T> mapping) {
        this.decoder = decoder;
        this.slices = slices;
        this.subscriptions = subscriptions;
        this.what = what;
        this.mapping = mapping;
    }

    /** What is sent of the event; an exception out of its slice costs that one event. */
    public Translation<T> translate(StoredEvent stored) {
        // A contact belongs to several, which only its slice knows.
        if (stored.type() != EventType.CONTACT
                && !isWanted(Set.of(stored.arrival().subscription()))) {
            return new Translation.Skipped<>("subscription");
        }
        if (stored.damaged()) {
            return new Translation.Broken<>("damaged", "the stored body does not match its hash");
        }
        try {
            return find(stored)
                    .map(event -> map(stored, event))
                    .orElseGet(() -> new Translation.Broken<>(
                            "undecodable", "the stored body does not hold the event any more"));
        } catch (RuntimeException | StackOverflowError bug) {
            log.error(
                    "Event {} of type {} cannot be translated to {}: a bug; it is set aside",
                    stored.seq(),
                    stored.type().configName(),
                    what,
                    bug);
            return new Translation.Broken<>("translation_bug", bug.getClass().getName());
        }
    }

    private Translation<T> map(StoredEvent stored, Event event) {
        Optional<Slice> slice = slices.apply(stored.type());
        if (slice.isEmpty()) {
            return new Translation.Broken<>(
                    "no_slice",
                    "nothing translates events of type " + stored.type().configName());
        }
        if (!isWanted(slice.get().subscriptions(event, stored.arrival()))) {
            return new Translation.Skipped<>("subscription");
        }
        return mapping.map(slice.get(), event, stored.arrival())
                .<Translation<T>>map(Translation.Ready::new)
                .orElseGet(() -> new Translation.Skipped<>("no_" + what));
    }

    private boolean isWanted(Set<String> of) {
        return subscriptions.isEmpty() || !Collections.disjoint(subscriptions, of);
    }

    private Optional<Event> find(StoredEvent stored) {
        Map<Integer, Event> events = events(stored.body());
        return Optional.ofNullable(events.get(stored.index()))
                .filter(event -> isSame(event, stored))
                .or(() -> events.values().stream()
                        .filter(event -> isSame(event, stored))
                        .findFirst());
    }

    private static boolean isSame(Event event, StoredEvent stored) {
        return event.type() == stored.type() && event.identity().content().equals(stored.content());
    }

    /** The events of a body by their index. */
    private Map<Integer, Event> events(Bytes body) {
        if (lastBody == null || !lastBody.equals(body)) {
            lastEvents = switch (decoder.decode(body)) {
                case Decoding.Decoded decoded ->
                    decoded.events().stream().collect(Collectors.toMap(Event::index, Function.identity()));
                case Decoding.NotJson notJson -> Map.of();
            };
            lastBody = body;
        }
        return lastEvents;
    }
}
