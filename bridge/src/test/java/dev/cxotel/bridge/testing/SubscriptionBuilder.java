package dev.cxotel.bridge.testing;

import dev.cxotel.bridge.config.AccessConfig;
import dev.cxotel.bridge.config.AuthConfig;
import dev.cxotel.bridge.config.SubscriptionConfig;
import dev.cxotel.bridge.config.SubscriptionConfig.OnUnverified;
import dev.cxotel.bridge.event.EventType;
import java.util.Map;
import java.util.Optional;

/** A subscription's configuration for a test: of voice quality, open to anybody, refusing what does not verify. */
public final class SubscriptionBuilder {

    private final String name;
    private final String path;
    private EventType type = EventType.VOICE_QUALITY;
    private AuthConfig auth = AuthConfig.NONE;
    private AccessConfig access = AccessConfig.ANYONE;
    private OnUnverified onUnverified = OnUnverified.REFUSE;
    private boolean diagnose;

    public SubscriptionBuilder(String name, String path) {
        this.name = name;
        this.path = path;
    }

    public SubscriptionBuilder type(EventType type) {
        this.type = type;
        return this;
    }

    public SubscriptionBuilder auth(AuthConfig auth) {
        this.auth = auth;
        return this;
    }

    public SubscriptionBuilder access(AccessConfig access) {
        this.access = access;
        return this;
    }

    public SubscriptionBuilder onUnverified(OnUnverified onUnverified) {
        this.onUnverified = onUnverified;
        return this;
    }

    public SubscriptionBuilder diagnose(boolean diagnose) {
        this.diagnose = diagnose;
        return this;
    }

    public SubscriptionConfig build() {
        return new SubscriptionConfig(
                name, type, path, auth, Optional.empty(), Map.of(), access, Optional.empty(), onUnverified, diagnose);
    }
}
