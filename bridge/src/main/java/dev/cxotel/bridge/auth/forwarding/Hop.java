package dev.cxotel.bridge.auth.forwarding;

import java.net.InetAddress;
import java.util.Optional;

/**
 * What one proxy says of the request that it received.
 *
 * @param client who connected to it; empty when it does not say, hides it, or says it in a way that cannot be read
 * @param scheme {@code http} or {@code https}
 * @param authority host, and port when there is one
 */
record Hop(Optional<InetAddress> client, Optional<String> scheme, Optional<String> authority) {

    static final Hop UNKNOWN = new Hop(Optional.empty(), Optional.empty(), Optional.empty());
}
