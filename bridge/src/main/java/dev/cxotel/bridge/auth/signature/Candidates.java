package dev.cxotel.bridge.auth.signature;

import dev.cxotel.bridge.auth.signature.key.KeyRing;
import dev.cxotel.bridge.auth.signature.key.VerificationKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rule that picks the keys that may have signed a request. */
public final class Candidates {

    private Candidates() {}

    /** At least one: of the named consumer, of the named version, at a time at which it counts. */
    public static List<VerificationKey> of(
            KeyRing ring, Optional<String> consumerId, Optional<String> version, Instant now) throws FlawException {
        List<VerificationKey> own = ring.of(consumerId);
        if (own.isEmpty() && consumerId.isPresent()) {
            throw new FlawException(Flaw.WRONG_CONSUMER);
        }
        List<VerificationKey> named = own.stream()
                .filter(key -> version.isEmpty() || key.version().equals(version.get()))
                .toList();
        if (named.isEmpty()) {
            throw new FlawException(Flaw.UNKNOWN_KEY_VERSION);
        }
        List<VerificationKey> active =
                named.stream().filter(key -> key.isActive(now)).toList();
        if (active.isEmpty()) {
            throw new FlawException(Flaw.EXPIRED_KEY);
        }
        return active;
    }
}
