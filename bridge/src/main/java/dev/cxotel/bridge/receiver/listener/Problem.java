package dev.cxotel.bridge.receiver.listener;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;

/**
 * An error as RFC 9457 writes it.
 *
 * @param reason a fixed word in snake_case, the end of the problem's type
 * @param title the same for every occurrence
 * @param detail this occurrence; no payload values
 */
public record Problem(int status, String reason, String title, String detail) {

    public static final String CONTENT_TYPE = "application/problem+json";

    public byte[] toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "urn:cxotel:problem:" + reason)
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }
}
