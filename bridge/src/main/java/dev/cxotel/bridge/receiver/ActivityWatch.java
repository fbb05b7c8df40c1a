package dev.cxotel.bridge.receiver;

import dev.cxotel.bridge.event.Activity;
import java.time.Instant;

/** Hears of each event that is durable and new. Called on the threads of requests; must be quick. */
@FunctionalInterface
public interface ActivityWatch {

    /** Hears nothing. */
    ActivityWatch NONE = (activity, subscription, receivedAt) -> {};

    void heard(Activity activity, String subscription, Instant receivedAt);
}
