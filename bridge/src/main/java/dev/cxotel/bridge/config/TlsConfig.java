package dev.cxotel.bridge.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The receiver's own certificate.
 *
 * @param certificate the chain, PEM, the server's own first
 * @param privateKey of the certificate, PEM
 * @param passphrase of an encrypted private key
 * @param reloadInterval how often the files are looked at
 * @param legacyCiphers whether the CBC cipher suite of CXone's published list is offered too
 * @param handshakeRate full handshakes begun in a second; further connections wait, then are closed
 * @param handshakeTimeout how long one may take, from the connection's start
 */
public record TlsConfig(
        Path certificate,
        Path privateKey,
        Optional<String> passphrase,
        Duration reloadInterval,
        boolean legacyCiphers,
        int handshakeRate,
        Duration handshakeTimeout) {

    public static final Duration DEFAULT_RELOAD_INTERVAL = Duration.ofSeconds(30);
    public static final int DEFAULT_HANDSHAKE_RATE = 100;
    public static final Duration DEFAULT_HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);

    /** One with the usual limits of handshakes. */
    public TlsConfig(Path certificate, Path privateKey, Duration reloadInterval, boolean legacyCiphers) {
        this(
                certificate,
                privateKey,
                Optional.empty(),
                reloadInterval,
                legacyCiphers,
                DEFAULT_HANDSHAKE_RATE,
                DEFAULT_HANDSHAKE_TIMEOUT);
    }

    /** Does not show the passphrase. */
    @Override
    public String toString() {
        return "TlsConfig[certificate=" + certificate + ", privateKey=" + privateKey + "]";
    }
}
