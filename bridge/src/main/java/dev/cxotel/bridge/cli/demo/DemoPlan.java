package dev.cxotel.bridge.cli.demo;

import dev.cxotel.bridge.config.AdminConfig;
import dev.cxotel.bridge.config.AuthConfig;
import dev.cxotel.bridge.config.BridgeConfig;
import dev.cxotel.bridge.config.DestinationConfig;
import dev.cxotel.bridge.config.HealthConfig;
import dev.cxotel.bridge.config.JournalConfig;
import dev.cxotel.bridge.config.LoggingConfig;
import dev.cxotel.bridge.config.MappingConfig;
import dev.cxotel.bridge.config.ReceiverConfig;
import dev.cxotel.bridge.config.ResourceConfig;
import dev.cxotel.bridge.config.SubscriptionConfig;
import dev.cxotel.bridge.event.EventType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Where the parts of a demo listen, and the configuration that makes a bridge of it. Everything is on loopback. */
record DemoPlan(int receiverPort, int healthPort, int adminPort) {

    static final String DESTINATION = "preview";

    private static final String HOST = "127.0.0.1";

    private static final Duration CONTACT_LONGEST = Duration.ofMinutes(5);

    /** The ports of the design where they are free, others where not. */
    static DemoPlan onFreePorts() throws IOException {
        return new DemoPlan(
                freePort(ReceiverConfig.DEFAULT_PORT),
                freePort(HealthConfig.DEFAULT.port()),
                freePort(AdminConfig.DEFAULT.port()));
    }

    /** Ports that nobody knows beforehand, so that nobody else posts there. */
    static DemoPlan onAnyPorts() throws IOException {
        return new DemoPlan(tryPort(0), tryPort(0), tryPort(0));
    }

    Map<EventType, URI> webhooks() {
        Map<EventType, URI> urls = new EnumMap<>(EventType.class);
        ReceiverConfig.DEFAULT.subscriptions().forEach(each -> urls.put(each.type(), url(receiverPort, each.path())));
        return urls;
    }

    URI health() {
        return url(healthPort, "/health/ready");
    }

    URI metrics() {
        return url(healthPort, "/metrics");
    }

    URI admin() {
        return url(adminPort, "/");
    }

    BridgeConfig config(URI preview, Path journal, Duration volumesWindow, Duration contactIdle, AuthConfig auth) {
        return new BridgeConfig(
                new ResourceConfig(Map.of("deployment.environment.name", "demo")),
                receiver(auth),
                new JournalConfig(
                        journal,
                        1L << 30,
                        16L << 20,
                        Duration.ofHours(1),
                        Duration.ofHours(24),
                        Duration.ofHours(72),
                        JournalConfig.OnFull.EXPIRE),
                mapping(volumesWindow, contactIdle),
                List.of(DestinationConfig.toPreview(DESTINATION, preview)),
                new HealthConfig(HOST, healthPort),
                new AdminConfig(HOST, adminPort, List.of()),
                new LoggingConfig(LoggingConfig.Level.WARN, LoggingConfig.Format.TEXT),
                BridgeConfig.DEFAULT_SERVICE_NAME);
    }

    private ReceiverConfig receiver(AuthConfig auth) {
        ReceiverConfig usual = ReceiverConfig.DEFAULT;
        return new ReceiverConfig(
                HOST,
                receiverPort,
                usual.maxBodySize(),
                usual.maxInFlightBytes(),
                usual.maxConnections(),
                usual.successStatus(),
                usual.probeStatus(),
                usual.bodyTimeout(),
                usual.stopTimeout(),
                usual.trustedProxies(),
                usual.http2(),
                usual.subscriptions().stream()
                        .map(each -> new SubscriptionConfig(
                                each.name(),
                                each.type(),
                                each.path(),
                                auth,
                                each.timeZone(),
                                each.resource(),
                                each.access(),
                                each.signatureUrl(),
                                each.onUnverified(),
                                each.diagnose()))
                        .toList(),
                usual.tls());
    }

    private static MappingConfig mapping(Duration volumesWindow, Duration contactIdle) {
        MappingConfig usual = MappingConfig.DEFAULT;
        return new MappingConfig(
                usual.serviceNames(),
                usual.timeZone(),
                usual.responseTimeUnit(),
                usual.dateTimeIs(),
                usual.dataSources(),
                usual.businessUnits(),
                usual.privacy(),
                usual.unknownFields(),
                usual.metricAttributes(),
                usual.disabledMetrics(),
                usual.exportSuspect(),
                new MappingConfig.Trace(true, contactIdle, CONTACT_LONGEST),
                usual.late(),
                volumesWindow,
                usual.cardinalityLimit(),
                usual.thresholds(),
                usual.spanName(),
                usual.calls());
    }

    private static URI url(int port, String path) {
        return URI.create("http://" + HOST + ":" + port + path);
    }

    private static int freePort(int wanted) throws IOException {
        try {
            return tryPort(wanted);
        } catch (IOException e) {
            return tryPort(0);
        }
    }

    private static int tryPort(int port) throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return probe.getLocalPort();
        }
    }
}
