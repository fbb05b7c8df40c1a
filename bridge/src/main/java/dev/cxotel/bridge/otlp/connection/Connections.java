package dev.cxotel.bridge.otlp.connection;

import dev.cxotel.bridge.config.ConfigException;
import dev.cxotel.bridge.config.DestinationConfig;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

/** How a destination is reached: HTTP/1.1, kept alive, through its proxy and by its certificate authorities. */
public final class Connections {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    static {
        ProxyCredentials.allowBasic();
    }

    private Connections() {}

    /** Lets Basic credentials through to proxies. Has an effect only before the process's first HTTP client. */
    public static void allowProxyPasswords() {
        ProxyCredentials.allowBasic();
    }

    /** Opens none yet. */
    public static HttpClient to(DestinationConfig config, Tls tls, Executor threads) throws ConfigException {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(config.timeout().compareTo(CONNECT_TIMEOUT) < 0 ? config.timeout() : CONNECT_TIMEOUT)
                .executor(threads);
        if (config.proxy().isPresent()) {
            URI proxy = config.proxy().get();
            if (proxy.getHost() == null || proxy.getPort() < 0) {
                throw problem(config, "proxy", "must be http://host:port");
            }
            builder.proxy(ProxySelector.of(new InetSocketAddress(proxy.getHost(), proxy.getPort())));
            ProxyCredentials.of(proxy).ifPresent(builder::authenticator);
        }
        builder.sslContext(tls.context());
        return builder.build();
    }

    /**
     * Tries whether the configured headers can be sent.
     *
     * @throws ConfigException when one cannot; shows no value
     */
    public static void checkHeaders(DestinationConfig config) throws ConfigException {
        for (var header : config.headers().entrySet()) {
            check(config, header.getKey(), header.getValue());
        }
        for (var headers : config.signalHeaders().values()) {
            for (var header : headers.entrySet()) {
                check(config, header.getKey(), header.getValue());
            }
        }
    }

    /** The platform's own complaint shows the value, which is a secret. */
    private static void check(DestinationConfig config, String name, String value) throws ConfigException {
        try {
            HttpRequest.newBuilder().header(name, value);
        } catch (IllegalArgumentException e) {
            throw problem(config, "headers." + name, "cannot be sent as an HTTP header");
        }
    }

    static ConfigException problem(DestinationConfig config, String key, String message) {
        return new ConfigException(
                List.of(new ConfigException.Problem("", 0, 0, "destinations." + config.name() + "." + key, message)));
    }
}
