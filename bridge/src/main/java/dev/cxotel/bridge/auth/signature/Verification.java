package dev.cxotel.bridge.auth.signature;

import dev.cxotel.bridge.config.scheme.Algorithm;
import java.time.Duration;
import java.util.Optional;

/** How the judgement of a signature ended. */
public sealed interface Verification {

    /**
     * How old the request says it is, by our clock; negative when it comes from the future. Empty when it does not say,
     * or not readably.
     */
    Optional<Duration> age();

    /**
     * The signature is right and the time is.
     *
     * @param consumerId whose key it was; empty where nobody has a name
     */
    record Verified(Optional<String> consumerId, String keyVersion, Algorithm algorithm, Optional<Duration> age)
            implements Verification {}

    /**
     * The request did not prove who sent it. {@link Flaw#STALE_TIMESTAMP} and {@link Flaw#FUTURE_TIMESTAMP} mean that
     * everything but the time is right.
     */
    record Refused(Flaw flaw, Optional<Duration> age) implements Verification {}
}
