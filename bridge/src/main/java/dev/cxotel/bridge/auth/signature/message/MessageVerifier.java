package dev.cxotel.bridge.auth.signature.message;

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
import dev.cxotel.bridge.config.scheme.MessageScheme;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Judges by RFC 9421. Of several signatures one must verify and cover what the scheme demands. */
public final class MessageVerifier implements Verifier {

    private static final int MOST_SIGNATURES = 4;

    private final MessageScheme scheme;
    private final SignedComponents base;

    public MessageVerifier(MessageScheme scheme, SignedUrls urls) {
        this.scheme = scheme;
        this.base = new SignedComponents(urls);
    }

    @Override
    public Verification verify(WebhookRequest request, KeyRing keys, Instant now) {
        try {
            SequencedMap<String, FieldValue> inputs = field(request, "signature-input");
            SequencedMap<String, FieldValue> signatures = field(request, "signature");
            if (inputs.isEmpty() || inputs.size() > MOST_SIGNATURES) {
                throw new FlawException(Flaw.MALFORMED_SIGNATURE);
            }
            Optional<Verification> first = Optional.empty();
            for (Map.Entry<String, FieldValue> input : inputs.entrySet()) {
                Verification judged = judge(request, input.getValue(), signatures.get(input.getKey()), keys, now);
                if (judged instanceof Verification.Verified) {
                    return judged;
                }
                first = first.isPresent() ? first : Optional.of(judged);
            }
            return first.orElseThrow();
        } catch (FlawException e) {
            return new Verification.Refused(e.flaw(), Optional.empty());
        }
    }

    private static SequencedMap<String, FieldValue> field(WebhookRequest request, String name) throws FlawException {
        List<String> lines = request.header(name);
        if (lines.size() != 1) {
            throw new FlawException(lines.isEmpty() ? Flaw.MISSING_HEADER : Flaw.DUPLICATED_HEADER);
        }
        return FieldParser.dictionary(lines.getFirst());
    }

    private Verification judge(
            WebhookRequest request, FieldValue input, @Nullable FieldValue signature, KeyRing keys, Instant now) {
        Optional<Duration> age = Optional.empty();
        try {
            if (!(input instanceof FieldValue.InnerList covered)
                    || !(signature instanceof FieldValue.Item item)
                    || !(item.value() instanceof FieldValue.Binary bytes)) {
                throw new FlawException(Flaw.MALFORMED_SIGNATURE);
            }
            SignatureParameters parameters = SignatureParameters.of(covered);
            age = parameters.created().map(created -> Duration.between(created, now));
            demand(covered, parameters);
            List<VerificationKey> candidates =
                    Candidates.of(keys, Optional.empty(), Optional.of(parameters.keyId()), now);
            byte[] message = base.of(request, covered);
            Verification.Verified verified = verified(candidates, parameters, message, bytes.value(), age);
            if (covers(covered, ContentDigest.NAME)) {
                ContentDigest.check(request);
            }
            Timeliness.check(age, scheme.tolerance());
            if (parameters.expires().map(now::isAfter).orElse(false)) {
                throw new FlawException(Flaw.STALE_TIMESTAMP);
            }
            return verified;
        } catch (FlawException e) {
            return new Verification.Refused(e.flaw(), age);
        }
    }

    private void demand(FieldValue.InnerList covered, SignatureParameters parameters) throws FlawException {
        for (String component : scheme.components()) {
            if (!covers(covered, component)) {
                throw new FlawException(Flaw.NOT_COVERED);
            }
        }
        if (scheme.requireCreated() && parameters.created().isEmpty()) {
            throw new FlawException(Flaw.NOT_COVERED);
        }
    }

    private static boolean covers(FieldValue.InnerList covered, String component) throws FlawException {
        for (FieldValue.Item item : covered.items()) {
            if (SignedComponents.name(item).equals(component)) {
                return true;
            }
        }
        return false;
    }

    /** An {@code alg} of the request can only agree with what scheme and key allow, or be refused. */
    private Verification.Verified verified(
            List<VerificationKey> keys,
            SignatureParameters parameters,
            byte[] message,
            byte[] signature,
            Optional<Duration> age)
            throws FlawException {
        for (AllowedAlgorithm allowed : scheme.algorithms()) {
            Optional<String> name = Algorithms.name(allowed.algorithm());
            if (parameters.algorithm().isPresent() && !parameters.algorithm().equals(name)) {
                continue;
            }
            for (VerificationKey key : keys) {
                if (key.verifies(allowed.algorithm(), message, signature)) {
                    return new Verification.Verified(key.consumerId(), key.version(), allowed.algorithm(), age);
                }
            }
        }
        throw new FlawException(Flaw.WRONG_SIGNATURE);
    }
}
