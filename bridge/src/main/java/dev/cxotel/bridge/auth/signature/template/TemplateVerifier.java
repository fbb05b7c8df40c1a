package dev.cxotel.bridge.auth.signature.template;

import dev.cxotel.bridge.auth.WebhookRequest;
import dev.cxotel.bridge.auth.signature.Candidates;
import dev.cxotel.bridge.auth.signature.Flaw;
import dev.cxotel.bridge.auth.signature.FlawException;
import dev.cxotel.bridge.auth.signature.SignedUrls;
import dev.cxotel.bridge.auth.signature.Timeliness;
import dev.cxotel.bridge.auth.signature.Verification;
import dev.cxotel.bridge.auth.signature.Verifier;
import dev.cxotel.bridge.auth.signature.key.KeyRing;
import dev.cxotel.bridge.auth.signature.key.VerificationKey;
import dev.cxotel.bridge.config.scheme.AllowedAlgorithm;
import dev.cxotel.bridge.config.scheme.TemplateScheme;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Judges by a scheme whose string to sign is a template. The algorithm is the scheme's and the key's, never the request's. */
public final class TemplateVerifier implements Verifier {

    private final TemplateScheme scheme;
    private final SignedString signedString;

    public TemplateVerifier(TemplateScheme scheme, SignedUrls urls) {
        this.scheme = scheme;
        this.signedString = new SignedString(scheme, urls);
    }

    @Override
    public Verification verify(WebhookRequest request, KeyRing keys, Instant now) {
        Optional<Duration> age = Optional.empty();
        try {
            Carried carried = new Carried(request);
            List<String> signatures = carried.items(scheme.signature());
            Claims claims = Claims.of(scheme, carried);
            age = age(claims, now);
            List<VerificationKey> candidates = Candidates.of(keys, claims.consumerId(), claims.keyVersion(), now);
            byte[] message = signedString.of(request, carried, claims);
            Verification.Verified verified = verified(signatures, candidates, message, age);
            Timeliness.check(age, scheme.tolerance());
            return verified;
        } catch (FlawException e) {
            return new Verification.Refused(e.flaw(), age);
        }
    }

    private Optional<Duration> age(Claims claims, Instant now) throws FlawException {
        if (claims.timestamp().isEmpty() || scheme.timestamp().isEmpty()) {
            return Optional.empty();
        }
        Instant signed = Claims.instant(
                claims.timestamp().get(), scheme.timestamp().get().unit());
        return Optional.of(Duration.between(signed, now));
    }

    private Verification.Verified verified(
            List<String> signatures, List<VerificationKey> keys, byte[] message, Optional<Duration> age)
            throws FlawException {
        boolean readable = false;
        for (AllowedAlgorithm allowed : scheme.algorithms()) {
            for (String item : signatures) {
                Optional<byte[]> signature = item.startsWith(allowed.prefix())
                        ? SignatureText.decode(item.substring(allowed.prefix().length()), scheme.encoding())
                        : Optional.empty();
                if (signature.isEmpty()) {
                    continue;
                }
                readable = true;
                for (VerificationKey key : keys) {
                    if (key.verifies(allowed.algorithm(), message, signature.get())) {
                        return new Verification.Verified(key.consumerId(), key.version(), allowed.algorithm(), age);
                    }
                }
            }
        }
        throw new FlawException(readable ? Flaw.WRONG_SIGNATURE : Flaw.MALFORMED_SIGNATURE);
    }
}
