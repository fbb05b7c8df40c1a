package dev.cxotel.bridge.mapping.privacy;

import dev.cxotel.bridge.mapping.Text;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A URL that may leave the bridge, and the server it names. The text is split by RFC 3986's own pattern, which fits
 * every text, since what scripts call is often not a valid URI.
 *
 * @param full without user-info and fragment, query values perhaps {@code REDACTED}; what cannot be a URL has no query
 * @param address the host in lower case, an IPv6 address without brackets; empty when there is none
 * @param port the URL's, else that of its scheme
 */
public record RedactedUrl(String full, Optional<String> address, OptionalInt port) {

    static final String REDACTED = "REDACTED";

    /** RFC 3986 appendix B, with bounded parts: 1 scheme, 2 authority, 3 path, 4 query. */
    private static final Pattern URL = Pattern.compile(
            "(?:([A-Za-z][A-Za-z0-9+.-]{0,31}):)?(?://([^/?#]*))?([^?#]*)(?:\\?([^#]*))?(?:#.*)?", Pattern.DOTALL);

    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(\\[[0-9A-Fa-f:.%]{2,64}]|[^:\\s\\[\\]]{1,255})(?::(\\d{1,5})?)?");

    private static final int LONGEST = 8192;

    static RedactedUrl of(String url, boolean redactQuery, boolean templatePath) {
        Matcher parts = URL.matcher(Text.cut(url.strip(), LONGEST));
        if (!parts.matches()) {
            return new RedactedUrl(REDACTED, Optional.empty(), OptionalInt.empty());
        }
        String scheme = parts.group(1);
        String authority = parts.group(2);
        UnaryOperator<String> shownPath = templatePath ? PathTemplate::of : UnaryOperator.identity();
        String path = parts.group(3);
        String query = parts.group(4);
        return authority == null
                ? withoutServer(scheme, path, query(query, redactQuery), shownPath)
                : withServer(scheme, authority, shownPath.apply(path), query(query, redactQuery));
    }

    private static RedactedUrl withServer(@Nullable String scheme, String authority, String path, String query) {
        String prefix = (scheme == null ? "" : scheme + ":") + "//";
        String server = authority.substring(authority.lastIndexOf('@') + 1);
        Matcher host = HOST_AND_PORT.matcher(server);
        if (host.matches()) {
            return new RedactedUrl(
                    prefix + server + path + query,
                    Optional.of(withoutBrackets(host.group(1)).toLowerCase(Locale.ROOT)),
                    port(scheme, host.group(2)));
        }
        // A secret with a slash in it makes such an authority, and goes on in the path.
        String rest = server.isEmpty() ? path + query : REDACTED;
        return new RedactedUrl(prefix + rest, Optional.empty(), OptionalInt.empty());
    }

    /** A text without authority may still carry credentials: {@code user:secret@host/path}. */
    private static RedactedUrl withoutServer(
            @Nullable String scheme, String path, String query, UnaryOperator<String> shownPath) {
        int slash = path.indexOf('/', path.startsWith("/") ? 1 : 0);
        int at = path.lastIndexOf('@', slash < 0 ? path.length() : slash);
        String shown = shownPath.apply(at >= 0 ? path.substring(at + 1) : path);
        String prefix = at >= 0 || scheme == null ? "" : scheme + ":";
        return new RedactedUrl(prefix + shown + query, Optional.empty(), OptionalInt.empty());
    }

    private static String query(@Nullable String query, boolean redact) {
        return query == null ? "" : "?" + (redact ? redact(query) : query);
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static OptionalInt port(@Nullable String scheme, @Nullable String explicit) {
        if (explicit != null) {
            int port = Integer.parseInt(explicit);
            return port >= 1 && port <= 65_535 ? OptionalInt.of(port) : OptionalInt.empty();
        }
        if (scheme == null) {
            return OptionalInt.empty();
        }
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "https", "wss" -> OptionalInt.of(443);
            case "http", "ws" -> OptionalInt.of(80);
            default -> OptionalInt.empty();
        };
    }

    /** Names stay, values go; a part without {@code =} is a value. */
    private static String redact(String query) {
        StringBuilder redacted = new StringBuilder();
        for (String part : query.split("&", -1)) {
            if (!redacted.isEmpty()) {
                redacted.append('&');
            }
            int equals = part.indexOf('=');
            if (equals >= 0) {
                redacted.append(part, 0, equals + 1).append(REDACTED);
            } else if (!part.isEmpty()) {
                redacted.append(REDACTED);
            }
        }
        return redacted.toString();
    }
}
