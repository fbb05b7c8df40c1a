package dev.cxotel.bridge.config.load;

import dev.cxotel.bridge.config.ReceiverConfig;
import dev.cxotel.bridge.config.SubscriptionConfig;
import dev.cxotel.bridge.config.yaml.Section;
import dev.cxotel.bridge.config.yaml.Suggestion;
import dev.cxotel.bridge.event.EventType;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The section {@code receiver}. */
final class ReceiverReader {

    private static final Map<String, String> IDENTITY = Map.of(
            "service.name", "is set by mapping.service_names, and the bridge's own by OTEL_SERVICE_NAME",
            "service.namespace", "is always cxone; write deployment.environment.name or an attribute of your own",
            "service.instance.id", "is the journal's and cannot be set");
    private static final int SMALLEST_BODY = 1024;
    private static final long LONGEST_BODY = 64L << 20;

    private ReceiverReader() {}

    static ReceiverConfig read(Section receiver, AuthReader auth) {
        ReceiverConfig absent = ReceiverConfig.DEFAULT;
        long maxBodySize = receiver.size("max_body_size", absent.maxBodySize());
        if (maxBodySize < SMALLEST_BODY || maxBodySize > LONGEST_BODY) {
            receiver.problem("max_body_size", "must be between 1KiB and 64MiB");
        }
        Optional<Long> inFlight =
                receiver.text("max_in_flight_bytes").equals(Optional.of("auto")) || !receiver.has("max_in_flight_bytes")
                        ? Optional.empty()
                        : Optional.of(receiver.size("max_in_flight_bytes", maxBodySize));
        if (inFlight.isPresent() && inFlight.get() < maxBodySize) {
            receiver.problem("max_in_flight_bytes", "must not be less than max_body_size: no body would ever fit");
        }
        List<SubscriptionConfig> subscriptions = receiver.sections("subscriptions").stream()
                .map(each -> subscription(each, auth))
                .toList();
        refuseRepeats(receiver, subscriptions);
        ReceiverConfig config = new ReceiverConfig(
                Listeners.host(receiver, absent.host()),
                receiver.integer("port", absent.port()),
                maxBodySize,
                inFlight,
                receiver.integer("max_connections", absent.maxConnections()),
                receiver.integer("success_status", absent.successStatus()),
                receiver.integer("probe_status", absent.probeStatus()),
                positive(receiver, "body_timeout", absent.bodyTimeout()),
                receiver.duration("stop_timeout", absent.stopTimeout()),
                AccessReader.blocks(receiver, "trusted_proxies"),
                absent.http2(),
                subscriptions.isEmpty() ? absent.subscriptions() : subscriptions,
                TlsReader.tls(receiver));
        TlsReader.check(receiver, config);
        return config;
    }

    private static SubscriptionConfig subscription(Section section, AuthReader auth) {
        Section resource = section.section("resource");
        refuseIdentity(resource);
        return new SubscriptionConfig(
                section.text("name").orElse(""),
                section.text("type").flatMap(EventType::fromConfigName).orElse(EventType.VOICE_QUALITY),
                section.text("path").orElse(""),
                auth.read(section),
                zone(section, "time_zone"),
                resource.texts(),
                AccessReader.access(section),
                AccessReader.signatureUrl(section),
                AccessReader.onUnverified(section),
                section.flag("diagnose", false));
    }

    private static void refuseRepeats(Section receiver, List<SubscriptionConfig> subscriptions) {
        Map<String, String> owners = new HashMap<>();
        Set<String> names = new HashSet<>();
        List<Section> written = receiver.sections("subscriptions");
        for (int i = 0; i < subscriptions.size(); i++) {
            SubscriptionConfig subscription = subscriptions.get(i);
            if (!subscription.name().isEmpty() && !names.add(subscription.name())) {
                written.get(i).problem("name", "another subscription bears the name \"" + subscription.name() + "\"");
            }
            if (subscription.path().isEmpty()) {
                continue;
            }
            String owner = owners.putIfAbsent(subscription.path(), subscription.name());
            if (owner != null) {
                written.get(i).problem("path", "the subscription \"" + owner + "\" receives on " + subscription.path());
            }
        }
    }

    /** Refuses resource attributes that say which service this is: the bridge sets them. */
    static void refuseIdentity(Section attributes) {
        IDENTITY.forEach((attribute, why) -> {
            if (attributes.has(attribute)) {
                attributes.keyProblem(attribute, why);
            }
        });
    }

    /** A known zone: {@code America/Denver}, {@code UTC}, {@code +02:00}. */
    static Optional<ZoneId> zone(Section section, String key) {
        Optional<String> text = section.text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ZoneId.of(text.get()));
        } catch (DateTimeException e) {
            section.problem(
                    key,
                    "\"" + text.get() + "\" is no time zone"
                            + Suggestion.nearest(text.get(), new TreeSet<>(ZoneId.getAvailableZoneIds()))
                                    .map(near -> "; did you mean \"" + near + "\"?")
                                    .orElse("; write one such as America/Denver or UTC"));
            return Optional.empty();
        }
    }

    static Duration positive(Section section, String key, Duration absent) {
        Duration value = section.duration(key, absent);
        if (value.isZero()) {
            section.problem(key, "must be longer than nothing");
        }
        return value;
    }
}
