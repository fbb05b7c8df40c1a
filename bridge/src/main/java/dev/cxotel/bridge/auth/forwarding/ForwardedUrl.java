package dev.cxotel.bridge.auth.forwarding;

import dev.cxotel.bridge.auth.PublicUrl;
import dev.cxotel.bridge.auth.WebhookRequest;

/** The URL that the sender asked for, as trusted proxies tell it. */
public final class ForwardedUrl implements PublicUrl {

    private final Forwarding forwarding;

    public ForwardedUrl(Forwarding forwarding) {
        this.forwarding = forwarding;
    }

    @Override
    public String of(WebhookRequest request) {
        return forwarding.origin(request).url(request.target());
    }
}
