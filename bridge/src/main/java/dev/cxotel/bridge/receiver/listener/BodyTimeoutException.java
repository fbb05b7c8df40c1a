package dev.cxotel.bridge.receiver.listener;

/** The sender did not finish its body in time; the connection can still carry an answer. */
public final class BodyTimeoutException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BodyTimeoutException() {
        super("the body was not complete in time");
    }
}
