package dev.cxotel.bridge.config;

/**
 * How a subscription knows its sender.
 *
 * @param spelledOut whether the file says {@code auth: none} in so many words, which alone allows an unauthenticated
 *     subscription on an address that is not loopback
 */
public record AuthConfig(boolean spelledOut) {

    /** The file does not say; only loopback may receive. */
    public static final AuthConfig UNSET = new AuthConfig(false);

    /** The file says {@code auth: none}. */
    public static final AuthConfig NONE = new AuthConfig(true);
}
