package dev.cxotel.bridge.simulator;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the simulator knows to be true of one event that it wrote into a webhook. */
public sealed interface Fact {

    /** {@code error.type} that the event's span must carry; empty: its status is unset. */
    Optional<String> errorType();

    /** The master contact, which names the trace. */
    long contact();

    /** What was written, by CXone's names of the fields. */
    Map<String, @Nullable Object> written();

    /** The text of a field that was written; empty where it was null or left out. */
    default Optional<String> text(String field) {
        return Optional.ofNullable(written().get(field)).map(Object::toString);
    }

    /**
     * One voice-quality record. An empty value was not measured: it was written as null or as a sentinel.
     *
     * @param mos 1 to 5
     * @param jitter seconds
     * @param loss ratio, 0 to 1
     * @param rtt seconds
     */
    record Leg(
            long contact,
            String skill,
            Optional<Double> mos,
            Optional<Double> jitter,
            Optional<Double> loss,
            Optional<Double> rtt,
            Optional<String> errorType,
            Map<String, @Nullable Object> written)
            implements Fact {
        public Leg {
            written = Collections.unmodifiableMap(written);
        }
    }

    /**
     * One script API call, or the request half of one.
     *
     * @param duration seconds, exactly as the text that was written reads; empty: none was written
     */
    record Call(
            long contact,
            String script,
            String action,
            Optional<Double> duration,
            Optional<String> errorType,
            Map<String, @Nullable Object> written)
            implements Fact {
        public Call {
            written = Collections.unmodifiableMap(written);
        }
    }
}
