package dev.cxotel.bridge.config;

import java.util.List;
import java.util.Optional;

/**
 * Authentication by a signature in each request.
 *
 * @param scheme the name of a scheme preset
 * @param consumerId who signs; required where the scheme carries one
 * @param keys every key that may have signed; several may be valid at once
 */
public record SignatureConfig(String scheme, Optional<String> consumerId, List<SignatureKeyConfig> keys) {
    public SignatureConfig {
        keys = List.copyOf(keys);
    }
}
