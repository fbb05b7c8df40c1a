package dev.cxotel.bridge.auth.signature.message;

import dev.cxotel.bridge.auth.WebhookRequest;
import dev.cxotel.bridge.auth.signature.Flaw;
import dev.cxotel.bridge.auth.signature.FlawException;
import dev.cxotel.bridge.auth.signature.SignedUrls;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The bytes that a message signature is of: RFC 9421 section 2.5. Components with parameters ({@code ;sf}, {@code ;key},
 * {@code ;bs}, {@code ;tr}, {@code @query-param}) are refused: nobody here needs them.
 */
final class SignedComponents {

    private final SignedUrls urls;

    SignedComponents(SignedUrls urls) {
        this.urls = urls;
    }

    byte[] of(WebhookRequest request, FieldValue.InnerList covered) throws FlawException {
        Target target = Target.of(urls.signatureUrl().of(request));
        StringBuilder base = new StringBuilder();
        Set<String> seen = new HashSet<>();
        for (FieldValue.Item component : covered.items()) {
            String name = name(component);
            if (!seen.add(name)) {
                throw new FlawException(Flaw.MALFORMED_SIGNATURE);
            }
            base.append(component.text())
                    .append(": ")
                    .append(value(name, request, target))
                    .append('\n');
        }
        base.append("\"@signature-params\": ").append(covered.text());
        if (base.chars().anyMatch(c -> c != '\n' && c != '\t' && (c < 0x20 || c > 0x7e))) {
            throw new FlawException(Flaw.MALFORMED_SIGNATURE);
        }
        return base.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** The name of a covered component. */
    static String name(FieldValue.Item component) throws FlawException {
        if (component.value() instanceof FieldValue.Text text
                && component.parameters().isEmpty()) {
            return text.value();
        }
        throw new FlawException(Flaw.MALFORMED_SIGNATURE);
    }

    private static String value(String name, WebhookRequest request, Target target) throws FlawException {
        return switch (name) {
            case "@method" -> request.method();
            case "@target-uri" -> target.uri();
            case "@authority" -> target.authority();
            case "@scheme" -> target.scheme();
            case "@request-target" -> target.path() + target.rawQuery();
            case "@path" -> target.path();
            case "@query" -> target.rawQuery().isEmpty() ? "?" : target.rawQuery();
            default -> header(name, request);
        };
    }

    private static String header(String name, WebhookRequest request) throws FlawException {
        if (name.startsWith("@") || !name.equals(name.toLowerCase(Locale.ROOT))) {
            throw new FlawException(Flaw.MALFORMED_SIGNATURE);
        }
        List<String> lines = request.header(name);
        if (lines.isEmpty()) {
            throw new FlawException(Flaw.MISSING_HEADER);
        }
        String value = lines.stream().map(String::strip).collect(Collectors.joining(", "));
        if (value.indexOf('\n') >= 0) {
            throw new FlawException(Flaw.MALFORMED_SIGNATURE);
        }
        return value;
    }

    /** The parts of an absolute URL; {@code rawQuery} with its question mark. */
    private record Target(String uri, String scheme, String authority, String path, String rawQuery) {

        static Target of(String uri) {
            int colon = Math.max(0, uri.indexOf("://"));
            String scheme = uri.substring(0, colon).toLowerCase(Locale.ROOT);
            String rest = uri.substring(Math.min(uri.length(), colon + 3));
            int query = rest.indexOf('?');
            String hierarchy = query < 0 ? rest : rest.substring(0, query);
            int slash = hierarchy.indexOf('/');
            String path = slash < 0 ? "/" : hierarchy.substring(slash);
            String authority = (slash < 0 ? hierarchy : hierarchy.substring(0, slash)).toLowerCase(Locale.ROOT);
            String usual = scheme.equals("https") ? ":443" : ":80";
            return new Target(
                    uri,
                    scheme,
                    authority.endsWith(usual) ? authority.substring(0, authority.length() - usual.length()) : authority,
                    path,
                    query < 0 ? "" : rest.substring(query));
        }
    }
}
