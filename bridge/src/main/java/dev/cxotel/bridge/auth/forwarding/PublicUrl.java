package dev.cxotel.bridge.auth.forwarding;

import dev.cxotel.bridge.auth.WebhookRequest;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;

/** The URL that the sender of a request signed: the configured one, else the one it asked for, as far as is known. */
public final class PublicUrl implements Function<WebhookRequest, String> {

    private final Optional<String> configured;
    private final Forwarding forwarding;

    /** @param signatureUrl {@code signature_url} of the subscription, taken as it is written */
    public PublicUrl(Optional<URI> signatureUrl, Forwarding forwarding) {
        this.configured = signatureUrl.map(URI::toString);
        this.forwarding = forwarding;
    }

    @Override
    public String apply(WebhookRequest request) {
        return configured.orElseGet(() -> asked(request));
    }

    /** The URL that was asked for, whatever is configured. */
    public String asked(WebhookRequest request) {
        return forwarding.origin(request).url(request.target());
    }
}
