package dev.cxotel.bridge.auth.forwarding;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The reader of {@code Forwarded} (RFC 7239): elements separated by commas, each of pairs separated by semicolons, each a
 * token, an equals sign, and a token or a quoted text. White space is allowed around the separators.
 */
final class ForwardedHeader {

    private static final int LONGEST = 8192;
    private static final int MOST_HOPS = 32;

    private final String text;
    private int at;

    private ForwardedHeader(String text) {
        this.text = text;
    }

    /** The hops, the sender's own first; empty when the value is not of the form, too long, or has too many hops. */
    static Optional<List<Hop>> parse(String value) {
        return value.length() > LONGEST ? Optional.empty() : new ForwardedHeader(value).elements();
    }

    private Optional<List<Hop>> elements() {
        List<Hop> hops = new ArrayList<>();
        while (true) {
            Optional<Hop> hop = element();
            if (hop.isEmpty() || hops.size() == MOST_HOPS) {
                return Optional.empty();
            }
            hops.add(hop.get());
            if (at == text.length()) {
                return Optional.of(hops);
            }
            at++; // the comma
        }
    }

    /** One element; stops at the comma or at the end. */
    private Optional<Hop> element() {
        Map<String, String> pairs = new HashMap<>();
        while (true) {
            blanks();
            String name = token();
            if (!name.isEmpty()) {
                Optional<String> value = take('=') ? value() : Optional.empty();
                if (value.isEmpty() || pairs.put(name.toLowerCase(Locale.ROOT), value.get()) != null) {
                    return Optional.empty();
                }
            }
            blanks();
            if (!take(';')) {
                break;
            }
        }
        boolean complete = at == text.length() || text.charAt(at) == ',';
        return complete && !pairs.isEmpty()
                ? Optional.of(new Hop(
                        Optional.ofNullable(pairs.get("for")).flatMap(Node::address),
                        Optional.ofNullable(pairs.get("proto")).flatMap(Node::scheme),
                        Optional.ofNullable(pairs.get("host")).flatMap(Node::authority)))
                : Optional.empty();
    }

    private Optional<String> value() {
        if (!take('"')) {
            String token = token();
            return token.isEmpty() ? Optional.empty() : Optional.of(token);
        }
        StringBuilder quoted = new StringBuilder();
        while (at < text.length()) {
            char next = text.charAt(at++);
            if (next == '"') {
                return Optional.of(quoted.toString());
            }
            if (next == '\\' && at < text.length()) {
                next = text.charAt(at++);
            }
            quoted.append(next);
        }
        return Optional.empty();
    }

    private String token() {
        int start = at;
        while (at < text.length() && isTokenPart(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private boolean take(char wanted) {
        boolean there = at < text.length() && text.charAt(at) == wanted;
        at += there ? 1 : 0;
        return there;
    }

    private void blanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    /** A token of RFC 9110; and the colon and brackets, since many proxies leave the quotes of addresses out. */
    private static boolean isTokenPart(char c) {
        return (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || "!#$%&'*+-.^_`|~:[]".indexOf(c) >= 0;
    }
}
