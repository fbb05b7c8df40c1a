package dev.cxotel.bridge.config.load;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The rules of the URLs that OTLP goes to: a base gets {@code /v1/traces} and so on, a full one is taken as it is. */
final class Endpoint {

    static final List<String> SIGNALS = List.of("traces", "metrics", "logs");

    private static final Map<Integer, String> FOREIGN_PORTS =
            Map.of(4317, "4317 is OTLP over gRPC, which this version does not speak; OTLP over HTTP is 4318");

    private Endpoint() {}

    /** What is wrong with {@code url} as an address to export to; empty when nothing is. */
    static Optional<String> fault(String url) {
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
        return Optional.ofNullable(FOREIGN_PORTS.get(uri.getPort()));
    }

    /** What is wrong with {@code url} as a base. */
    static Optional<String> baseFault(String url) {
        String bare = withoutSlash(url);
        for (String signal : SIGNALS) {
            if (bare.endsWith("/v1/" + signal)) {
                String base = bare.substring(0, bare.length() - ("/v1/" + signal).length());
                return Optional.of("this is the base URL, /v1/" + signal + " is appended; write " + base
                        + ", or the full URL under endpoints." + signal);
            }
        }
        return fault(url);
    }

    /** The URL of a signal below a base. */
    static URI below(String base, String signal) {
        return URI.create(withoutSlash(base) + "/v1/" + signal);
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
