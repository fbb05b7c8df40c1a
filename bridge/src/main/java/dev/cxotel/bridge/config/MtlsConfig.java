package dev.cxotel.bridge.config;

import java.nio.file.Path;
import java.util.List;

/**
 * Authentication by a client certificate.
 *
 * @param clientCa the certificate authorities that may have issued it, PEM
 * @param pins {@code sha256:} and the standard Base64 of the SHA-256 of an allowed certificate's public key; empty: any
 *     that chains to the authorities
 */
public record MtlsConfig(Path clientCa, List<String> pins) {
    public MtlsConfig {
        pins = List.copyOf(pins);
    }
}
