package dev.cxotel.bridge.journal;

import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.event.Identity;
import java.util.Optional;

/**
 * An event that the bridge itself made and that must be delivered like one that was received.
 *
 * @param subscription the subscription of the event it derives from
 * @param addressee the one destination it is for; empty for all
 */
public record DerivedEvent(
        EventType type, Identity identity, String subscription, Bytes body, Optional<String> addressee) {}
