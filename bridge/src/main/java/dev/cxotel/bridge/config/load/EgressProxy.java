package dev.cxotel.bridge.config.load;

import dev.cxotel.bridge.config.DestinationConfig.Protocol;
import dev.cxotel.bridge.config.Loopback;
import dev.cxotel.bridge.config.yaml.Problems;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The proxy that the environment names: {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY}, upper or lower
 * case. {@code NO_PROXY} lists hosts, domains with all below them ({@code example.com}, {@code .example.com}), either
 * with a port, networks ({@code 10.0.0.0/8}) and {@code *}. Loopback is always reached without a proxy. A proxy's user
 * and password stand in its URL, percent-encoded.
 */
final class EgressProxy {

    private static final Pattern CREDENTIALS = Pattern.compile("(https?://)([^:@/]*)(?::([^@/]*))?@(.*)");
    private static final Pattern ENCODED = Pattern.compile("(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*");

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

    /** What to tell a person of a destination over gRPC, which goes past the proxy that the environment names for it. */
    Optional<String> notOverGrpc(String destination, Collection<URI> endpoints) {
        return endpoints.stream()
                .flatMap(endpoint -> variable(endpoint).stream())
                .findFirst()
                .map(proxy -> proxy.getKey() + ": ignored by the destination " + destination
                        + ", for gRPC does not go through a proxy here; where the proxy is the only way, use"
                        + " http/protobuf");
    }

    /** The variable and its text that hold for {@code endpoint}. */
    private Optional<Map.Entry<String, String>> variable(URI endpoint) {
        String host = host(endpoint);
        if (Loopback.is(host) || excluded(host, port(endpoint))) {
            return Optional.empty();
        }
        String name = secure(endpoint) ? "HTTPS_PROXY" : "HTTP_PROXY";
        return Stream.of(name, name.toLowerCase(Locale.ROOT))
                .filter(variable -> !environment.getOrDefault(variable, "").isBlank())
                .findFirst()
                .map(variable -> Map.entry(
                        variable, environment.getOrDefault(variable, "").strip()));
    }

    /** What is wrong with {@code url} as a proxy; empty when nothing is. Its password is not in the answer. */
    static Optional<String> fault(String url) {
        Matcher credentials = CREDENTIALS.matcher(url);
        String bare = credentials.matches() ? credentials.group(1) + credentials.group(4) : url;
        if (credentials.matches() && credentials.group(3) == null) {
            return Optional.of("a proxy's user needs a password: http://user:password@host:port");
        }
        Optional<String> fault = Endpoint.fault(bare, Protocol.HTTP_PROTOBUF);
        if (fault.isPresent()) {
            return fault.map(text -> text.startsWith("a URL must not hold a user")
                    ? "a proxy's user and password are percent-encoded"
                    : text);
        }
        if (credentials.matches() && !isEncoded(credentials.group(2) + credentials.group(3))) {
            return Optional.of("a proxy's user and password are percent-encoded");
        }
        if (bare.startsWith("https:")) {
            return Optional.of("a proxy is reached over http://");
        }
        return URI.create(bare).getPort() < 0
                ? Optional.of("a proxy needs a port: http://host:port")
                : Optional.empty();
    }

    /** The proxy as text, without its password. */
    static String masked(URI proxy) {
        return CREDENTIALS.matcher(proxy.toString()).replaceFirst("$1$2:***@$4");
    }

    private static boolean isEncoded(String text) {
        return ENCODED.matcher(text).matches();
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
        if (entry.indexOf('/') > 0) {
            return Network.parse(entry).map(network -> network.contains(host)).orElse(false);
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
