package dev.cxotel.bridge.auth;

import java.util.List;

/** The URL that a request itself asks for. Where a proxy stands before the bridge, that is not what was signed. */
public final class RequestedUrl implements PublicUrl {

    /** The scheme of the connection, the {@code Host} that was sent, and the target; no host when there is not one. */
    @Override
    public String of(WebhookRequest request) {
        List<String> hosts = request.header("Host");
        String host = hosts.size() == 1 ? hosts.getFirst() : "";
        return (request.secure() ? "https://" : "http://") + host + request.target();
    }
}
