package dev.cxotel.bridge.auth.signature;

import java.util.Locale;

/** What is wrong with a signed request. The sender is never told which. */
public enum Flaw {
    /** A header or query parameter that the scheme needs is not there, or empty. */
    MISSING_HEADER,
    /** One that may stand there once stands there more often. */
    DUPLICATED_HEADER,
    /** The signature is no text in the scheme's encoding, has an impossible length, or is one of too many. */
    MALFORMED_SIGNATURE,
    /** The time is no number, or no time of this world. */
    MALFORMED_TIMESTAMP,
    /** No key belongs to the consumer id. */
    WRONG_CONSUMER,
    /** The consumer has no key of that version. */
    UNKNOWN_KEY_VERSION,
    /** The key counts no longer, or not yet. */
    EXPIRED_KEY,
    /** No key verifies the signature. */
    WRONG_SIGNATURE,
    /** All is right, but it was long ago: a replay, a slow queue, or a clock that is off. */
    STALE_TIMESTAMP,
    /** All is right, but it is to come: a clock that is off. */
    FUTURE_TIMESTAMP,
    /** Something that must be signed is not. */
    NOT_COVERED,
    /** The digest that was signed is not the body's. */
    WRONG_DIGEST;

    /** The word in self-metrics and log. */
    public String reason() {
        return name().toLowerCase(Locale.ROOT);
    }
}
