package dev.cxotel.bridge.receiver;

/** Why a webhook is not taken. {@link #reason()} is the word in ledger, self-metrics and the problem's type. */
enum Refusal {
    NOT_FOUND(404, "not_found", "No subscription has this path"),
    METHOD_NOT_ALLOWED(405, "method_not_allowed", "Only POST is allowed here"),
    /** GET or HEAD; the status is {@code receiver.probe_status}. */
    PROBE(405, "probe", "Only POST is allowed here"),
    BODY_TIMEOUT(408, "body_timeout", "The body took too long"),
    BODY_TOO_LARGE(413, "body_too_large", "The body is too large"),
    CONTENT_ENCODING(415, "content_encoding", "The content encoding is not known"),
    BAD_ENCODING(400, "bad_encoding", "The body is not what its content encoding says"),
    BAD_FRAMING(400, "bad_framing", "The body's framing is broken"),
    INCOMPLETE_BODY(400, "incomplete_body", "The body ended early"),
    NOT_JSON(400, "not_json", "The body is not JSON"),
    UNAUTHORIZED(401, "unauthorized", "The sender could not be authenticated"),
    FORBIDDEN(403, "forbidden", "The sender is not allowed here"),
    RATE_LIMITED(429, "rate_limited", "Too many webhooks at once", 1),
    IN_FLIGHT_BYTES(503, "in_flight_bytes", "Too much is being received at once", 1),
    STOPPING(503, "stopping", "The bridge is stopping", 5),
    /** The journal; its own word is the reason. */
    UNAVAILABLE(503, "unavailable", "The webhook cannot be stored now", 30),
    INTERNAL_ERROR(500, "internal_error", "The bridge failed");

    private final int status;
    private final String reason;
    private final String title;
    private final int retryAfterSeconds;

    Refusal(int status, String reason, String title) {
        this(status, reason, title, 0);
    }

    Refusal(int status, String reason, String title, int retryAfterSeconds) {
        this.status = status;
        this.reason = reason;
        this.title = title;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    int status() {
        return status;
    }

    String reason() {
        return reason;
    }

    String title() {
        return title;
    }

    /** When the sender may try again; 0 when trying again does not help. */
    int retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
