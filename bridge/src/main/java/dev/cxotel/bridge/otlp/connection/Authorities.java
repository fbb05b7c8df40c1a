package dev.cxotel.bridge.otlp.connection;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The certificate authorities that a destination's certificate may come from. */
final class Authorities {

    private Authorities() {}

    static X509TrustManager ofThePlatform() throws GeneralSecurityException {
        return trustManager(null);
    }

    /** The Java platform's authorities and those of the PEM file. */
    static X509TrustManager with(Path pem) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        int number = 0;
        for (X509Certificate certificate : ofThePlatform().getAcceptedIssuers()) {
            trusted.setCertificateEntry("platform-" + number++, certificate);
        }
        for (Certificate certificate : read(pem)) {
            trusted.setCertificateEntry("extra-" + number++, certificate);
        }
        return trustManager(trusted);
    }

    /** At least one certificate, in the file's order. */
    static Collection<? extends Certificate> read(Path pem) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(pem)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new GeneralSecurityException("no certificate in " + pem);
            }
            return certificates;
        }
    }

    private static X509TrustManager trustManager(@org.jspecify.annotations.Nullable KeyStore trusted)
            throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        for (var manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("the Java platform has no X.509 trust manager");
    }
}
