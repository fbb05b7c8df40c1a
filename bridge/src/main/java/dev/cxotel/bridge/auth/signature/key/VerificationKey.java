package dev.cxotel.bridge.auth.signature.key;

import dev.cxotel.bridge.config.scheme.Algorithm;
import java.time.Instant;
import java.util.Optional;

/**
 * A key that verifies signatures.
 *
 * @param consumerId whose it is; empty where the scheme names nobody
 * @param version unique for a consumer
 * @param notBefore the first moment at which it counts
 * @param notAfter the last moment at which it counts
 */
public record VerificationKey(
        Optional<String> consumerId,
        String version,
        KeyMaterial material,
        Optional<Instant> notBefore,
        Optional<Instant> notAfter) {

    public boolean isActive(Instant now) {
        return notBefore.map(first -> !now.isBefore(first)).orElse(true)
                && notAfter.map(last -> !now.isAfter(last)).orElse(true);
    }

    /** Whether the algorithm works with this kind of key. */
    public boolean fits(Algorithm algorithm) {
        return algorithm.keyKind() == material.kind();
    }

    /** Whether {@code signature} is that of {@code message}; false as well when the key does not fit the algorithm. */
    public boolean verifies(Algorithm algorithm, byte[] message, byte[] signature) {
        return fits(algorithm) && material.verifies(algorithm, message, signature);
    }
}
