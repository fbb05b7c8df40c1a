package dev.cxotel.bridge.receiver;

import dev.cxotel.bridge.auth.HeaderField;
import dev.cxotel.bridge.auth.WebhookRequest;
import io.helidon.common.socket.PeerInfo;
import io.helidon.http.Header;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.http.ServerRequest;
import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Helidon's request as authentication sees it. */
final class RequestView {

    /** Set by Helidon itself from the client certificate; nothing that was sent. */
    private static final String HELIDON_CN = "x-helidon-cn";

    private RequestView() {}

    static WebhookRequest of(ServerRequest request, Instant receivedAt) {
        HttpPrologue prologue = request.prologue();
        return new WebhookRequest(
                prologue.method().text(),
                prologue.uriPath().rawPath(),
                prologue.hasQuery() ? prologue.query().rawValue() : "",
                headers(request),
                remote(request.remotePeer()),
                request.isSecure(),
                certificates(request.remotePeer()),
                receivedAt,
                Optional.empty());
    }

    private static List<HeaderField> headers(ServerRequest request) {
        List<HeaderField> fields = new ArrayList<>();
        for (Header header : request.headers()) {
            if (!header.headerName().lowerCase().equals(HELIDON_CN)) {
                header.allValues().forEach(value -> fields.add(new HeaderField(header.name(), value)));
            }
        }
        return fields;
    }

    private static InetSocketAddress remote(PeerInfo peer) {
        return peer.address() instanceof InetSocketAddress address
                ? address
                : InetSocketAddress.createUnresolved(peer.host(), peer.port());
    }

    private static List<X509Certificate> certificates(PeerInfo peer) {
        List<X509Certificate> chain = new ArrayList<>();
        for (Certificate certificate : peer.tlsCertificates().orElse(new Certificate[0])) {
            if (certificate instanceof X509Certificate x509) {
                chain.add(x509);
            }
        }
        return chain;
    }
}
