package dev.cxotel.bridge.receiver.tls;

import dev.cxotel.bridge.auth.pem.PemException;
import dev.cxotel.bridge.auth.pem.PemFile;
import dev.cxotel.bridge.config.TlsConfig;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What the receiver shows in a handshake.
 *
 * @param chain the own certificate first
 */
record ServerCertificate(List<X509Certificate> chain, PrivateKey key) {

    ServerCertificate {
        chain = List.copyOf(chain);
    }

    static ServerCertificate read(TlsConfig config) throws PemException {
        List<X509Certificate> chain = PemFile.read(config.certificate()).certificates();
        PrivateKey key = PemFile.read(config.privateKey()).privateKey(config.passphrase());
        if (!PemFile.belongTogether(chain.getFirst().getPublicKey(), key)) {
            throw new PemException(config.privateKey() + " is not the key of the first certificate in "
                    + config.certificate() + "; the server's own certificate stands first, its issuers follow");
        }
        return new ServerCertificate(chain, key);
    }

    X509Certificate own() {
        return chain.getFirst();
    }
}
