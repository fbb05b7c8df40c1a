package dev.cxotel.bridge.auth.signature.key;

import java.util.List;
import java.util.Optional;

/** The keys that may have signed, at one moment. Immutable. */
public record KeyRing(List<VerificationKey> keys) {

    public KeyRing {
        keys = List.copyOf(keys);
    }

    /** Those of the consumer; all where no consumer is named. */
    public List<VerificationKey> of(Optional<String> consumerId) {
        return consumerId.isEmpty()
                ? keys
                : keys.stream()
                        .filter(key -> key.consumerId().equals(consumerId))
                        .toList();
    }

    /** The key versions, in the configuration's order. */
    public List<String> versions() {
        return keys.stream().map(VerificationKey::version).toList();
    }
}
