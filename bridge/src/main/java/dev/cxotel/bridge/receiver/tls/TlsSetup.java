package dev.cxotel.bridge.receiver.tls;

import dev.cxotel.bridge.auth.mtls.ClientAuthorities;
import dev.cxotel.bridge.config.TlsConfig;
import dev.cxotel.bridge.telemetry.Telemetry;
import io.helidon.common.tls.Tls;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/** The settings of the receiver's TLS: versions 1.2 and 1.3, our cipher suites, our managers of keys and of trust. */
final class TlsSetup {

    private TlsSetup() {}

    /**
     * @param authorities of all subscriptions; while there is one, clients are asked for a certificate, and may have none
     */
    static Tls of(
            TlsConfig config,
            Supplier<ServerCertificate> certificate,
            Supplier<List<ClientAuthorities>> authorities,
            Telemetry telemetry,
            ScheduledExecutorService timer,
            InstantSource clock) {
        SSLContext context = context(certificate, authorities, clock);
        SSLParameters parameters = context.getDefaultSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setCipherSuites(CipherSuites.offered(config.legacyCiphers()));
        parameters.setUseCipherSuitesOrder(true);
        parameters.setWantClientAuth(!authorities.get().isEmpty());
        HandshakeSockets sockets = new HandshakeSockets(
                context.getSocketFactory(),
                parameters,
                config.handshakeTimeout(),
                new HandshakeRate(config.handshakeRate(), Certificates.longestWait(config), System::nanoTime),
                new Handshakes(telemetry, System::nanoTime),
                timer);
        return Tls.builder()
                .sslContext(new GuardedContext(context, sockets, parameters))
                .build();
    }

    private static SSLContext context(
            Supplier<ServerCertificate> certificate,
            Supplier<List<ClientAuthorities>> authorities,
            InstantSource clock) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    new KeyManager[] {new CurrentKey(certificate)},
                    new TrustManager[] {new ClientTrust(authorities, clock)},
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
