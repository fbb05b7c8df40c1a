package dev.cxotel.bridge.otlp.connection;

import dev.cxotel.bridge.config.ConfigException;
import dev.cxotel.bridge.config.DestinationConfig;
import dev.cxotel.bridge.otlp.answer.IoTrouble;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whom a destination is believed to be, and who the bridge is to it. */
public record Tls(SSLContext context, X509TrustManager trust) {
    /**
     * As a destination is configured.
     *
     * @throws ConfigException when a file of the destination's holds nothing usable; names the key, shows no content
     */
    public static Tls of(DestinationConfig config) throws ConfigException {
        X509TrustManager trust = trust(config);
        KeyManager @Nullable [] keys = keys(config);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, new X509TrustManager[] {trust}, null);
            return new Tls(context, trust);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    private static X509TrustManager trust(DestinationConfig config) throws ConfigException {
        Optional<Path> file = config.ca();
        try {
            return file.isPresent() ? Authorities.with(file.get()) : Authorities.ofThePlatform();
        } catch (IOException | GeneralSecurityException e) {
            throw Connections.problem(
                    config, "ca", file.orElseThrow() + " holds no usable certificates: " + IoTrouble.text(e));
        }
    }

    private static KeyManager @Nullable [] keys(DestinationConfig config) throws ConfigException {
        if (config.clientCertificate().isEmpty()) {
            return null;
        }
        DestinationConfig.ClientCertificate files = config.clientCertificate().get();
        try {
            return ClientKeys.of(files.certificate(), files.privateKey());
        } catch (IOException | GeneralSecurityException e) {
            throw Connections.problem(config, "client_certificate", IoTrouble.text(e));
        }
    }
}
