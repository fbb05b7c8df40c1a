package dev.cxotel.bridge.receiver.tls;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The cipher suites that the receiver offers: those of TLS 1.3, the forward-secret AEAD ones of TLS 1.2, and what NICE
 * publishes for the calls that CXone makes to customers' servers, of which a server must support at least one (TLS 1.2
 * at least; help.incontact.com, Platform Requirements, Network Requirements, "Inbound": 0x009E, 0xC013, 0xC02B, 0xC02C).
 */
final class CipherSuites {

    /** Block chaining with SHA-1: only by {@code tls.legacy_ciphers}. */
    static final String LEGACY = "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA";

    /** CXone's published list. */
    static final List<String> OF_CXONE = List.of(
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
            LEGACY);

    private static final List<String> OF_TLS_1_3 =
            List.of("TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256");

    private static final List<String> OTHERS = List.of(
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private static final int DIGITAL_SIGNATURE = 0;

    private CipherSuites() {}

    /** In the server's order of preference: the costly key exchange of DHE late, the legacy suite last. */
    static String[] offered(boolean legacy) {
        List<String> offered = new ArrayList<>(OF_TLS_1_3);
        OF_CXONE.stream().filter(suite -> suite.contains("_ECDSA_")).forEach(offered::add);
        offered.addAll(OTHERS);
        OF_CXONE.stream()
                .filter(suite -> suite.contains("_RSA_") && (legacy || !suite.equals(LEGACY)))
                .forEach(offered::add);
        return offered.toArray(String[]::new);
    }

    /** Those of CXone's list that this certificate can serve. */
    static List<String> served(X509Certificate certificate, boolean legacy) {
        boolean[] usage = certificate.getKeyUsage();
        List<String> served = new ArrayList<>();
        if (usage == null || usage[DIGITAL_SIGNATURE]) {
            String authentication =
                    switch (certificate.getPublicKey().getAlgorithm()) {
                        case "EC" -> "_ECDSA_";
                        case "RSA" -> "_RSA_";
                        default -> "none";
                    };
            OF_CXONE.stream()
                    .filter(suite -> suite.contains(authentication) && (legacy || !suite.equals(LEGACY)))
                    .forEach(served::add);
        }
        return served;
    }

    /** What an operator should know of that certificate before CXone calls. */
    static Optional<String> warning(X509Certificate certificate, boolean legacy) {
        List<String> served = served(certificate, legacy);
        if (served.isEmpty()) {
            return Optional.of(
                    "receiver.tls.certificate cannot serve any cipher suite that CXone publishes for its calls ("
                            + String.join(", ", OF_CXONE)
                            + "): CXone may not be able to connect; use an ECDSA certificate (P-256)");
        }
        return Optional.empty();
    }
}
