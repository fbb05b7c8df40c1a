package dev.cxotel.bridge.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Authentication by a client certificate.
 *
 * @param clientCa the certificate authorities that may have issued it, PEM
 * @param pins {@code sha256:} and the standard Base64 of the SHA-256 of an allowed certificate's public key, {@code
 *     subject:} and its subject, or {@code dns:}, {@code uri:}, {@code email:} and an alternative name; one must match;
 *     empty: any certificate that chains to the authorities
 * @param certificateHeader the header in which a trusted proxy hands on the certificate of a TLS connection that ends
 *     there; empty: no header is believed
 */
public record MtlsConfig(Path clientCa, List<String> pins, Optional<CertificateHeader> certificateHeader) {

    public MtlsConfig {
        pins = List.copyOf(pins);
    }

    /** One that believes no header. */
    public MtlsConfig(Path clientCa, List<String> pins) {
        this(clientCa, pins, Optional.empty());
    }

    /** How a proxy hands a certificate on. */
    public enum CertificateHeader {
        /** {@code Client-Cert} and {@code Client-Cert-Chain} of RFC 9440. */
        CLIENT_CERT,
        /** Envoy's header, which must hold {@code Cert} or {@code Chain}. */
        X_FORWARDED_CLIENT_CERT
    }
}
