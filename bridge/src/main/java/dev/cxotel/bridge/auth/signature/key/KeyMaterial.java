package dev.cxotel.bridge.auth.signature.key;

import dev.cxotel.bridge.config.scheme.Algorithm;
import dev.cxotel.bridge.config.scheme.Algorithm.KeyKind;

/** What a key is made of. Its text form shows nothing of a secret. */
public sealed interface KeyMaterial permits PublicMaterial, SecretMaterial {

    KeyKind kind();

    /** Whether {@code signature} is that of {@code message}; any bytes have an answer. The algorithm fits the kind. */
    boolean verifies(Algorithm algorithm, byte[] message, byte[] signature);
}
