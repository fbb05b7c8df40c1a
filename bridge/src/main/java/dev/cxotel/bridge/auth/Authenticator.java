package dev.cxotel.bridge.auth;

/**
 * One way of knowing a sender. A subscription may ask for several; all must authenticate. Safe for any thread.
 */
public interface Authenticator {

    /**
     * Whether the body takes part. When not, the request is judged before a byte of its body is read, and {@link
     * WebhookRequest#body()} is empty.
     */
    boolean needsBody();

    /**
     * Whether it judges by the message alone and not by the connection, so that a request that was kept can be judged again
     * later, as of the moment at which it arrived.
     */
    default boolean canJudgeLater() {
        return false;
    }

    /** Every request has an answer; an exception is a bug and is answered 500. */
    AuthResult authenticate(WebhookRequest request);
}
