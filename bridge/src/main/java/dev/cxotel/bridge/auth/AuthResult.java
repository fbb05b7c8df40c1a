package dev.cxotel.bridge.auth;

/** The end of an authentication. The reason is for the log and the counter; the sender is never told. */
public sealed interface AuthResult {

    /**
     * The sender is known.
     *
     * @param principal who it is, fit for a log: a consumer id, a certificate's subject, or {@code anonymous}
     */
    record Authenticated(String principal) implements AuthResult {}

    /**
     * The sender did not prove who it is; answered 401.
     *
     * @param reason a fixed word in snake_case
     */
    record Unauthorized(String reason) implements AuthResult {}

    /**
     * The sender is known and not allowed here; answered 403.
     *
     * @param reason a fixed word in snake_case
     */
    record Forbidden(String reason) implements AuthResult {}
}
