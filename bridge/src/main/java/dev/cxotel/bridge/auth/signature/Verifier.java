package dev.cxotel.bridge.auth.signature;

import dev.cxotel.bridge.auth.WebhookRequest;
import dev.cxotel.bridge.auth.signature.key.KeyRing;
import dev.cxotel.bridge.auth.signature.message.MessageVerifier;
import dev.cxotel.bridge.auth.signature.template.TemplateVerifier;
import dev.cxotel.bridge.config.scheme.MessageScheme;
import dev.cxotel.bridge.config.scheme.Scheme;
import dev.cxotel.bridge.config.scheme.TemplateScheme;
import java.time.Instant;

/** What judges the signature of a request by one scheme. It changes nothing and logs nothing; safe for any thread. */
public interface Verifier {

    /**
     * Every request has an answer.
     *
     * @param request with its body where {@link Scheme#needsBody()}
     * @param now when the request counts as arrived
     */
    Verification verify(WebhookRequest request, KeyRing keys, Instant now);

    /** The verifier of a scheme. */
    static Verifier of(Scheme scheme, SignedUrls urls) {
        return switch (scheme) {
            case TemplateScheme template -> new TemplateVerifier(template, urls);
            case MessageScheme message -> new MessageVerifier(message, urls);
        };
    }
}
