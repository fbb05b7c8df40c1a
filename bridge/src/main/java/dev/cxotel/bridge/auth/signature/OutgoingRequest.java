package dev.cxotel.bridge.auth.signature;

import dev.cxotel.bridge.auth.HeaderField;
import dev.cxotel.bridge.auth.WebhookRequest;
import dev.cxotel.bridge.event.Bytes;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request that is to be signed.
 *
 * @param url absolute
 * @param headers those that the signature might cover
 * @param body as it will go over the wire, uncompressed
 */
public record OutgoingRequest(String method, URI url, List<HeaderField> headers, Bytes body) {

    public OutgoingRequest {
        headers = List.copyOf(headers);
    }

    /** The same request as its receiver will see it. */
    public WebhookRequest asReceived(List<HeaderField> more, List<String> parameters, Instant now) {
        List<HeaderField> all = new ArrayList<>(headers);
        all.add(new HeaderField("Host", url.getRawAuthority()));
        all.addAll(more);
        List<String> query = new ArrayList<>();
        Optional.ofNullable(url.getRawQuery()).ifPresent(query::add);
        query.addAll(parameters);
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return new WebhookRequest(
                method,
                path,
                String.join("&", query),
                all,
                InetSocketAddress.createUnresolved("localhost", 0),
                url.getScheme().equals("https"),
                List.of(),
                now,
                Optional.of(new WebhookRequest.Body(body, body)));
    }
}
