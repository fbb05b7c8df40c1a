package dev.cxotel.bridge.config;

import java.util.Optional;

/**
 * How a subscription knows its sender. With both methods configured, both must agree.
 *
 * @param spelledOut whether the file says {@code auth: none} in so many words, which alone allows an unauthenticated
 *     subscription on an address that is not loopback
 */
public record AuthConfig(boolean spelledOut, Optional<SignatureConfig> signature, Optional<MtlsConfig> mtls) {

    /** The file does not say; only loopback may receive. */
    public static final AuthConfig UNSET = new AuthConfig(false, Optional.empty(), Optional.empty());

    /** The file says {@code auth: none}. */
    public static final AuthConfig NONE = new AuthConfig(true, Optional.empty(), Optional.empty());

    /** Whether a sender must prove who it is. */
    public boolean required() {
        return signature.isPresent() || mtls.isPresent();
    }
}
