package dev.cxotel.bridge.auth;

import dev.cxotel.bridge.event.Bytes;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What authentication may look at: a request as it stood on the wire, with nothing decoded or normalised.
 *
 * @param method in upper case as sent
 * @param path the request target without its query, percent-encoding kept
 * @param query what follows the question mark, percent-encoding kept; empty text without one
 * @param headers every line; lines of one name keep their order
 * @param secure whether it came over TLS
 * @param clientCertificates the verified chain, the sender's own first; empty without one
 * @param body empty until the body was read
 */
public record WebhookRequest(
        String method,
        String path,
        String query,
        List<HeaderField> headers,
        InetSocketAddress remote,
        boolean secure,
        List<X509Certificate> clientCertificates,
        Instant receivedAt,
        Optional<Body> body) {

    public WebhookRequest {
        headers = List.copyOf(headers);
        clientCertificates = List.copyOf(clientCertificates);
    }

    /** The request target: path, and query with its question mark. */
    public String target() {
        return query.isEmpty() ? path : path + "?" + query;
    }

    /** The values of all lines of that name, in their order. */
    public List<String> header(String name) {
        return headers.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(HeaderField::value)
                .toList();
    }

    public WebhookRequest withBody(Body complete) {
        return new WebhookRequest(
                method, path, query, headers, remote, secure, clientCertificates, receivedAt, Optional.of(complete));
    }

    /**
     * A complete body in its two forms.
     *
     * @param wire as transferred, still compressed: what digests and signatures of the raw body cover
     * @param decoded decompressed; the same object as {@code wire} when nothing was compressed
     */
    public record Body(Bytes wire, Bytes decoded) {}
}
