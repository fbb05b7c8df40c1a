package dev.cxotel.bridge;

import dev.cxotel.bridge.auth.Authenticator;
import dev.cxotel.bridge.auth.NoAuthentication;
import dev.cxotel.bridge.auth.PublicUrl;
import dev.cxotel.bridge.auth.TrustedProxies;
import dev.cxotel.bridge.auth.diagnose.DiagnosisLog;
import dev.cxotel.bridge.auth.diagnose.Diagnostician;
import dev.cxotel.bridge.auth.forwarding.ForwardedUrl;
import dev.cxotel.bridge.auth.forwarding.Forwarding;
import dev.cxotel.bridge.auth.signature.SignatureAuthenticator;
import dev.cxotel.bridge.auth.signature.SignedUrls;
import dev.cxotel.bridge.auth.signature.key.KeyStore;
import dev.cxotel.bridge.config.ConfigException;
import dev.cxotel.bridge.config.ReceiverConfig;
import dev.cxotel.bridge.config.SignatureConfig;
import dev.cxotel.bridge.config.SubscriptionConfig;
import dev.cxotel.bridge.replay.Reverification;
import dev.cxotel.bridge.telemetry.Telemetry;
import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Who may send to which subscription: the authenticators of a configuration, and the keys they know. */
final class Authentication implements AutoCloseable {

    private final Map<String, KeyStore> keys;
    private final Function<SubscriptionConfig, Optional<Authenticator>> certificates;
    private final PublicUrl url;
    private final ScheduledExecutorService refresh;
    private final List<ScheduledFuture<?>> refreshes = new ArrayList<>();

    private Authentication(
            Map<String, KeyStore> keys,
            Function<SubscriptionConfig, Optional<Authenticator>> certificates,
            PublicUrl url) {
        this.certificates = certificates;
        this.keys = Map.copyOf(keys);
        this.url = url;
        this.refresh = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("key-refresh").daemon().factory());
    }

    /**
     * Reads every key, and again at each subscription's refresh rate.
     *
     * @param certificates what judges a subscription's client certificates; empty: nothing does
     * @throws ConfigException when a key cannot be used
     */
    static Authentication open(
            ReceiverConfig receiver,
            Function<SubscriptionConfig, Optional<Authenticator>> certificates,
            Telemetry telemetry)
            throws ConfigException {
        List<ConfigException.Problem> problems = new ArrayList<>();
        Map<String, KeyStore> keys = new HashMap<>();
        for (int i = 0; i < receiver.subscriptions().size(); i++) {
            SubscriptionConfig subscription = receiver.subscriptions().get(i);
            if (subscription.auth().signature().isPresent()) {
                SignatureConfig signature = subscription.auth().signature().get();
                String place = "receiver.subscriptions[" + i + "].auth.signature.keys";
                try {
                    keys.put(subscription.name(), KeyStore.open(subscription.name(), signature, telemetry));
                } catch (InvalidKeyException e) {
                    problems.add(new ConfigException.Problem(
                            "", 0, 0, place, "subscription \"" + subscription.name() + "\": " + e.getMessage()));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        Authentication authentication = new Authentication(
                keys, certificates, new ForwardedUrl(new Forwarding(TrustedProxies.of(receiver.trustedProxies()))));
        authentication.keys.values().forEach(authentication::schedule);
        return authentication;
    }

    /** All of a subscription's; each must authenticate a request. */
    List<Authenticator> of(SubscriptionConfig subscription) {
        List<Authenticator> all = new ArrayList<>();
        certificates.apply(subscription).ifPresent(all::add);
        subscription
                .auth()
                .signature()
                .ifPresent(signature -> all.add(new SignatureAuthenticator(
                        signature.scheme(), SignedUrls.of(subscription, url), keys(subscription))));
        return all.isEmpty() ? List.of(new NoAuthentication()) : all;
    }

    /** Verifies what is held, by what is configured now. */
    Reverification reverification(ReceiverConfig receiver) {
        return new HeldVerification(receiver.subscriptions(), this::of);
    }

    /** What diagnoses the unverified requests of the subscription. */
    Diagnostician diagnostician(SubscriptionConfig subscription) {
        return new Diagnostician(
                subscription, keys(subscription), SignedUrls.of(subscription, url), Diagnostician.AT_THE_DOOR);
    }

    /** The diagnoses of the subscriptions that want them. */
    DiagnosisLog diagnoses(ReceiverConfig receiver) {
        Map<String, Diagnostician> diagnosticians = new HashMap<>();
        for (SubscriptionConfig subscription : receiver.subscriptions()) {
            if (subscription.diagnose() && subscription.auth().signature().isPresent()) {
                diagnosticians.put(subscription.name(), diagnostician(subscription));
            }
        }
        return new DiagnosisLog(diagnosticians, System::nanoTime);
    }

    @Override
    public void close() {
        refreshes.forEach(each -> each.cancel(false));
        refresh.shutdownNow();
    }

    private KeyStore keys(SubscriptionConfig subscription) {
        KeyStore store = keys.get(subscription.name());
        if (store == null) {
            throw new IllegalStateException("no keys of " + subscription.name());
        }
        return store;
    }

    private void schedule(KeyStore store) {
        long millis = store.config().refresh().toMillis();
        refreshes.add(refresh.scheduleWithFixedDelay(store::refresh, millis, millis, TimeUnit.MILLISECONDS));
    }
}
