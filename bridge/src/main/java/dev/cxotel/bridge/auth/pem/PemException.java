package dev.cxotel.bridge.auth.pem;

/** A PEM file cannot be used. The message names the file and says what to do; it holds nothing of a key. */
public final class PemException extends Exception {

    private static final long serialVersionUID = 1L;

    public PemException(String message) {
        super(message);
    }
}
