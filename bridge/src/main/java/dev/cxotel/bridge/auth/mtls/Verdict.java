package dev.cxotel.bridge.auth.mtls;

import java.time.Instant;

/** What is thought of a chain of client certificates. */
public sealed interface Verdict {

    /**
     * It leads to an authority that is trusted.
     *
     * @param notBefore since when every certificate of the path is valid
     * @param notAfter until when
     */
    record Trusted(Instant notBefore, Instant notAfter) implements Verdict {
        boolean holdsAt(Instant time) {
            return !time.isBefore(notBefore) && !time.isAfter(notAfter);
        }
    }

    /** It does not. */
    record Untrusted(Reason reason) implements Verdict {}

    /** Why a chain is not trusted. */
    enum Reason {
        /** No path to a configured authority. */
        FOREIGN_CA,
        /** The same, and it is its own issuer. */
        SELF_SIGNED,
        /** The path is good, but its end is over. */
        EXPIRED,
        /** The path is good, but has not begun. */
        NOT_YET_VALID,
        /** An authority on the path is not valid now. */
        CA_NOT_VALID,
        /** Its issuer did not make it for TLS clients. */
        NOT_FOR_CLIENTS,
        /** Longer than any path that makes sense. */
        CHAIN_TOO_LONG
    }
}
