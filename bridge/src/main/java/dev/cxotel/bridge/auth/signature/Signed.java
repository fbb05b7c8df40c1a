package dev.cxotel.bridge.auth.signature;

import dev.cxotel.bridge.auth.HeaderField;
import java.net.URI;
import java.util.List;

/**
 * What makes a request a signed one.
 *
 * @param headers to be added
 * @param url where it goes, with the query parameters that carry a signature
 */
public record Signed(List<HeaderField> headers, URI url) {
    public Signed {
        headers = List.copyOf(headers);
    }
}
