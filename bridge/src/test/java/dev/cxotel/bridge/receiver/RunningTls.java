package dev.cxotel.bridge.receiver;

import dev.cxotel.bridge.auth.Authenticator;
import dev.cxotel.bridge.auth.NoAuthentication;
import dev.cxotel.bridge.auth.issue.Authority;
import dev.cxotel.bridge.auth.issue.Issued;
import dev.cxotel.bridge.auth.issue.KeyKind;
import dev.cxotel.bridge.auth.pem.PemText;
import dev.cxotel.bridge.config.AuthConfig;
import dev.cxotel.bridge.config.ConfigException;
import dev.cxotel.bridge.config.MappingConfig;
import dev.cxotel.bridge.config.MtlsConfig;
import dev.cxotel.bridge.config.ReceiverConfig;
import dev.cxotel.bridge.config.SubscriptionConfig;
import dev.cxotel.bridge.config.TlsConfig;
import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.receiver.tls.Certificates;
import dev.cxotel.bridge.testing.RawHttp;
import dev.cxotel.bridge.testing.ReceiverBuilder;
import dev.cxotel.bridge.testing.RecordingJournal;
import dev.cxotel.bridge.testing.RecordingTelemetry;
import dev.cxotel.bridge.testing.SubscriptionBuilder;
import dev.cxotel.bridge.testing.TestCertificates;
import dev.cxotel.semconv.CxotelAttributes;
import dev.cxotel.semconv.CxotelMetrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A real receiver that speaks TLS, with four subscriptions: {@code /own} takes certificates of {@link #own}, {@code
 * /pinned} only {@link #pinned}, {@code /partner} those of {@link #partner}, {@code /open} anybody.
 */
final class RunningTls implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 60_000;

    final RecordingJournal journal = new RecordingJournal();
    final RecordingTelemetry telemetry = new RecordingTelemetry();
    final AtomicReference<Instant> now = new AtomicReference<>(RunningReceiver.NOW);
    final Authority serverCa = TestCertificates.authority("server-ca");
    final Authority own = TestCertificates.authority("own-ca");
    final Authority partner = TestCertificates.authority("partner-ca");
    final Issued pinned = TestCertificates.client(own, "pinned");
    final Issued known = TestCertificates.client(own, "known");
    final Certificates certificates;
    final Receiver receiver;
    final Path folder;

    private RunningTls(Path folder, Settings settings) throws IOException, ConfigException {
        this.folder = folder;
        TestCertificates.write(folder, "server", TestCertificates.server(serverCa, settings.serverKey));
        TestCertificates.write(folder.resolve("own.pem"), PemText.of(own.certificate()));
        TestCertificates.write(folder.resolve("partner.pem"), PemText.of(partner.certificate()));
        ReceiverConfig config = config(settings);
        certificates = Certificates.open(config, telemetry, now::get);
        receiver = Receiver.start(
                config,
                new Receiver.Parts(
                        this::authenticators,
                        new Lines(EventType.VOICE_QUALITY),
                        List.of(new Lines(EventType.VOICE_QUALITY), new Lines(EventType.SCRIPT_API)),
                        MappingConfig.DEFAULT,
                        journal,
                        telemetry,
                        () -> ZoneWatch.NONE,
                        ActivityWatch.NONE,
                        now::get,
                        (subscription, request) -> {}),
                certificates.tls());
    }

    static RunningTls start(Path folder) throws IOException, ConfigException {
        return start(folder, new Settings());
    }

    static RunningTls start(Path folder, Settings settings) throws IOException, ConfigException {
        return new RunningTls(folder, settings);
    }

    /** What a test changes. */
    static final class Settings {
        KeyKind serverKey = KeyKind.EC;
        boolean legacyCiphers;
        int handshakeRate = 10_000;
        Duration handshakeTimeout = Duration.ofSeconds(10);
        Duration bodyTimeout = Duration.ofSeconds(10);
        int maxConnections = 512;
        List<String> trustedProxies = List.of();
        Optional<MtlsConfig.CertificateHeader> header = Optional.empty();
        boolean tls = true;
    }

    private ReceiverConfig config(Settings settings) {
        return new ReceiverBuilder(
                        subscription("own", Optional.of(mtls("own.pem", List.of(), settings))),
                        subscription("pinned", Optional.of(mtls("own.pem", List.of("subject:CN=pinned"), settings))),
                        subscription("partner", Optional.of(mtls("partner.pem", List.of(), settings))),
                        subscription("open", Optional.empty()))
                .maxConnections(settings.maxConnections)
                .bodyTimeout(settings.bodyTimeout)
                .stopTimeout(Duration.ofSeconds(2))
                .trustedProxies(settings.trustedProxies)
                .tls(Optional.of(new TlsConfig(
                                folder.resolve("server.pem"),
                                folder.resolve("server.key"),
                                Optional.empty(),
                                Duration.ofHours(1),
                                settings.legacyCiphers,
                                settings.handshakeRate,
                                settings.handshakeTimeout))
                        .filter(given -> settings.tls))
                .build();
    }

    private MtlsConfig mtls(String ca, List<String> pins, Settings settings) {
        return new MtlsConfig(folder.resolve(ca), pins, settings.header);
    }

    private static SubscriptionConfig subscription(String name, Optional<MtlsConfig> mtls) {
        return new SubscriptionBuilder(name, "/" + name)
                .auth(new AuthConfig(mtls.isEmpty(), Optional.empty(), mtls))
                .build();
    }

    private List<Authenticator> authenticators(SubscriptionConfig subscription) {
        return List.of(certificates.authenticator(subscription).orElseGet(NoAuthentication::new));
    }

    /** A client that shows {@code client}; null: nothing. */
    SSLContext client(@Nullable Issued client) {
        return TestCertificates.context(serverCa, client);
    }

    /** Connects and shakes hands. */
    RawHttp connect(SSLContext client, String... protocols) throws IOException {
        SSLSocket socket = socket(client);
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        socket.startHandshake();
        return RawHttp.over(socket);
    }

    /** A connection that has not said a word. */
    SSLSocket socket(SSLContext client) throws IOException {
        Socket raw = new Socket(InetAddress.getLoopbackAddress(), receiver.port());
        raw.setSoTimeout(TIMEOUT_MILLIS);
        raw.setTcpNoDelay(true);
        return (SSLSocket) client.getSocketFactory().createSocket(raw, "localhost", receiver.port(), true);
    }

    /** Posts one line on a connection of its own. */
    RawHttp.Response post(@Nullable Issued client, String path, String... headers) throws IOException {
        try (RawHttp http = connect(client(client))) {
            return send(http, path, headers);
        }
    }

    static RawHttp.Response send(RawHttp http, String path, String... headers) {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = "Content-Length: 3";
        return http.post(path, all).send("one").read();
    }

    double refused(String reason) {
        return telemetry.sum(CxotelMetrics.CXOTEL_RECEIVER_HANDSHAKES_REFUSED, CxotelAttributes.CXOTEL_REASON, reason);
    }

    double unauthenticated(String reason) {
        return telemetry.sum(CxotelMetrics.CXOTEL_RECEIVER_AUTH_FAILURES, CxotelAttributes.CXOTEL_REASON, reason);
    }

    @Override
    public void close() {
        receiver.stop();
        certificates.close();
    }
}
