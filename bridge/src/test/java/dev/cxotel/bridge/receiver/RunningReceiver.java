package dev.cxotel.bridge.receiver;

import dev.cxotel.bridge.auth.Authenticator;
import dev.cxotel.bridge.auth.NoAuthentication;
import dev.cxotel.bridge.auth.WebhookRequest;
import dev.cxotel.bridge.config.AccessConfig;
import dev.cxotel.bridge.config.MappingConfig;
import dev.cxotel.bridge.config.ReceiverConfig;
import dev.cxotel.bridge.config.SubscriptionConfig;
import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.testing.RawHttp;
import dev.cxotel.bridge.testing.ReceiverBuilder;
import dev.cxotel.bridge.testing.RecordingJournal;
import dev.cxotel.bridge.testing.RecordingTelemetry;
import dev.cxotel.bridge.testing.SubscriptionBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A real receiver on a free port of loopback, with a journal and telemetry that remember. */
final class RunningReceiver implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final String VOICE = "/v1/voice-quality";

    final RecordingJournal journal = new RecordingJournal();
    final RecordingTelemetry telemetry = new RecordingTelemetry();
    final Receiver receiver;

    private RunningReceiver(ReceiverConfig config, Settings settings) {
        receiver = start(
                config,
                new Receiver.Parts(
                        subscription -> settings.authenticators,
                        new Lines(settings.decodedType),
                        List.of(new Lines(EventType.VOICE_QUALITY), new Lines(EventType.SCRIPT_API)),
                        MappingConfig.DEFAULT,
                        journal,
                        telemetry,
                        () -> settings.watch,
                        ActivityWatch.NONE,
                        () -> NOW,
                        (subscription, request) -> settings.diagnosed.add(request)));
    }

    static RunningReceiver start() {
        return start(new Settings());
    }

    static RunningReceiver start(Settings settings) {
        return new RunningReceiver(settings.toConfig(), settings);
    }

    private static Receiver start(ReceiverConfig config, Receiver.Parts parts) {
        try {
            return Receiver.start(config, parts, Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RawHttp connect() {
        return RawHttp.connect(receiver.port());
    }

    /** Sends {@code body} on a connection of its own. */
    RawHttp.Response post(String path, String body, String... headers) {
        try (RawHttp http = connect()) {
            String[] all = java.util.Arrays.copyOf(headers, headers.length + 1);
            all[headers.length] = "Content-Length: " + body.length();
            return http.post(path, all).send(body).read();
        }
    }

    @Override
    public void close() {
        receiver.stop();
    }

    /** What a test changes. */
    static final class Settings {
        long maxBodySize = 64 << 10;
        Optional<Long> maxInFlightBytes = Optional.of(4L << 20);
        int maxConnections = 512;
        int successStatus = 200;
        int probeStatus = 405;
        Duration bodyTimeout = Duration.ofSeconds(10);
        Duration stopTimeout = Duration.ofSeconds(10);
        List<Authenticator> authenticators = List.of(new NoAuthentication());
        List<String> trustedProxies = List.of();
        AccessConfig access = AccessConfig.ANYONE;
        SubscriptionConfig.OnUnverified onUnverified = SubscriptionConfig.OnUnverified.REFUSE;
        boolean diagnose;
        final Queue<WebhookRequest> diagnosed = new ConcurrentLinkedQueue<>();
        ZoneWatch watch = ZoneWatch.NONE;
        EventType type = EventType.VOICE_QUALITY;
        EventType decodedType = EventType.VOICE_QUALITY;

        ReceiverConfig toConfig() {
            return new ReceiverBuilder(
                            new SubscriptionBuilder("voice", VOICE)
                                    .type(type)
                                    .access(access)
                                    .onUnverified(onUnverified)
                                    .diagnose(diagnose)
                                    .build(),
                            new SubscriptionBuilder("other", "/hooks/a b")
                                    .type(type)
                                    .build())
                    .maxBodySize(maxBodySize)
                    .maxInFlightBytes(maxInFlightBytes)
                    .maxConnections(maxConnections)
                    .statuses(successStatus, probeStatus)
                    .bodyTimeout(bodyTimeout)
                    .stopTimeout(stopTimeout)
                    .trustedProxies(trustedProxies)
                    .build();
        }
    }
}
