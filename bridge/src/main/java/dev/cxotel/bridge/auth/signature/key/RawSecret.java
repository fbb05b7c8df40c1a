package dev.cxotel.bridge.auth.signature.key;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.util.Base64;

/** A shared secret as it is written: its text's bytes in UTF-8, or {@code whsec_} and Base64 (Standard Webhooks). */
public final class RawSecret {

    private static final String PREFIX = "whsec_";

    private RawSecret() {}

    /**
     * The secret that a text is.
     *
     * @throws InvalidKeyException when it is empty, too short or no Base64; never shows it
     */
    public static SecretMaterial of(String text) throws InvalidKeyException {
        if (!text.startsWith(PREFIX)) {
            return new SecretMaterial(text.getBytes(StandardCharsets.UTF_8));
        }
        try {
            return new SecretMaterial(Base64.getDecoder().decode(text.substring(PREFIX.length())));
        } catch (IllegalArgumentException e) {
            throw new InvalidKeyException("what follows whsec_ is not Base64", e);
        }
    }
}
