package dev.cxotel.bridge.auth.access;

import dev.cxotel.bridge.auth.WebhookRequest;
import dev.cxotel.bridge.auth.forwarding.Forwarding;
import dev.cxotel.bridge.config.AccessConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The rules of who may send to a subscription before any proof, and how often. Only requests that were let in use the rate
 * up, so that a stranger's flood does not lock the honest sender out.
 */
public final class Access {

    private final AllowList allowed;
    private final Forwarding forwarding;
    private final Optional<RateLimit> rate;

    /** @param nanoTime as of {@link System#nanoTime()} */
    public Access(AccessConfig config, Forwarding forwarding, LongSupplier nanoTime) {
        this.allowed = new AllowList(config.allowFrom());
        this.forwarding = forwarding;
        this.rate = config.requestsPerSecond().map(perSecond -> new RateLimit(perSecond, nanoTime));
    }

    /** Whether the sender's address may send here. */
    public boolean allows(WebhookRequest request) {
        return allowed.isEverybody()
                || allowed.allows(forwarding.origin(request).client());
    }

    /** How long until one more may come in; zero when one may. */
    public Duration untilNext() {
        return rate.map(RateLimit::untilNext).orElse(Duration.ZERO);
    }

    /** Lets one in: zero; or how long until one more may come in. */
    public Duration enter() {
        return rate.map(RateLimit::take).orElse(Duration.ZERO);
    }
}
