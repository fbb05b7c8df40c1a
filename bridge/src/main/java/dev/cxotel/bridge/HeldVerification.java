package dev.cxotel.bridge;

import dev.cxotel.bridge.auth.AuthResult;
import dev.cxotel.bridge.auth.Authenticator;
import dev.cxotel.bridge.auth.HeldRequest;
import dev.cxotel.bridge.auth.WebhookRequest;
import dev.cxotel.bridge.config.SubscriptionConfig;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Delivery;
import dev.cxotel.bridge.replay.Reverification;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Verifies held deliveries by what is configured now, as of the moment at which they arrived. Address and connection were
 * judged when they arrived; a subscription that asks for no signature any more lets nothing held in.
 */
record HeldVerification(
        List<SubscriptionConfig> subscriptions, Function<SubscriptionConfig, List<Authenticator>> authenticators)
        implements Reverification {

    @Override
    public AuthResult verify(Bytes held, Delivery delivery) {
        Optional<WebhookRequest> request = HeldRequest.read(held, delivery);
        if (request.isEmpty()) {
            return new AuthResult.Unauthorized("unreadable_request");
        }
        List<Authenticator> judges = subscriptions.stream()
                .filter(subscription -> subscription.name().equals(delivery.subscription()))
                .flatMap(subscription -> authenticators.apply(subscription).stream())
                .filter(Authenticator::canJudgeLater)
                .toList();
        AuthResult last = new AuthResult.Unauthorized("no_signature_configured");
        for (Authenticator judge : judges) {
            last = judge.authenticate(request.get());
            if (!(last instanceof AuthResult.Authenticated)) {
                return last;
            }
        }
        return last;
    }
}
