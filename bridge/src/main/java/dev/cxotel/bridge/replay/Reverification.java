package dev.cxotel.bridge.replay;

import dev.cxotel.bridge.auth.AuthResult;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Delivery;

/** Verifies the sender of a held delivery again, as of the moment that it was received. */
@FunctionalInterface
public interface Reverification {

    /** While nobody can verify again. */
    Reverification NONE = (request, delivery) -> new AuthResult.Unauthorized("no_reverification");

    /**
     * Judges who sent the delivery.
     *
     * @param request as it was given to {@code Journal.hold}
     * @param delivery with the receive time to judge the request at
     */
    AuthResult verify(Bytes request, Delivery delivery);
}
