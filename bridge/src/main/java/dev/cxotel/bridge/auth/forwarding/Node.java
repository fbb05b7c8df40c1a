package dev.cxotel.bridge.auth.forwarding;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words that forwarding headers are made of, each strict: what is not exactly right is not there. */
final class Node {

    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3})(?::\\d{1,5})?");
    private static final Pattern IPV6 = Pattern.compile("\\[([0-9A-Fa-f:.]{2,45})](?::\\d{1,5})?");
    private static final Pattern BARE_IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,252})|\\[[0-9A-Fa-f:.]{2,45}])(?::\\d{1,5})?");
    private static final Pattern PREFIX = Pattern.compile("(?:/[A-Za-z0-9._~!$&'()*+,;=:@%-]+){0,16}/?");
    private static final int LONGEST_PREFIX = 256;

    private Node() {}

    /** An address with or without port; IPv6 in brackets, or bare without a port. Asks no resolver. */
    static Optional<InetAddress> address(String text) {
        for (Pattern form : new Pattern[] {IPV4, IPV6}) {
            Matcher matcher = form.matcher(text);
            if (matcher.matches()) {
                return literal(matcher.group(1));
            }
        }
        return text.contains(":") && BARE_IPV6.matcher(text).matches() ? literal(text) : Optional.empty();
    }

    static Optional<String> scheme(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.equals("http") || lower.equals("https") ? Optional.of(lower) : Optional.empty();
    }

    static Optional<String> authority(String text) {
        return AUTHORITY.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    /** A path without its last slash. */
    static Optional<String> prefix(String text) {
        if (text.length() > LONGEST_PREFIX || !PREFIX.matcher(text).matches()) {
            return Optional.empty();
        }
        return Optional.of(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    }

    private static Optional<InetAddress> literal(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
