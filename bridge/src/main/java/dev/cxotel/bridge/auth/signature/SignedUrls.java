package dev.cxotel.bridge.auth.signature;

import dev.cxotel.bridge.auth.PublicUrl;
import dev.cxotel.bridge.config.SubscriptionConfig;

/**
 * The two URLs that a string to sign may name.
 *
 * @param url what the sender asked for
 * @param signatureUrl what the configuration says it signs; {@code url} where it says nothing
 */
public record SignedUrls(PublicUrl url, PublicUrl signatureUrl) {

    /** Those of a subscription. */
    public static SignedUrls of(SubscriptionConfig subscription, PublicUrl url) {
        return new SignedUrls(
                url,
                subscription
                        .signatureUrl()
                        .map(configured -> (PublicUrl) request -> configured.toString())
                        .orElse(url));
    }
}
