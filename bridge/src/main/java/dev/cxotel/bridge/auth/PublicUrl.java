package dev.cxotel.bridge.auth;

/** The URL by which a sender knows the place it posts to: what it signs. */
@FunctionalInterface
public interface PublicUrl {

    /** Scheme, host, path and query, percent-encoding as it arrived. */
    String of(WebhookRequest request);
}
