package dev.cxotel.bridge.auth.forwarding;

import dev.cxotel.bridge.auth.TrustedProxies;
import dev.cxotel.bridge.auth.WebhookRequest;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * The reading of {@code Forwarded} and {@code X-Forwarded-*}, from trusted proxies only. Proxies append, so the sender is
 * the right-most one who is not a trusted proxy; what stands further left was written by who knows whom. A proxy that
 * writes one kind of header may pass the sender's own of the other kind on: when the two name different senders, neither is
 * believed.
 */
public final class Forwarding {

    private final TrustedProxies proxies;

    public Forwarding(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    /** What the request was when its sender made it; what arrived, when it came from no trusted proxy. */
    public Origin origin(WebhookRequest request) {
        Optional<InetAddress> peer = Optional.ofNullable(request.remote().getAddress());
        List<String> hosts = request.header("Host");
        String host = hosts.size() == 1 ? hosts.getFirst() : "";
        Origin arrived = new Origin(peer, request.secure() ? "https" : "http", host, "");
        if (peer.filter(proxies::trusts).isEmpty()) {
            return arrived;
        }
        List<String> standard = request.header("Forwarded");
        ForwardedFamily family = ForwardedFamily.of(request);
        List<Hop> others = family.hops();
        if (standard.isEmpty() && others.isEmpty()) {
            return new Origin(peer, arrived.scheme(), host, family.prefix());
        }
        Hop first = standard.isEmpty()
                ? Hop.UNKNOWN
                : ForwardedHeader.parse(String.join(",", standard))
                        .map(this::outermost)
                        .orElse(Hop.UNKNOWN);
        Hop second = others.isEmpty() ? Hop.UNKNOWN : outermost(others);
        boolean contradiction = first.client().isPresent()
                && second.client().isPresent()
                && !first.client().equals(second.client());
        if (contradiction) {
            return new Origin(Optional.empty(), arrived.scheme(), host, "");
        }
        return new Origin(
                first.client().or(second::client),
                first.scheme().or(second::scheme).orElse(arrived.scheme()),
                first.authority().or(second::authority).orElse(host),
                family.prefix());
    }

    /** What the outermost trusted proxy received: the right-most hop whose client is no trusted proxy. */
    private Hop outermost(List<Hop> hops) {
        for (int i = hops.size() - 1; i > 0; i--) {
            if (hops.get(i).client().filter(proxies::trusts).isEmpty()) {
                return hops.get(i);
            }
        }
        return hops.getFirst();
    }
}
