package dev.cxotel.bridge.console;

/** A call of the admin API that asks for something that cannot be; the message says what, without payload values. */
public final class RefusedCallException extends Exception {

    private static final long serialVersionUID = 1L;

    public RefusedCallException(String message) {
        super(message);
    }
}
