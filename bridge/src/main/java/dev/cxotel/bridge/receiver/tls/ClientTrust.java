package dev.cxotel.bridge.receiver.tls;

import dev.cxotel.bridge.auth.mtls.ClientAuthorities;
import dev.cxotel.bridge.auth.mtls.Verdict;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Lets a handshake pass when the client's chain leads to an authority of any subscription, or when the client shows no
 * certificate; what a subscription itself demands is judged at the request.
 */
final class ClientTrust extends X509ExtendedTrustManager {

    private final Supplier<List<ClientAuthorities>> authorities;
    private final InstantSource clock;

    /** @param authorities those of all subscriptions, now */
    ClientTrust(Supplier<List<ClientAuthorities>> authorities, InstantSource clock) {
        this.authorities = authorities;
        this.clock = clock;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        List<X509Certificate> shown = List.of(chain);
        Verdict.Reason worst = Verdict.Reason.FOREIGN_CA;
        for (ClientAuthorities one : authorities.get()) {
            switch (one.judge(shown, clock.instant())) {
                case Verdict.Trusted ignored -> {
                    return;
                }
                case Verdict.Untrusted no -> worst = no.reason() == Verdict.Reason.FOREIGN_CA ? worst : no.reason();
            }
        }
        throw new RefusedCertificateException(
                worst.name().toLowerCase(Locale.ROOT),
                chain[0].getSubjectX500Principal().getName());
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this is a server");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    /** Sent to the client, so that it can choose a certificate. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.get().stream()
                .flatMap(one -> one.certificates().stream())
                .distinct()
                .toArray(X509Certificate[]::new);
    }
}
