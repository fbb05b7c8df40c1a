package dev.cxotel.bridge.config;

import dev.cxotel.bridge.event.EventType;
import java.net.URI;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One of CXone's Gateway Subscriptions: a path that receives one type of data.
 *
 * @param name its name in ledger, metrics and page; unique
 * @param type what CXone sends there; an event of another type is still taken as what it is
 * @param path begins with a slash; unique
 * @param timeZone of zone-less dates; empty: {@link MappingConfig#timeZone()}
 * @param resource resource attributes of what arrives here
 * @param signatureUrl the URL that the sender signs; empty: the one it asked for
 * @param onUnverified what happens to a request whose signature does not verify
 * @param diagnose whether each unverified request is reported with the schemes that would have verified it
 */
public record SubscriptionConfig(
        String name,
        EventType type,
        String path,
        AuthConfig auth,
        Optional<ZoneId> timeZone,
        Map<String, String> resource,
        AccessConfig access,
        Optional<URI> signatureUrl,
        OnUnverified onUnverified,
        boolean diagnose) {

    /** What is received when the file names no subscription: both types, on loopback, unauthenticated. */
    public static final List<SubscriptionConfig> DEFAULTS = List.of(
            unset("voice", EventType.VOICE_QUALITY, "/v1/voice-quality"),
            unset("scripts", EventType.SCRIPT_API, "/v1/script-api"));

    public SubscriptionConfig {
        resource = Map.copyOf(resource);
    }

    private static SubscriptionConfig unset(String name, EventType type, String path) {
        return new SubscriptionConfig(
                name,
                type,
                path,
                AuthConfig.UNSET,
                Optional.empty(),
                Map.of(),
                AccessConfig.ANYONE,
                Optional.empty(),
                OnUnverified.REFUSE,
                false);
    }

    /** What happens to a request whose signature does not verify. */
    public enum OnUnverified {
        REFUSE,
        /** Answered as refused, and kept, bounded, until its scheme is known. */
        HOLD
    }
}
