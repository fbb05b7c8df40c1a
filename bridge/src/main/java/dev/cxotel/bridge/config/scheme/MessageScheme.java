package dev.cxotel.bridge.config.scheme;

import java.util.List;
import java.util.Set;

/**
 * HTTP Message Signatures: RFC 9421, with Content-Digest of RFC 9530 for the body. The key version is the {@code keyid}.
 *
 * @param components what a signature must cover at least, such as {@code @method} and {@code content-digest}
 * @param requireCreated whether a signature without {@code created} is refused
 */
public record MessageScheme(
        String name,
        List<AllowedAlgorithm> algorithms,
        Tolerance tolerance,
        List<String> components,
        boolean requireCreated)
        implements Scheme {

    /** The components that are no headers; {@code @query-param} and {@code @status} are not among them. */
    public static final Set<String> DERIVED =
            Set.of("@method", "@target-uri", "@authority", "@scheme", "@request-target", "@path", "@query");

    static final String CONTENT_DIGEST = "content-digest";

    public MessageScheme {
        algorithms = List.copyOf(algorithms);
        components = List.copyOf(components);
    }

    @Override
    public boolean coversBody() {
        return components.contains(CONTENT_DIGEST);
    }

    @Override
    public boolean carriesConsumerId() {
        return false;
    }

    @Override
    public boolean carriesKeyVersion() {
        return true;
    }

    @Override
    public boolean carriesTime() {
        return requireCreated;
    }

    /** Always: a signature may cover a digest that the scheme does not ask for, and then the digest must be right. */
    @Override
    public boolean needsBody() {
        return true;
    }
}
