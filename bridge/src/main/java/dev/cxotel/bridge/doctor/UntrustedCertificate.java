package dev.cxotel.bridge.doctor;

import dev.cxotel.bridge.otlp.Trial.TlsSession;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * A look at the certificate of a server that is not trusted, so that a person can say whose it is. The connection ends
 * with the handshake: nothing is sent over it.
 */
final class UntrustedCertificate {

    private UntrustedCertificate() {}

    /** Empty when there is no TLS to look at. */
    static Optional<TlsSession> look(URI url, Duration timeout) {
        int port = url.getPort() > 0 ? url.getPort() : 443;
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(url.getHost(), port), (int) timeout.toMillis());
            plain.setSoTimeout((int) timeout.toMillis());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Onlooker()}, null);
            try (SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(plain, url.getHost(), port, true)) {
                if (!url.getHost().matches("[0-9.]+|\\[.*")) {
                    SSLParameters parameters = socket.getSSLParameters();
                    parameters.setServerNames(java.util.List.of(new SNIHostName(url.getHost())));
                    socket.setSSLParameters(parameters);
                }
                socket.startHandshake();
                return Optional.of(TlsSession.of(socket.getSession()));
            }
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Accepts every certificate, for nothing is sent. */
    private static final class Onlooker implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
