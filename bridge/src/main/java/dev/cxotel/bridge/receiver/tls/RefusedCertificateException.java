package dev.cxotel.bridge.receiver.tls;

import java.security.cert.CertificateException;

/** A client's certificate was not accepted in the handshake. */
final class RefusedCertificateException extends CertificateException {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final String subject;

    RefusedCertificateException(String reason, String subject) {
        super(reason);
        this.reason = reason;
        this.subject = subject;
    }

    /** A word of {@code cxotel.reason}. */
    String reason() {
        return reason;
    }

    /** As presented: nothing in it is proved. */
    String subject() {
        return subject;
    }
}
