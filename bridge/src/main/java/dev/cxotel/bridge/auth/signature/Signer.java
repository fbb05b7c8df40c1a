package dev.cxotel.bridge.auth.signature;

import dev.cxotel.bridge.auth.signature.key.SigningKey;
import dev.cxotel.bridge.auth.signature.message.MessageSigner;
import dev.cxotel.bridge.auth.signature.template.TemplateSigner;
import dev.cxotel.bridge.config.scheme.AllowedAlgorithm;
import dev.cxotel.bridge.config.scheme.MessageScheme;
import dev.cxotel.bridge.config.scheme.Scheme;
import dev.cxotel.bridge.config.scheme.TemplateScheme;
import java.time.InstantSource;
import java.util.Optional;

/** What signs requests by one scheme with one key, as a sender does. Safe for any thread. */
public interface Signer {

    Signed sign(OutgoingRequest request);

    /**
     * A signer.
     *
     * @throws IllegalArgumentException when the scheme does not work with the key, or needs a consumer id or key version
     *     that is not given; says so
     */
    static Signer of(Scheme scheme, Identity identity) {
        if (scheme.carriesConsumerId() && identity.consumerId().isEmpty()) {
            throw new IllegalArgumentException("the scheme " + scheme.name() + " needs a consumer id");
        }
        if (scheme.carriesKeyVersion() && identity.keyVersion().isEmpty()) {
            throw new IllegalArgumentException("the scheme " + scheme.name() + " needs a key version");
        }
        AllowedAlgorithm algorithm = scheme.algorithms().stream()
                .filter(allowed ->
                        allowed.algorithm().keyKind() == identity.key().kind())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the scheme " + scheme.name() + " does not work with "
                        + identity.key().kind().words()));
        return switch (scheme) {
            case TemplateScheme template -> new TemplateSigner(template, algorithm, identity);
            case MessageScheme message -> new MessageSigner(message, algorithm, identity);
        };
    }

    /**
     * Who signs, with what.
     *
     * @param signatureUrl what is signed as {@code {signature_url}}; empty: where the request goes
     */
    record Identity(
            Optional<String> consumerId,
            Optional<String> keyVersion,
            SigningKey key,
            Optional<String> signatureUrl,
            InstantSource clock) {}
}
