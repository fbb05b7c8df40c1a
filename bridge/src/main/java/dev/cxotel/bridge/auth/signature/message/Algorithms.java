package dev.cxotel.bridge.auth.signature.message;

import dev.cxotel.bridge.config.scheme.Algorithm;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The names of algorithms in the HTTP Signature Algorithms registry. */
final class Algorithms {

    private static final Map<Algorithm, String> NAMES = new EnumMap<>(Map.of(
            Algorithm.RSA_PSS_SHA512, "rsa-pss-sha512",
            Algorithm.RSA_SHA256, "rsa-v1_5-sha256",
            Algorithm.HMAC_SHA256, "hmac-sha256",
            Algorithm.ECDSA_P256_RAW, "ecdsa-p256-sha256",
            Algorithm.ECDSA_P384_RAW, "ecdsa-p384-sha384",
            Algorithm.ED25519, "ed25519"));

    private Algorithms() {}

    /** Empty when the registry does not know it. */
    static Optional<String> name(Algorithm algorithm) {
        return Optional.ofNullable(NAMES.get(algorithm));
    }
}
