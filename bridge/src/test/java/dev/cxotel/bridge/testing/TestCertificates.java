package dev.cxotel.bridge.testing;

import dev.cxotel.bridge.auth.issue.Authority;
import dev.cxotel.bridge.auth.issue.Issued;
import dev.cxotel.bridge.auth.issue.KeyKind;
import dev.cxotel.bridge.auth.issue.Wanted;
import dev.cxotel.bridge.auth.pem.PemText;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Authorities, servers and clients for a test. */
public final class TestCertificates {

    public static final Instant PAST = Instant.parse("2020-01-01T00:00:00Z");
    public static final Instant FUTURE = Instant.parse("2099-01-01T00:00:00Z");

    private static final SecureRandom RANDOM = new SecureRandom();

    private TestCertificates() {}

    public static Authority authority(String name) {
        return Authority.create("CN=" + name, KeyKind.EC, PAST, FUTURE, RANDOM);
    }

    public static Issued server(Authority authority, KeyKind kind) {
        return authority.issue(new Wanted(
                "CN=localhost", kind, Wanted.Purpose.SERVER, List.of("localhost", "127.0.0.1"), PAST, FUTURE));
    }

    public static Issued client(Authority authority, String name) {
        return client(authority, name, PAST, FUTURE);
    }

    public static Issued client(Authority authority, String name, Instant from, Instant to) {
        return authority.issue(
                new Wanted("CN=" + name, KeyKind.EC, Wanted.Purpose.CLIENT, List.of(name + ".example"), from, to));
    }

    /** Writes {@code name.pem} and {@code name.key}, each in one step. */
    public static void write(Path folder, String name, Issued issued) throws IOException {
        write(folder.resolve(name + ".pem"), PemText.of(issued.certificate()));
        write(folder.resolve(name + ".key"), PemText.of(issued.key()));
    }

    public static void write(Path file, String text) throws IOException {
        Path fresh = Files.writeString(Path.of(file + ".fresh"), text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A client's side: whom it trusts, and what it shows; null: nothing. */
    public static SSLContext context(Authority trusted, @Nullable Issued own) {
        return context(trusted.certificate(), own);
    }

    /** The same. */
    public static SSLContext context(X509Certificate trusted, @Nullable Issued own) {
        try {
            KeyStore trust = KeyStore.getInstance("PKCS12");
            trust.load(null, null);
            trust.setCertificateEntry("ca", trusted);
            TrustManagerFactory trustManagers = TrustManagerFactory.getInstance("PKIX");
            trustManagers.init(trust);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    own == null ? null : new KeyManager[] {new Insistent(own)}, trustManagers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Shows its certificate whatever the server asks for, as an attacker would. */
    private static final class Insistent extends X509ExtendedKeyManager {
        private final Issued own;

        Insistent(Issued own) {
            this.own = own;
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return new String[] {"own"};
        }

        @Override
        public @Nullable String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
            return List.of(keyType).contains(own.key().getAlgorithm()) ? "own" : null;
        }

        @Override
        public @Nullable String chooseEngineClientAlias(String[] keyType, Principal[] issuers, SSLEngine engine) {
            return List.of(keyType).contains(own.key().getAlgorithm()) ? "own" : null;
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public @Nullable String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {own.certificate()};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return own.key();
        }
    }
}
