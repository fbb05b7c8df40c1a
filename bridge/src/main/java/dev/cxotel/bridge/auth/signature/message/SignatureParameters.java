package dev.cxotel.bridge.auth.signature.message;

import dev.cxotel.bridge.auth.signature.Flaw;
import dev.cxotel.bridge.auth.signature.FlawException;
import java.time.Instant;
import java.util.Optional;

/** What a signature says of itself: RFC 9421 section 2.3. {@code nonce}, {@code tag} and unknown ones are signed, not used. */
record SignatureParameters(
        Optional<Instant> created, Optional<Instant> expires, String keyId, Optional<String> algorithm) {

    static SignatureParameters of(FieldValue.InnerList covered) throws FlawException {
        Optional<String> keyId = text(covered, "keyid");
        if (keyId.isEmpty()) {
            throw new FlawException(Flaw.UNKNOWN_KEY_VERSION);
        }
        return new SignatureParameters(
                time(covered, "created"), time(covered, "expires"), keyId.get(), text(covered, "alg"));
    }

    private static Optional<Instant> time(FieldValue.InnerList covered, String name) throws FlawException {
        FieldValue value = covered.parameters().get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof FieldValue.Whole seconds && seconds.value() >= 0) {
            return Optional.of(Instant.ofEpochSecond(seconds.value()));
        }
        throw new FlawException(Flaw.MALFORMED_TIMESTAMP);
    }

    private static Optional<String> text(FieldValue.InnerList covered, String name) throws FlawException {
        FieldValue value = covered.parameters().get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof FieldValue.Text text) {
            return Optional.of(text.value());
        }
        throw new FlawException(Flaw.MALFORMED_SIGNATURE);
    }
}
