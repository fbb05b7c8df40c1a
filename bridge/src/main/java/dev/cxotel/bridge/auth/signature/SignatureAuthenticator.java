package dev.cxotel.bridge.auth.signature;

import dev.cxotel.bridge.auth.AuthResult;
import dev.cxotel.bridge.auth.Authenticator;
import dev.cxotel.bridge.auth.WebhookRequest;
import dev.cxotel.bridge.auth.signature.key.KeyRing;
import dev.cxotel.bridge.config.scheme.Scheme;
import java.util.function.Supplier;

/** Knows a sender by the signature of its request. */
public final class SignatureAuthenticator implements Authenticator {

    private final boolean needsBody;
    private final Verifier verifier;
    private final Supplier<KeyRing> keys;

    /** @param keys the keys that may have signed, at each moment */
    public SignatureAuthenticator(Scheme scheme, SignedUrls urls, Supplier<KeyRing> keys) {
        this.needsBody = scheme.needsBody();
        this.verifier = Verifier.of(scheme, urls);
        this.keys = keys;
    }

    @Override
    public boolean needsBody() {
        return needsBody;
    }

    @Override
    public boolean canJudgeLater() {
        return true;
    }

    /** The request's time is judged against the moment at which it arrived. */
    @Override
    public AuthResult authenticate(WebhookRequest request) {
        return switch (verifier.verify(request, keys.get(), request.receivedAt())) {
            case Verification.Verified verified ->
                new AuthResult.Authenticated(
                        verified.consumerId().map(id -> id + "/").orElse("") + verified.keyVersion());
            case Verification.Refused refused ->
                new AuthResult.Unauthorized(refused.flaw().reason());
        };
    }
}
