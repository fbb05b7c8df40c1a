package dev.cxotel.bridge.auth.forwarding;

import dev.cxotel.bridge.auth.WebhookRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The headers {@code X-Forwarded-For}, {@code -Proto}, {@code -Host}, {@code -Port} and {@code -Prefix}, which no standard
 * defines: some proxies append to them, others replace them. So a list shorter than that of the addresses says of its
 * first value that it is the sender's.
 */
final class ForwardedFamily {

    private static final int LONGEST = 8192;
    private static final int MOST_HOPS = 32;
    private static final List<String> UNREADABLE = List.of("");

    private final List<String> addresses;
    private final List<String> schemes;
    private final List<String> hosts;
    private final List<String> ports;
    private final List<String> prefixes;

    private ForwardedFamily(WebhookRequest request) {
        addresses = values(request, "X-Forwarded-For");
        schemes = values(request, "X-Forwarded-Proto");
        hosts = values(request, "X-Forwarded-Host");
        ports = values(request, "X-Forwarded-Port");
        prefixes = values(request, "X-Forwarded-Prefix");
    }

    static ForwardedFamily of(WebhookRequest request) {
        return new ForwardedFamily(request);
    }

    /** The hops, the sender's own first; empty when no header of the family came. */
    List<Hop> hops() {
        List<List<String>> all = List.of(addresses, schemes, hosts, ports);
        int count = addresses.isEmpty() ? (all.stream().allMatch(List::isEmpty) ? 0 : 1) : addresses.size();
        List<Hop> hops = new ArrayList<>();
        for (int fromRight = count - 1; fromRight >= 0; fromRight--) {
            hops.add(hop(fromRight));
        }
        return hops;
    }

    /** The path that the outermost proxy took away. */
    String prefix() {
        return prefixes.isEmpty() ? "" : Node.prefix(prefixes.getFirst()).orElse("");
    }

    private Hop hop(int fromRight) {
        Optional<String> scheme = pick(schemes, fromRight).flatMap(Node::scheme);
        Optional<String> port = pick(ports, fromRight);
        return new Hop(
                pick(addresses, fromRight).flatMap(Node::address),
                scheme,
                pick(hosts, fromRight).flatMap(Node::authority).map(host -> withPort(host, port, scheme)));
    }

    private static String withPort(String host, Optional<String> port, Optional<String> scheme) {
        boolean named = host.indexOf(':', host.lastIndexOf(']') + 1) >= 0;
        String usual = scheme.equals(Optional.of("https")) ? "443" : "80";
        return port.filter(number -> !named && number.matches("\\d{1,5}") && !number.equals(usual))
                .map(number -> host + ":" + number)
                .orElse(host);
    }

    private static Optional<String> pick(List<String> values, int fromRight) {
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(values.get(Math.max(0, values.size() - 1 - fromRight)));
    }

    private static List<String> values(WebhookRequest request, String name) {
        String joined = String.join(",", request.header(name));
        if (joined.isEmpty()) {
            return List.of();
        }
        if (joined.length() > LONGEST) {
            return UNREADABLE;
        }
        List<String> values =
                Arrays.stream(joined.split(",", -1)).map(String::strip).toList();
        return values.size() > MOST_HOPS ? UNREADABLE : values;
    }
}
