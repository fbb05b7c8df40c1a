package dev.cxotel.bridge.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One key that verifies signatures: either a file with a public key or a shared secret.
 *
 * @param version the key version that the sender names
 */
public record SignatureKeyConfig(String version, Optional<Path> publicKey, Optional<String> secret) {

    /** The secret is not shown. */
    @Override
    public String toString() {
        return "SignatureKeyConfig[" + version + ", " + publicKey + "]";
    }
}
