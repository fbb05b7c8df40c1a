package dev.cxotel.bridge.config;

import dev.cxotel.bridge.config.scheme.Scheme;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Authentication by a signature in each request.
 *
 * @param scheme a preset, or one that the file spells out
 * @param consumerId who signs; required where the scheme carries one
 * @param keys every key that may have signed; several may be valid at once
 * @param refresh how often the files of the keys are read again
 */
public record SignatureConfig(
        Scheme scheme, Optional<String> consumerId, List<SignatureKeyConfig> keys, Duration refresh) {

    public static final Duration DEFAULT_REFRESH = Duration.ofMinutes(1);

    public SignatureConfig {
        keys = List.copyOf(keys);
    }
}
