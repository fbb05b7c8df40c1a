package dev.cxotel.bridge.auth.forwarding;

import java.net.InetAddress;
import java.util.Optional;

/**
 * A request as its sender made it, as far as is known.
 *
 * @param client who sent it; empty when trusted proxies passed it on and do not say, or contradict each other
 * @param scheme {@code http} or {@code https}
 * @param authority host, and port when there is one, as the sender wrote it
 * @param prefix of the path, taken away by a proxy
 */
public record Origin(Optional<InetAddress> client, String scheme, String authority, String prefix) {

    /** The URL of {@code target}, path and query as they stood on the wire. */
    public String url(String target) {
        return scheme + "://" + authority + prefix + target;
    }
}
