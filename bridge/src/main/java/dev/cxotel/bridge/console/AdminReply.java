package dev.cxotel.bridge.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * An answer of the admin API.
 *
 * @param json the body, a problem of RFC 9457 from status 400 on
 */
record AdminReply(int status, String json) {

    static AdminReply ok(Object json) {
        return new AdminReply(200, json.toString());
    }

    static AdminReply problem(int status, String reason, String detail) {
        return new AdminReply(
                status,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("type", "urn:cxotel:problem:" + reason)
                        .put("title", reason.replace('_', ' '))
                        .put("status", status)
                        .put("detail", detail)
                        .toString());
    }

    /** What a problem says. */
    String detail() {
        try {
            return new ObjectMapper().readTree(json).path("detail").asText();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the admin API answers in JSON", e);
        }
    }

    String contentType() {
        return status < 400 ? "application/json" : "application/problem+json";
    }
}
