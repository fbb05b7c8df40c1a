package dev.cxotel.bridge.auth.issue;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** A certificate with its private key. */
public record Issued(X509Certificate certificate, PrivateKey key) {

    /** Does not show the key. */
    @Override
    public String toString() {
        return "Issued[" + certificate.getSubjectX500Principal() + "]";
    }
}
