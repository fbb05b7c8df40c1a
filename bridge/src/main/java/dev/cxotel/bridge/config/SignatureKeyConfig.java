package dev.cxotel.bridge.config;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * One key that verifies signatures, or a file of several.
 *
 * @param version the key version that the sender names; empty only for a JWKS file, whose keys bring their {@code kid}
 * @param material where it comes from
 * @param consumerId whose key it is; empty: {@link SignatureConfig#consumerId()}'s
 * @param notBefore the first moment at which it counts
 * @param notAfter the last moment at which it counts
 */
public record SignatureKeyConfig(
        String version,
        Material material,
        Optional<String> consumerId,
        Optional<Instant> notBefore,
        Optional<Instant> notAfter) {

    /** Where a key comes from. */
    public sealed interface Material {}

    /**
     * A PEM file: a public key, a certificate, or a private key, whose public half is meant.
     *
     * @param passphrase of an encrypted private key
     */
    public record PublicKeyFile(Path file, Optional<String> passphrase) implements Material {

        /** The passphrase is not shown. */
        @Override
        public String toString() {
            return "PublicKeyFile[" + file + "]";
        }
    }

    /** A JSON Web Key Set (RFC 7517). */
    public record KeySetFile(Path file) implements Material {}

    /** A shared secret: the text's bytes in UTF-8, or what {@code whsec_} and Base64 encode. */
    public record Secret(String text) implements Material {

        /** The secret is not shown. */
        @Override
        public String toString() {
            return "Secret[***]";
        }
    }
}
