package dev.cxotel.bridge.console;

import dev.cxotel.bridge.config.AdminConfig;
import dev.cxotel.bridge.config.Loopback;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the admin listener must know of a caller. A browser can be made to call loopback by any page it shows: the
 * {@code Host} check stops a foreign name that resolves to it, the {@code Origin} check a foreign page.
 *
 * @param authorization the {@code Authorization} header
 */
record Visitor(Optional<String> host, Optional<String> origin, Optional<String> authorization) {

    private static final String BEARER = "bearer ";

    /** Whether the {@code Host} is a loopback name or one that is configured. */
    boolean asksForUs(AdminConfig config) {
        return host.map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> Loopback.is(withoutPort(name)) || isConfigured(name, config.allowedHosts()))
                .isPresent();
    }

    /** Whether it is no page of another origin: no {@code Origin}, or one with the same host and port as asked for. */
    boolean isAtHome() {
        return origin.isEmpty()
                || host.map(name -> name.toLowerCase(Locale.ROOT)).equals(authority(origin.get()));
    }

    /** Whether it shows {@code token}; takes equally long for every wrong one. */
    boolean shows(String token) {
        return authorization
                .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(BEARER))
                .map(value -> value.substring(BEARER.length()).trim())
                .filter(shown -> MessageDigest.isEqual(
                        shown.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8)))
                .isPresent();
    }

    private static boolean isConfigured(String name, List<String> allowed) {
        return allowed.stream()
                .map(one -> one.toLowerCase(Locale.ROOT))
                .anyMatch(one -> one.equals(name) || one.equals(withoutPort(name)));
    }

    private static String withoutPort(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
    }

    private static Optional<String> authority(String origin) {
        try {
            return Optional.ofNullable(URI.create(origin).getRawAuthority()).map(name -> name.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
