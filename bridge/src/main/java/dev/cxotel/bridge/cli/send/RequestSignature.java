package dev.cxotel.bridge.cli.send;

import dev.cxotel.bridge.auth.HeaderField;
import dev.cxotel.bridge.auth.signature.OutgoingRequest;
import dev.cxotel.bridge.auth.signature.Signed;
import dev.cxotel.bridge.auth.signature.Signer;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.simulator.WebhookClient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;

/**
 * The simulator's requests signed by one scheme.
 *
 * @param headers that every request has and a signature may cover
 */
record RequestSignature(Signer signer, List<HeaderField> headers) implements WebhookClient.Signature {

    RequestSignature {
        headers = List.copyOf(headers);
    }

    @Override
    public void sign(HttpRequest.Builder request, URI url, byte[] body) {
        Signed signed = signer.sign(new OutgoingRequest("POST", url, headers, Bytes.copyOf(body)));
        signed.headers().forEach(header -> request.setHeader(header.name(), header.value()));
        request.uri(signed.url());
    }
}
