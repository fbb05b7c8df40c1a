package dev.cxotel.bridge.config.load;

import dev.cxotel.bridge.config.DestinationConfig.Protocol;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The rules of the URLs that OTLP goes to: a base gets {@code /v1/traces} and so on, a full one is taken as it is. */
final class Endpoint {

    static final List<String> SIGNALS = List.of("traces", "metrics", "logs");

    private static final int GRPC_PORT = 4317;
    private static final int HTTP_PORT = 4318;

    private Endpoint() {}

    /** What is wrong with {@code url} as an address to export to; empty when nothing is. */
    static Optional<String> fault(String url, Protocol protocol) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            return Optional.of("this is no URL: " + e.getReason());
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return Optional.of("a URL must begin with http:// or https://");
        }
        if (String.valueOf(uri.getRawAuthority()).contains("@")) {
            return Optional.of("a URL must not hold a user or password; use headers");
        }
        if (uri.getHost() == null) {
            return Optional.of("this URL names no host");
        }
        if (uri.getPort() > 65535 || uri.getPort() == 0) {
            return Optional.of("this URL's port is not between 1 and 65535");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            return Optional.of("a URL must not hold ? or #");
        }
        return switch (protocol) {
            case HTTP_PROTOBUF ->
                uri.getPort() == GRPC_PORT
                        ? Optional.of(GRPC_PORT
                                + " is OTLP over gRPC, which needs the protocol grpc; OTLP over HTTP is " + HTTP_PORT)
                        : Optional.empty();
            case GRPC ->
                uri.getRawPath().isEmpty() || uri.getRawPath().equals("/")
                        ? Optional.empty()
                        : Optional.of("gRPC knows no path: write " + uri.getScheme() + "://" + uri.getRawAuthority());
        };
    }

    /** What is wrong with {@code url} as a base. */
    static Optional<String> baseFault(String url, Protocol protocol) {
        if (protocol == Protocol.GRPC) {
            return fault(url, protocol);
        }
        String bare = withoutSlash(url);
        for (String signal : SIGNALS) {
            if (bare.endsWith("/v1/" + signal)) {
                String base = bare.substring(0, bare.length() - ("/v1/" + signal).length());
                return Optional.of("this is the base URL, /v1/" + signal + " is appended; write " + base
                        + ", or the full URL under endpoints." + signal);
            }
        }
        return fault(url, protocol);
    }

    /** The URL of a signal below a base; with gRPC the base itself. */
    static URI below(String base, String signal, Protocol protocol) {
        return URI.create(
                switch (protocol) {
                    case HTTP_PROTOBUF -> withoutSlash(base) + "/v1/" + signal;
                    case GRPC -> withoutSlash(base);
                });
    }

    /** The base that a preset names, at the port that OTLP has for gRPC where it names that of HTTP. */
    static String usual(String base, Protocol protocol) {
        return switch (protocol) {
            case HTTP_PROTOBUF -> base;
            case GRPC -> base.replaceFirst(":" + HTTP_PORT + "/?$", ":" + GRPC_PORT);
        };
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
