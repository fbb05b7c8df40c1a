package dev.cxotel.bridge.receiver.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The server's certificate of this moment. A handshake asks thrice: for an alias, its chain, its key. The alias names
 * the certificate, so that a handshake during a reload gets the two of one pair.
 */
final class CurrentKey extends X509ExtendedKeyManager {

    private final Supplier<ServerCertificate> current;
    private volatile ServerCertificate latest;
    private volatile ServerCertificate before;

    CurrentKey(Supplier<ServerCertificate> current) {
        this.current = current;
        this.latest = current.get();
        this.before = latest;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, Socket socket) {
        ServerCertificate now = now();
        return keyType.equals(now.own().getPublicKey().getAlgorithm()) ? alias(now) : null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        return null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        ServerCertificate named = named(alias);
        return named == null ? null : named.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        ServerCertificate named = named(alias);
        return named == null ? null : named.key();
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyType, Principal @Nullable [] issuers, Socket socket) {
        return null;
    }

    @SuppressWarnings("ReferenceEquality") // a reload makes another object
    private ServerCertificate now() {
        ServerCertificate now = current.get();
        if (now != latest) {
            before = latest;
            latest = now;
        }
        return now;
    }

    private @Nullable ServerCertificate named(String alias) {
        ServerCertificate first = latest;
        ServerCertificate second = before;
        return alias.equals(alias(first)) ? first : alias.equals(alias(second)) ? second : null;
    }

    private static String alias(ServerCertificate certificate) {
        return Integer.toHexString(System.identityHashCode(certificate));
    }
}
