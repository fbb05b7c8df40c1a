package dev.cxotel.bridge.cli.send;

import dev.cxotel.bridge.auth.pem.PemException;
import dev.cxotel.bridge.auth.pem.PemFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of a client's side of TLS. */
final class ClientTls {

    private static final char[] NO_PASSWORD = new char[0];

    @Option(
            names = "--client-certificate",
            paramLabel = "FILE",
            description = "Shown to the server, with its issuers if any; PEM.")
    private @Nullable Path certificate;

    @Option(names = "--client-key", paramLabel = "FILE", description = "Of the client certificate; PEM.")
    private @Nullable Path key;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "The authorities that the server's certificate may come from; PEM (default: the usual ones).")
    private @Nullable Path authorities;

    /** Empty when no option is given. */
    Optional<SSLContext> context(CommandSpec spec, URI target) {
        if (certificate == null && key == null && authorities == null) {
            return Optional.empty();
        }
        if (!"https".equalsIgnoreCase(target.getScheme())) {
            throw new ParameterException(
                    spec.commandLine(), "certificates are shown over https:// only, not to " + target);
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(), trust(), null);
            return Optional.of(context);
        } catch (PemException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        } catch (GeneralSecurityException | IOException e) {
            throw new ParameterException(spec.commandLine(), "the certificates cannot be used: " + e.getMessage());
        }
    }

    private KeyManager @Nullable [] keys() throws PemException, GeneralSecurityException, IOException {
        if (certificate == null && key == null) {
            return null;
        }
        if (certificate == null || key == null) {
            throw new PemException("--client-certificate and --client-key go together");
        }
        List<X509Certificate> chain = PemFile.read(certificate).certificates();
        PrivateKey own = PemFile.read(key).privateKey(Optional.empty());
        if (!PemFile.belongTogether(chain.getFirst().getPublicKey(), own)) {
            throw new PemException(key + " is not the key of the first certificate in " + certificate);
        }
        KeyStore store = empty();
        store.setKeyEntry("own", own, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
        KeyManagerFactory managers = KeyManagerFactory.getInstance("NewSunX509");
        managers.init(store, NO_PASSWORD);
        return managers.getKeyManagers();
    }

    private TrustManager @Nullable [] trust() throws PemException, GeneralSecurityException, IOException {
        if (authorities == null) {
            return null;
        }
        KeyStore store = empty();
        List<X509Certificate> certificates = PemFile.read(authorities).certificates();
        for (int i = 0; i < certificates.size(); i++) {
            store.setCertificateEntry("ca" + i, certificates.get(i));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance("PKIX");
        managers.init(store);
        return managers.getTrustManagers();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
