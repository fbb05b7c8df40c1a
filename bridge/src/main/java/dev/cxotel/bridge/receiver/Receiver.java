package dev.cxotel.bridge.receiver;

import dev.cxotel.bridge.auth.Authenticator;
import dev.cxotel.bridge.auth.TrustedProxies;
import dev.cxotel.bridge.auth.WebhookRequest;
import dev.cxotel.bridge.auth.access.Access;
import dev.cxotel.bridge.auth.forwarding.Forwarding;
import dev.cxotel.bridge.config.MappingConfig;
import dev.cxotel.bridge.config.ReceiverConfig;
import dev.cxotel.bridge.config.SubscriptionConfig;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.receiver.listener.Listener;
import dev.cxotel.bridge.receiver.listener.ListenerConfig;
import dev.cxotel.bridge.signal.Decoder;
import dev.cxotel.bridge.signal.Slice;
import dev.cxotel.bridge.telemetry.Telemetry;
import io.helidon.common.tls.Tls;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listener that CXone posts to, built from one configuration snapshot. */
public final class Receiver {

    private static final Logger log = LoggerFactory.getLogger(Receiver.class);

    private final Listener listener;
    private final Gate gate;
    private final Duration stopTimeout;
    private final ZoneSuspects zones;
    private final Observations observations;
    private final Telemetry.Registration inFlight;

    private Receiver(
            Listener listener,
            Gate gate,
            Duration stopTimeout,
            ZoneSuspects zones,
            Observations observations,
            Telemetry.Registration inFlight) {
        this.listener = listener;
        this.gate = gate;
        this.stopTimeout = stopTimeout;
        this.zones = zones;
        this.observations = observations;
        this.inFlight = inFlight;
    }

    /**
     * What a receiver works with.
     *
     * @param authenticators all of a subscription's; each must authenticate a request
     * @param slices look at the events that were stored
     * @param zoneWatches a new watch for each subscription
     * @param activities hears of what the events tell
     * @param diagnosis what looks at requests that were refused because they could not be verified, where wanted
     */
    public record Parts(
            Function<SubscriptionConfig, List<Authenticator>> authenticators,
            Decoder decoder,
            List<Slice> slices,
            MappingConfig mapping,
            Journal journal,
            Telemetry telemetry,
            Supplier<ZoneWatch> zoneWatches,
            ActivityWatch activities,
            InstantSource clock,
            BiConsumer<SubscriptionConfig, WebhookRequest> diagnosis) {
        public Parts {
            slices = List.copyOf(slices);
        }
    }

    /**
     * Binds and starts to receive. Whether it may listen there was decided before, by {@link
     * dev.cxotel.bridge.auth.ListenRule}.
     *
     * @param tls of {@link dev.cxotel.bridge.receiver.tls.Certificates#tls()}; empty: plain HTTP
     * @throws IOException when the address cannot be bound; says why
     */
    public static Receiver start(ReceiverConfig config, Parts parts, Optional<Tls> tls) throws IOException {
        DoorTelemetry telemetry = new DoorTelemetry(parts.telemetry());
        ZoneSuspects zones =
                new ZoneSuspects(config.subscriptions(), parts.mapping().timeZone(), parts.zoneWatches());
        Observations observations = new Observations(
                config.subscriptions(),
                parts.slices(),
                parts.telemetry(),
                parts.mapping().late().lateAfter(),
                zones,
                parts.activities(),
                new SourceWatch(parts.mapping().dataSources().keySet()),
                parts.clock());
        Admission admission = new Admission(
                config.maxInFlightBytes().orElse(Runtime.getRuntime().maxMemory() / 8));
        BodyIntake intake = new BodyIntake(config.maxBodySize(), config.bodyTimeout());
        Semaphore decoding = new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()));
        Forwarding forwarding = new Forwarding(TrustedProxies.of(config.trustedProxies()));
        Map<String, SubscriptionService> byPath = new HashMap<>();
        for (SubscriptionConfig subscription : config.subscriptions()) {
            byPath.put(
                    subscription.path(),
                    new SubscriptionService(
                            subscription,
                            new Access(subscription.access(), forwarding, System::nanoTime),
                            parts.authenticators().apply(subscription),
                            new Unverified(subscription, parts.journal(), telemetry, parts.diagnosis()),
                            admission,
                            intake,
                            parts.decoder(),
                            decoding,
                            parts.journal(),
                            observations,
                            telemetry));
        }
        Gate gate = new Gate();
        WebhookHandler handler = new WebhookHandler(
                byPath,
                config.successStatus(),
                config.probeStatus(),
                gate,
                parts.journal(),
                telemetry,
                parts.clock(),
                new SecureRandom());
        Listener listener = Listener.start(
                ListenerConfig.of("receiver", config.host(), config.port(), config.maxConnections())
                        .withPatience(config.bodyTimeout())
                        .withTls(tls)
                        .withCuts(telemetry::cut),
                handler,
                telemetry::malformed);
        return new Receiver(listener, gate, config.stopTimeout(), zones, observations, telemetry.inFlight(admission));
    }

    /** The port that is listened on. */
    public int port() {
        return listener.port();
    }

    /** Whether {@link #stop()} was called. */
    public boolean isStopping() {
        return gate.isClosing();
    }

    /** The subscriptions whose time zone looks wrong, each with one sentence that says what to put instead. */
    public Map<String, String> timeZoneAdvice() {
        return zones.advice();
    }

    /**
     * Answers new requests 503, waits at most {@code stop_timeout} for those in progress, then closes the address. The
     * journal must stay open until it returns.
     */
    public void stop() {
        try {
            if (!gate.close(stopTimeout)) {
                log.warn("Requests in progress did not end within {}; they are cut.", stopTimeout);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        listener.stop();
        observations.close();
        inFlight.close();
    }
}
