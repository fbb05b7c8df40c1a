package dev.cxotel.bridge.config.load;

import dev.cxotel.bridge.config.DestinationConfig.Protocol;
import dev.cxotel.bridge.config.yaml.Problems;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The proxy that the environment names: {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY}, upper or lower
 * case. {@code NO_PROXY} lists hosts, domains with all below them ({@code example.com}, {@code .example.com}), either
 * with a port, and {@code *}. Loopback is always reached without a proxy.
 */
final class EgressProxy {

    private final Map<String, String> environment;

    private final Problems problems;

    EgressProxy(Map<String, String> environment, Problems problems) {
        this.environment = environment;
        this.problems = problems;
    }

    /** The proxy for the first of {@code endpoints} that needs one. */
    Optional<URI> of(Collection<URI> endpoints) {
        return endpoints.stream()
                .flatMap(endpoint -> variable(endpoint).stream())
                .findFirst()
                .flatMap(proxy -> {
                    Optional<String> fault = fault(proxy.getValue());
                    fault.ifPresent(text -> problems.add(proxy.getKey(), text));
                    return fault.isPresent() ? Optional.empty() : Optional.of(URI.create(proxy.getValue()));
                });
    }

    /** The variable and its text that hold for {@code endpoint}. */
    private Optional<Map.Entry<String, String>> variable(URI endpoint) {
        String host = host(endpoint);
        if (Listeners.isLoopback(host) || excluded(host, port(endpoint))) {
            return Optional.empty();
        }
        String name = secure(endpoint) ? "HTTPS_PROXY" : "HTTP_PROXY";
        return Stream.of(name, name.toLowerCase(Locale.ROOT))
                .filter(variable -> !environment.getOrDefault(variable, "").isBlank())
                .findFirst()
                .map(variable -> Map.entry(
                        variable, environment.getOrDefault(variable, "").strip()));
    }

    /** What is wrong with {@code url} as a proxy; empty when nothing is. */
    static Optional<String> fault(String url) {
        Optional<String> fault = Endpoint.fault(url, Protocol.HTTP_PROTOBUF);
        if (fault.isPresent()) {
            return fault.map(text -> text.startsWith("a URL must not hold a user")
                    ? "a proxy that asks for a user and password is not supported"
                    : text);
        }
        return url.startsWith("https:") ? Optional.of("a proxy is reached over http://") : Optional.empty();
    }

    private boolean excluded(String host, int port) {
        String list = environment.getOrDefault("NO_PROXY", environment.getOrDefault("no_proxy", ""));
        return List.of(list.split(",", -1)).stream()
                .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
                .filter(entry -> !entry.isEmpty())
                .anyMatch(entry -> matches(entry, host, port));
    }

    private static boolean matches(String entry, String host, int port) {
        if (entry.equals("*")) {
            return true;
        }
        String name = entry;
        int colon = entry.lastIndexOf(':');
        if (colon > 0 && entry.indexOf(':') == colon) {
            if (!entry.substring(colon + 1).equals(Integer.toString(port))) {
                return false;
            }
            name = entry.substring(0, colon);
        }
        String domain = name.startsWith("*.") ? name.substring(1) : name;
        return domain.startsWith(".") ? host.endsWith(domain) : host.equals(domain) || host.endsWith("." + domain);
    }

    private static String host(URI endpoint) {
        String host = String.valueOf(endpoint.getHost()).toLowerCase(Locale.ROOT);
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(URI endpoint) {
        return endpoint.getPort() > 0 ? endpoint.getPort() : secure(endpoint) ? 443 : 80;
    }

    private static boolean secure(URI endpoint) {
        return "https".equalsIgnoreCase(endpoint.getScheme());
    }
}
