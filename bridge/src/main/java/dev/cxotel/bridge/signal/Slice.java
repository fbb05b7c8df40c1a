package dev.cxotel.bridge.signal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cxotel.bridge.event.Activity;
import dev.cxotel.bridge.event.Arrival;
import dev.cxotel.bridge.event.Event;
import dev.cxotel.bridge.event.EventType;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that is known of one payload: how it is recognised, decoded and mapped. A slice is pure: the same arguments give
 * the same answer; it touches no file, socket, thread or clock. Its mapping configuration was given to its constructor.
 */
public interface Slice {

    EventType type();

    /** Whether {@code document}, one object of a body, is this slice's payload, judged by its content alone. */
    boolean recognises(JsonNode document);

    /** Adds the document's events, unreadable parts and findings to {@code body}. */
    void decode(JsonNode document, BodyDecoding body);

    /** Looks at the event's values under the current mapping. */
    Inspection inspect(Event event, Arrival arrival);

    /** When the event happened by its own account, in nanoseconds since the epoch; empty when it does not say. */
    Optional<Long> eventTime(Event event, Arrival arrival);

    /** What the event tells of its contact, script and action; empty for an event that stands for others. */
    default Optional<Activity> activity(Event event, Arrival arrival) {
        return Optional.empty();
    }

    /** The subscriptions that the event belongs to: for one that stands for others, theirs. */
    default Set<String> subscriptions(Event event, Arrival arrival) {
        return Set.of(arrival.subscription());
    }

    /** The resource of the event's metrics; spans and logs carry the same. */
    Resource resource(Event event, Arrival arrival);

    Optional<SpanData> span(Event event, Arrival arrival);

    Optional<LogRecordData> log(Event event, Arrival arrival);

    List<Measurement> measurements(Event event, Arrival arrival);
}
